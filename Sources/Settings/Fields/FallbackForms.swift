// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension ValueForm<[FallbackServer]> {
    private static var expectedList: String { "a list of maps, such as [{url: \"http://192.168.1.20:11434\"}]" }

    /// `[{url: "…", provider: ollama, name: "…"}]`; everything but `url` may be left out.
    static let fallbackServers = ValueForm(
        expected: expectedList, isMap: true,
        read: { node throws(SettingsError.Problem) in
            guard case .sequence(let items) = node.value else { throw .misfit(node, expected: expectedList) }
            var servers: [FallbackServer] = []
            for item in items { servers.append(try server(item)) }
            return servers
        },
        write: { servers in "[" + servers.map(written).joined(separator: ", ") + "]" })

    private static func server(_ node: Node) throws(SettingsError.Problem) -> FallbackServer {
        guard let entries = node.entries else { throw .misfit(node, expected: expectedList) }
        var server = FallbackServer(url: "")
        for entry in entries {
            switch entry.key {
            case "url": server.url = try ValueForm<String>.name.read(entry.value)
            case "provider": server.provider = try ValueForm<Provider>.choice.read(entry.value)
            case "name": server.name = try ValueForm<String?>.optional(.name, none: "").read(entry.value)
            default:
                throw SettingsError.Problem(
                    at: entry.keyPlace, "has only the keys url, provider and name, not \(entry.key.quotedForYAML)")
            }
        }
        guard !server.url.isEmpty else {
            throw SettingsError.Problem(at: node.place, "needs the url of each server")
        }
        return server
    }

    private static func written(_ server: FallbackServer) -> String {
        let name = server.name.map { ", name: \($0.quotedForYAML)" } ?? ""
        return "{url: \(server.url.quotedForYAML), provider: \(server.provider.rawValue)\(name)}"
    }
}
