// SPDX-License-Identifier: GPL-3.0-or-later
package import NIOCore
package import Utterance

/// Who may use the daemon over the network. The unix socket is guarded by its file's permissions alone.
package struct AccessRules: Sendable {
    /// What clients prove themselves with; once there is one, every address outside ``networks`` has to. Never blank.
    package let token: String?
    /// Networks that need no token, such as `192.168.1.0/24`.
    package let networks: [IPNetwork]
    /// Names by which the daemon may be reached, beside `localhost` and IP addresses.
    package let hosts: Set<String>
    /// Web pages that may use the daemon, such as `https://home.example`.
    package let origins: Set<String>

    /// - Parameter token: a blank one counts as none; blanks around it don't count, since a header can't hold them.
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
            "Listening on \(address.ipAddress ?? "\(address)") would let anybody in the network make this device speak: "
                + "set a token ($UTTER_SERVER_TOKEN) or server.allowed_networks, or listen on 127.0.0.1.")
    }

    func allows(_ peer: SocketAddress) -> Bool {
        networks.contains { $0.contains(peer) } || token == nil && peer.isLoopback
    }

    /// Whether `given` is the token; takes as long for a wrong one as for the right one.
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

    /// Whether a name in the header `Host` is one of ours. A web page can have its own name point at this machine (DNS
    /// rebinding), but the browser still sends that name. An IP address is nobody's name.
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
    /// A host with its port, without the port, the zone of an address and the root's dot: `[fe80::1%25eth0]:80` is
    /// `fe80::1`, `localhost.` is `localhost`; `nil` if it is nothing of that kind.
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
