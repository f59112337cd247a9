// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import LanguageModel
import NIOCore

extension ServerAddress {
    /// The proxy that the environment names for a server, with curl's rules: `https_proxy` or `http_proxy`, in lower or
    /// upper case. A server on this machine is always reached directly, and so is one that `no_proxy` names.
    ///
    /// - Throws: `Fault(.usage)` if the variable is not a valid address.
    static func proxy(for server: ServerAddress, in environment: [String: String]) throws -> ServerAddress? {
        let name = server.scheme == "https" ? "https_proxy" : "http_proxy"
        guard !server.isLoopback, !server.isExcepted(in: environment),
            let proxy = environment[name] ?? environment[name.uppercased()], !proxy.isEmpty
        else { return nil }
        return try ServerAddress(proxy)
    }

    /// Whether `no_proxy` names the server: by `*`, by its address or a network that contains it (`10.0.0.0/8`), or by
    /// its name or a domain that contains it.
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
