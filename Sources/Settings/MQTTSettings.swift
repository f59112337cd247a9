// SPDX-License-Identifier: GPL-3.0-or-later

extension Settings {
    /// The MQTT broker through which Home Assistant finds and uses the daemon.
    package struct MQTT: Sendable, Equatable {
        /// Where a broker listens: `mqtt://HOST:PORT`, or `mqtts://` for TLS.
        package struct Broker: Sendable, Hashable {
            /// A name or a numeric address, IPv6 without brackets.
            package var host: String
            package var port: UInt16
            package var isSecure: Bool
        }

        /// `nil`: there is none, and nothing of this is done.
        package var broker: Broker?
        package var user: String?
        /// PEM file with the authorities that may sign the broker's certificate; `nil`: the system's.
        package var caFile: String?
        /// What Home Assistant shows; `nil`: made from the host's name.
        package var deviceName: String?
        /// Letters, digits, `-` and `_`; `nil`: made from the machine's ID.
        package var deviceID: String?
        /// Home Assistant's.
        package var discoveryPrefix = "homeassistant"
        /// The device's topics begin with it.
        package var topic = "utter"
    }
}

extension Settings.MQTT.Broker: CustomStringConvertible {
    private static let schemes: [(name: String, isSecure: Bool, port: UInt16)] = [
        ("mqtt://", false, 1_883), ("mqtts://", true, 8_883),
    ]

    package init?(_ text: String) {
        guard let scheme = Self.schemes.first(where: { text.lowercased().hasPrefix($0.name) }) else { return nil }
        var rest = String(text.dropFirst(scheme.name.count))
        if rest.hasSuffix("/") { rest.removeLast() }
        typealias Endpoint = Settings.Server.Endpoint
        guard let endpoint = Endpoint(rest) ?? Endpoint("\(rest):\(scheme.port)"), endpoint.port > 0 else { return nil }
        self.init(host: endpoint.host, port: endpoint.port, isSecure: scheme.isSecure)
    }

    package var description: String {
        let endpoint = Settings.Server.Endpoint(host: host, port: port)
        return (isSecure ? "mqtts://" : "mqtt://") + endpoint.description
    }
}
