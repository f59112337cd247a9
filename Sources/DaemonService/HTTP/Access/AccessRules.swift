// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import NIOCore
package import Utterance

/// Who may use the daemon over the network. The unix socket is protected by its file's permissions alone.
package struct AccessRules: Sendable {
    /// The token that clients authenticate with; if there is one, every address outside ``networks`` needs it. Never blank.
    package let token: String?
    /// Networks that need no token, such as `192.168.1.0/24`.
    package let networks: [IPNetwork]
    /// Names by which the daemon may be reached, besides `localhost` and IP addresses.
    package let hosts: Set<String>
    /// Web pages that may use the daemon, such as `https://home.example`.
    package let origins: Set<String>

    /// - Parameter token: a blank one counts as none; surrounding blanks are removed, since a header can't hold them.
    package init(
        token: String? = nil, networks: [IPNetwork] = [], hosts: Set<String> = [], origins: Set<String> = []
    ) {
        let token = token?.trimmed
        self.token = token?.isEmpty == true ? nil : token
        self.networks = networks
        self.hosts = Set(hosts.map { $0.lowercased() })
        self.origins = Set(origins.map { $0.lowercased() })
    }

    /// - Throws: `Fault(.configurationInvalid)` if anybody could use the daemon at this address.
    package func check(listeningAt address: SocketAddress) throws(Fault) {
        guard !address.isLoopback, token == nil, networks.isEmpty else { return }
        throw Fault(
            .configurationInvalid,
            "Listening on \(address.ipAddress ?? "\(address)") would let anybody on the network make this device speak: "
                + "set a token ($UTTER_SERVER_TOKEN) or server.allowed_networks, or listen on 127.0.0.1.")
    }

    /// The same rules for a protocol without tokens: they allow the networks, and this machine.
    package var withoutToken: AccessRules { AccessRules(networks: networks) }

    /// - Throws: `Fault(.configurationInvalid)` if anyone could use a protocol without tokens at this address.
    package func check(withoutTokenListeningAt address: SocketAddress, protocol name: String) throws(Fault) {
        guard !address.isLoopback, networks.isEmpty else { return }
        throw Fault(
            .configurationInvalid,
            "\(name) has no password: on \(address.ipAddress ?? "\(address)"), anyone on the network could use this "
                + "device. Set server.allowed_networks, or listen on 127.0.0.1.")
    }

    package func allows(_ peer: SocketAddress) -> Bool {
        networks.contains { $0.contains(peer) } || token == nil && peer.isLoopback
    }

    /// Whether `given` is the token, in constant time.
    func isToken(_ given: String) -> Bool {
        guard let token else { return false }
        let expected = Array(token.utf8)
        let given = Array(given.utf8)
        var difference = UInt8(expected.count == given.count ? 0 : 1)
        for index in expected.indices {
            difference |= expected[index] ^ (given.isEmpty ? 0 : given[index % given.count])
        }
        return difference == 0
    }

    /// Whether the daemon answers to a name in the header `Host`. A web page can have its own name point at this machine
    /// (DNS rebinding), but the browser still sends that name. IP addresses are safe: nobody can rebind them.
    func allowsHost(_ authority: String) -> Bool {
        guard let name = authority.hostName?.lowercased() else { return false }
        return name == "localhost" || hosts.contains(name) || (try? SocketAddress(ipAddress: name, port: 0)) != nil
    }

    /// Whether a page of this origin may use the daemon that was reached as `authority`.
    func allowsOrigin(_ origin: String, at authority: String) -> Bool {
        let origin = origin.lowercased()
        return origins.contains(origin) || origin == "http://\(authority.lowercased())"
            || origin == "https://\(authority.lowercased())"
    }
}

extension String {
    /// The host of an authority, without the port, an address's zone and the root's dot: `[fe80::1%25eth0]:80` is
    /// `fe80::1`, `localhost.` is `localhost`; `nil` if it is invalid.
    fileprivate var hostName: String? {
        let isBracketed = hasPrefix("[")
        let end = isBracketed ? firstIndex(of: "]").map { index(after: $0) } : firstIndex(of: ":") ?? endIndex
        guard let end else { return nil }
        let port = self[end...]
        guard port.isEmpty || port.first == ":" && port.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        if isBracketed {
            let address = self[..<end].dropFirst().dropLast().prefix { $0 != "%" }
            return address.contains(":") ? String(address) : nil
        }
        return String(self[..<end].hasSuffix(".") ? self[..<end].dropLast() : self[..<end])
    }
}

extension SocketAddress {
    package var isLoopback: Bool {
        switch self {
        case .v4: ipAddress?.hasPrefix("127.") == true
        case .v6: ipAddress == "::1" || ipAddress?.hasPrefix("::ffff:127.") == true
        case .unixDomainSocket: true
        }
    }
}

/// A range of addresses with a common prefix, such as `192.168.1.0/24` or `fd00::/8`.
package struct IPNetwork: Sendable, Hashable {
    private let prefix: [UInt8]
    /// The prefix's length in bits.
    private let length: Int

    /// - Parameter text: an address, or an address and the prefix's length.
    /// - Returns: `nil` if it is invalid.
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
        // An IPv4 address on a dual-stack socket: ::ffff:192.168.1.7.
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
