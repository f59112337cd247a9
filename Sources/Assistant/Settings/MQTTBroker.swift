// SPDX-License-Identifier: GPL-3.0-or-later
package import MQTT
package import Settings
package import Utterance

extension Settings {
    /// The device that Home Assistant is shown.
    ///
    /// - Parameters:
    ///   - hostName: this machine's.
    ///   - version: the program's.
    package func homeAssistantDevice(hostName: String, version: String) -> DescribedDevice {
        let host = hostName.split(separator: ".").first.map(String.init) ?? "here"
        let id =
            mqtt.deviceID
            ?? DeviceIdentity.ofThisMachine(hostName: hostName) { try? Settings.readFile($0) }
        let topics = DeviceTopics(id: id, root: mqtt.topic, discoveryPrefix: mqtt.discoveryPrefix)
        return DescribedDevice(
            topics: topics, name: mqtt.deviceName ?? "Utter \(host)", version: version, page: page(on: host))
    }

    /// Where other machines find the page; `nil` if only this one does.
    private func page(on host: String) -> String? {
        let others = server.listen.filter { !$0.host.hasPrefix("127.") && !["localhost", "::1"].contains($0.host) }
        guard var endpoint = others.first, endpoint.port > 0 else { return nil }
        if ["0.0.0.0", "::"].contains(endpoint.host) { endpoint.host = server.allowedHosts.first ?? "\(host).local" }
        return "http://\(endpoint)/"
    }

    /// The broker that is configured; `nil` if none is.
    ///
    /// - Parameters:
    ///   - clientID: the device's name at the broker.
    ///   - environment: the process's variables: the password.
    /// - Throws: `Fault(.configurationInvalid)` if the password can't be read.
    package func mqttBroker(clientID: String, environment: [String: String]) throws(Fault) -> BrokerOptions? {
        guard let broker = mqtt.broker else { return nil }
        let certificates = mqtt.caFile.map { BrokerOptions.Security.certificates(file: $0) } ?? .systemCertificates
        return BrokerOptions(
            host: broker.host, port: broker.port, security: broker.isSecure ? certificates : .none, user: mqtt.user,
            password: try Secret.mqttPassword.find(in: environment), clientID: clientID)
    }
}
