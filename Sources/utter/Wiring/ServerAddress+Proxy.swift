// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import NIOCore
import Service

extension ServerAddress {
    /// The proxy that the environment names for a server, by the custom of curl: `https_proxy` or `http_proxy`, in small
    /// or capital letters. A server on this machine is never asked through one, nor is one that `no_proxy` names.
    ///
    /// - Throws: `Fault(.usage)` if what it names is no address.
    static func proxy(for server: ServerAddress, in environment: [String: String]) throws -> ServerAddress? {
        let name = server.scheme == "https" ? "https_proxy" : "http_proxy"
        guard !server.isLoopback, !server.isExcepted(in: environment),
            let proxy = environment[name] ?? environment[name.uppercased()], !proxy.isEmpty
        else { return nil }
        return try ServerAddress(proxy)
    }

    /// Whether `no_proxy` names it: by `*`, by its address or a network of it (`10.0.0.0/8`), or by its name or a domain
    /// that it is in.
    private func isExcepted(in environment: [String: String]) -> Bool {
        let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        let name = host.lowercased()
        return list.lowercased().split { $0 == "," || $0 == " " }.contains { entry in
            if entry == "*" { return true }
            if let address = try? SocketAddress(ipAddress: host, port: port) {
                return IPNetwork(String(entry))?.contains(address) ?? false
            }
            let domain = entry.drop { $0 == "." }
            return name == domain || !domain.isEmpty && name.hasSuffix(".\(domain)")
        }
    }
}
