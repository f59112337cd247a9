// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import DaemonAPI
import DaemonService
import Host
import Logging
import MQTT
import Settings
import Utterance

/// The daemon's connection to Home Assistant, if an MQTT broker is configured.
struct HomeAssistant: Sendable {
    private let device: DescribedDevice
    private let broker: BrokerOptions
    private let monitor: BrokerMonitor
    private let changes: AsyncStream<Void>
    private let sink: AsyncStream<Void>.Continuation

    /// - Returns: `nil` if there is no broker.
    /// - Throws: `Fault(.configurationInvalid)` if the broker's password can't be read.
    init?(_ settings: Settings, environment: [String: String]) throws {
        // Hashing the machine's ID for the device initializes OpenSSL, which stays in memory.
        guard settings.mqtt.broker != nil else { return nil }
        let device = settings.homeAssistantDevice(hostName: HostName.current, version: Version.number)
        guard let broker = try settings.mqttBroker(clientID: device.topics.name, environment: environment) else {
            return nil
        }
        self.device = device
        self.broker = broker
        monitor = BrokerMonitor(address: broker.address)
        (changes, sink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var status: BrokerStatus { monitor.current }

    /// Must be called when something changes that no event reports: readiness, or what can be chosen.
    func noteChange() {
        sink.yield()
    }

    /// Runs until the task is cancelled.
    func run(_ backend: HTTPBackend, logger: Logger) async {
        await HomeAssistantDevice(device, broker: broker, backend: backend, monitor: monitor, logger: logger)
            .run(changes: changes)
    }
}
