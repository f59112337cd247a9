// SPDX-License-Identifier: GPL-3.0-or-later

/// The daemon's connection to its MQTT broker.
package struct BrokerStatus: Sendable, Hashable, Codable {
    /// `HOST:PORT`.
    package var address: String
    package var isConnected = false
    /// Why it is not connected, in one sentence; `nil` if it is, or was not tried yet.
    @Nullable package var message: String?
    /// The same as a stable name in snake_case.
    @Nullable package var code: String?

    package init(address: String) {
        self.address = address
    }

    private enum CodingKeys: String, CodingKey {
        case address, message, code
        case isConnected = "connected"
    }
}
