// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import Utterance

/// What the endpoints need of the daemon, and so do other front ends.
package struct HTTPBackend: Sendable {
    /// What the program reports about itself.
    package struct Information: Sendable {
        package var version: String
        /// The model that answers; `nil`: one that is installed.
        package var model: @Sendable () -> String?
        /// The address of its server, as far as it is known.
        package var modelServer: @Sendable () -> String?
        package var speaker: @Sendable () -> Speaker?
        /// Why an answer would not start at once, in one sentence; `nil` if it would.
        package var missing: @Sendable () -> Notice?
        /// The connection to the MQTT broker; `nil` if none is configured.
        package var broker: @Sendable () -> BrokerStatus?

        package init(
            version: String, model: @escaping @Sendable () -> String?,
            modelServer: @escaping @Sendable () -> String? = { nil },
            speaker: @escaping @Sendable () -> Speaker? = { nil }, missing: @escaping @Sendable () -> Notice?,
            broker: @escaping @Sendable () -> BrokerStatus? = { nil }
        ) {
            self.version = version
            self.model = model
            self.modelServer = modelServer
            self.speaker = speaker
            self.missing = missing
            self.broker = broker
        }
    }

    package let scheduler: SpeechScheduler
    package let hub: EventHub
    let metrics: Metrics
    let information: Information
    package let limits: RequestLimits
    /// Whether Ollama's API is offered, too.
    let offersOllama: Bool
    let clock: any MomentClock
    let start: Moment

    package init(
        scheduler: SpeechScheduler, hub: EventHub, metrics: Metrics, information: Information,
        limits: RequestLimits = RequestLimits(), offersOllama: Bool = false, clock: any MomentClock = MonotonicClock()
    ) {
        self.scheduler = scheduler
        self.hub = hub
        self.metrics = metrics
        self.information = information
        self.limits = limits
        self.offersOllama = offersOllama
        self.clock = clock
        start = clock.now
    }

    var events: EventStreamWriter { EventStreamWriter(hub: hub, scheduler: scheduler) }
}

/// The limits of what clients may ask of the daemon.
package struct RequestLimits: Sendable, Hashable {
    /// Connections at a time, on each socket.
    package var connections = 256
    /// Bytes of a JSON body.
    package var body = 256 * 1024
    /// Bytes of all header fields together.
    package var header = 16 * 1024
    /// Characters of a prompt, and of a text that comes in one piece.
    package var promptCharacters = 20_000
    /// Requests per second and address on average; ten times as many at once.
    package var requestsPerSecond = 20
    /// A connection that is idle for this long is closed, and so is one that does not send its request.
    package var idle = Duration.seconds(30)
    /// How long a JSON body may take to arrive.
    package var bodyTime = Duration.seconds(10)
    /// How often readers of events get a heartbeat.
    package var heartbeat = Duration.seconds(15)

    package init() {}
}
