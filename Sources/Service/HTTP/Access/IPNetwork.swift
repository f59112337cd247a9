// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import NIOCore

/// All addresses that begin alike, such as `192.168.1.0/24` or `fd00::/8`.
package struct IPNetwork: Sendable, Hashable {
    private let prefix: [UInt8]
    /// Bits that count.
    private let length: Int

    /// - Parameter text: an address, or one with the number of bits that count.
    /// - Returns: `nil` if it is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = try? SocketAddress(ipAddress: String(parts[0]), port: 0), let bytes = address.bytes
        else { return nil }
        let longest = bytes.count * 8
        guard let length = parts.count == 2 ? Int(parts[1]) : longest, (0...longest).contains(length)
        else { return nil }
        prefix = bytes
        self.length = length
    }

    package func contains(_ address: SocketAddress) -> Bool {
        guard var bytes = address.bytes else { return false }
        // An IPv4 address as a socket for both kinds shows it: ::ffff:192.168.1.7.
        if prefix.count == 4, bytes.count == 16, bytes.prefix(12) == Self.mapped[...] { bytes.removeFirst(12) }
        guard bytes.count == prefix.count else { return false }
        return zip(bytes, prefix).enumerated().allSatisfy { index, pair in
            let counting = min(max(length - index * 8, 0), 8)
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> counting)
            return pair.0 & mask == pair.1 & mask
        }
    }

    private static let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
}

extension SocketAddress {
    /// In network order.
    fileprivate var bytes: [UInt8]? {
        guard let text = ipAddress else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16)
        switch self {
        case .v4: bytes.removeLast(12)
        case .v6: break
        case .unixDomainSocket: return nil
        }
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        return unsafe inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }
}
