// SPDX-License-Identifier: GPL-3.0-or-later

/// How to reach an MQTT broker, and what to ask of it.
package struct BrokerOptions: Sendable {
    /// Whether TLS is used, and which authorities may sign the broker's certificate.
    package enum Security: Sendable, Hashable {
        /// No TLS.
        case none
        /// The system's.
        case systemCertificates
        /// Those in a PEM file.
        case certificates(file: String)
    }

    /// Without the brackets of an IPv6 address.
    package var host: String
    package var port: UInt16
    package var security: Security
    package var user: String?
    package var password: String?
    /// The broker ends an older connection of the same name.
    package var clientID: String
    /// Published by the broker when the connection is lost, and by the client before it closes the connection.
    package var will: OutgoingMessage?
    package var subscriptions: [String]
    /// In UTF-8 bytes of the payload. The broker is asked to keep longer ones back; older brokers don't.
    package var longestMessage: Int
    /// After this long without traffic, the client pings the broker.
    package var keepAlive = Duration.seconds(30)
    /// Longest wait for the broker's answer to a new connection.
    package var answerLimit = Duration.seconds(20)

    package init(
        host: String, port: UInt16, security: Security = .none, user: String? = nil, password: String? = nil,
        clientID: String, will: OutgoingMessage? = nil, subscriptions: [String] = [], longestMessage: Int = 4_096
    ) {
        (self.host, self.port, self.security, self.user, self.password) = (host, port, security, user, password)
        (self.clientID, self.will, self.subscriptions) = (clientID, will, subscriptions)
        self.longestMessage = longestMessage
    }

    /// `HOST:PORT`, an IPv6 address in brackets.
    package var address: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// A message to a broker, sent at most once (QoS 0): what matters is sent again after each connect.
package struct OutgoingMessage: Sendable, Hashable {
    package var topic: String
    package var payload: String
    /// Whether the broker keeps it for those who subscribe later.
    package var isRetained: Bool

    package init(_ topic: String, _ payload: String, isRetained: Bool = false) {
        (self.topic, self.payload, self.isRetained) = (topic, payload, isRetained)
    }
}

/// A message from a broker.
package struct IncomingMessage: Sendable, Hashable {
    package var topic: String
    package var payload: [UInt8]
    /// It was published before the subscription.
    package var isRetained: Bool

    package init(_ topic: String, _ payload: [UInt8], isRetained: Bool = false) {
        (self.topic, self.payload, self.isRetained) = (topic, payload, isRetained)
    }
}
