// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import Host
import MQTT
import Settings
import Utterance

extension Doctor {
    /// Connecting may include looking a name up.
    private static let brokerLimit = Duration.seconds(20)

    /// Whether the MQTT broker accepts this machine. The client name isn't the daemon's, since that would end the daemon's
    /// connection.
    func broker() async throws -> Finding {
        let device = settings.homeAssistantDevice(hostName: HostName.current, version: Version.number)
        let name = "\(device.topics.name)_doctor"
        guard let broker = try settings.mqttBroker(clientID: name, environment: ProcessEnvironment.variables) else {
            return .good("none; Home Assistant does not find the daemon by itself")
        }
        if let failure = try await BrokerLink.trial(broker, within: Self.brokerLimit) {
            return .fair(failure.notice(of: broker).message)
        }
        let user = broker.user.map { ", as \($0)" } ?? ""
        return .good("\(broker.address)\(user); Home Assistant shows \"\(device.name)\"")
    }
}
