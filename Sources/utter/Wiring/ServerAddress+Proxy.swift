// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel

extension ServerAddress {
    /// The proxy that the environment names for a server, by the custom of curl: `https_proxy` or `http_proxy`, in small
    /// or capital letters. A server on this machine is never asked through one.
    ///
    /// - Throws: `Fault(.usage)` if what it names is no address.
    static func proxy(for server: ServerAddress, in environment: [String: String]) throws -> ServerAddress? {
        let name = server.scheme == "https" ? "https_proxy" : "http_proxy"
        guard !server.isLoopback, let proxy = environment[name] ?? environment[name.uppercased()], !proxy.isEmpty else {
            return nil
        }
        return try ServerAddress(proxy)
    }
}
