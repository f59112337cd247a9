// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import DaemonClient
import DaemonService
import Glibc
import Host
import NIOCore
import Settings
import Utterance

/// The sockets on which the daemon accepts clients: those inherited from the service manager, or else those in the
/// settings.
struct ServedSockets {
    let settings: Settings.Server
    /// The process's environment variables.
    let environment: [String: String]
    let rules: AccessRules

    /// - Throws: `Fault(.configurationInvalid)` for an address that can't be used, or that would be open to everyone.
    func open() throws -> [ListeningSocket] {
        let inherited = SocketActivation.announced(in: environment, process: getpid())
        let sockets = inherited.isEmpty ? try opened() : try adopted(inherited)
        guard !sockets.isEmpty else {
            throw Fault(
                .configurationInvalid,
                "Nobody could reach the daemon: set server.listen or server.socket, or both, in the configuration.")
        }
        return sockets
    }

    private func adopted(_ inherited: [SocketActivation.Inherited]) throws -> [ListeningSocket] {
        try SocketActivation.adopt(inherited)
        return try inherited.map { socket in
            guard let address = SocketAddress(boundTo: socket.descriptor) else {
                return ListeningSocket(adopting: socket.descriptor, name: socket.name)
            }
            try rules.check(listeningAt: address)
            return ListeningSocket(adopting: socket.descriptor, name: address.plainName)
        }
    }

    private func opened() throws -> [ListeningSocket] {
        var sockets: [ListeningSocket] = []
        switch settings.socket {
        case .off: break
        case .path(let path): sockets.append(try ListeningSocket(path: path))
        case .usual: sockets.append(try ListeningSocket(path: DaemonSocket.usualPath(in: environment)))
        }
        for endpoint in settings.listen {
            guard let address = try? SocketAddress.makeAddressResolvingHost(endpoint.host, port: Int(endpoint.port))
            else {
                throw Fault(.configurationInvalid, "server.listen: \(endpoint) is not an address of this machine.")
            }
            try rules.check(listeningAt: address)
            sockets.append(try ListeningSocket(address: address))
        }
        return sockets
    }
}

extension Settings.Server {
    /// - Parameter environment: contains the token.
    /// - Throws: `Fault(.configurationInvalid)` if the token can't be read.
    func accessRules(environment: [String: String]) throws -> AccessRules {
        AccessRules(
            token: try Secret.serverToken.find(in: environment), networks: allowedNetworks.compactMap(IPNetwork.init),
            hosts: Set(allowedHosts), origins: Set(allowedOrigins))
    }

    var limits: RequestLimits {
        var limits = RequestLimits()
        limits.promptCharacters = longestPromptCharacters
        limits.requestsPerSecond = requestsPerSecond
        // A character takes up to four bytes, and JSON may escape each of them.
        limits.body = max(limits.body, longestPromptCharacters * 12)
        return limits
    }
}
