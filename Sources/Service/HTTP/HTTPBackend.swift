// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What the endpoints need of the daemon.
package struct HTTPBackend: Sendable {
    /// What the program tells of itself.
    package struct Information: Sendable {
        package var version: String
        /// The model that answers; `nil`: one that is installed.
        package var model: @Sendable () -> String?
        /// One sentence on why an answer would not start at once; `nil` when it would.
        package var missing: @Sendable () -> String?

        package init(
            version: String, model: @escaping @Sendable () -> String?, missing: @escaping @Sendable () -> String?
        ) {
            self.version = version
            self.model = model
            self.missing = missing
        }
    }

    let speaker: Speaker
    let hub: EventHub
    let metrics: Metrics
    let information: Information
    let limits: ServiceLimits
    /// Whether Ollama's API is there, too.
    let offersOllama: Bool
    let clock: any MomentClock
    let start: Moment

    package init(
        speaker: Speaker, hub: EventHub, metrics: Metrics, information: Information,
        limits: ServiceLimits = ServiceLimits(), offersOllama: Bool = false, clock: any MomentClock = MonotonicClock()
    ) {
        self.speaker = speaker
        self.hub = hub
        self.metrics = metrics
        self.information = information
        self.limits = limits
        self.offersOllama = offersOllama
        self.clock = clock
        start = clock.now
    }

    var events: EventStreamWriter { EventStreamWriter(hub: hub, speaker: speaker) }
}
