// SPDX-License-Identifier: GPL-3.0-or-later

extension ValueForm<[VoiceServerEntry]> {
    private static var expectedList: String { "a list of maps, such as [{url: \"tcp://127.0.0.1:10200\"}]" }
    private static var schemes: [String] { ["tcp://", "unix://", "http://", "https://"] }
    /// More servers would be asked for their voices at the same time.
    private static var most: Int { 8 }

    /// `[{url: "…", name: piper, voice: "…", speaker: "…", languages: [en], model: "…", sample_rate: 24000}]`;
    /// everything but `url` may be left out.
    static let voiceServers = ValueForm(
        expected: expectedList, isMap: true,
        read: { node throws(SettingsError.Problem) in
            guard case .sequence(let items) = node.value else { throw .misfit(node, expected: expectedList) }
            guard items.count <= most else {
                throw SettingsError.Problem(at: node.place, "can have at most \(most) servers")
            }
            var servers: [VoiceServerEntry] = []
            for item in items {
                let server = try server(item)
                guard !servers.contains(where: { $0.name != nil && $0.name == server.name }) else {
                    throw SettingsError.Problem(at: item.place, "needs a different name for each server")
                }
                servers.append(server)
            }
            return servers
        },
        write: { servers in "[" + servers.map(written).joined(separator: ", ") + "]" })

    private static func server(_ node: Node) throws(SettingsError.Problem) -> VoiceServerEntry {
        guard let entries = node.entries else { throw .misfit(node, expected: expectedList) }
        var server = VoiceServerEntry(url: "")
        let optionalName = ValueForm<String?>.optional(.name, none: "")
        for entry in entries {
            switch entry.key {
            case "url": server.url = try ValueForm<String>.name.read(entry.value)
            case "name": server.name = try optionalName.read(entry.value)
            case "voice": server.voice = try optionalName.read(entry.value)
            case "speaker": server.speaker = try optionalName.read(entry.value)
            case "languages": server.languages = try languages(entry.value)
            case "model": server.model = try optionalName.read(entry.value)
            case "sample_rate": server.sampleRate = try ValueForm<Int>.integer(in: 8_000...48_000).read(entry.value)
            default:
                throw SettingsError.Problem(
                    at: entry.keyPlace,
                    "has only the keys url, name, voice, speaker, languages, model and sample_rate, "
                        + "not \(entry.key.quotedForYAML)")
            }
        }
        guard schemes.contains(where: { server.url.lowercased().hasPrefix($0) && server.url.count > $0.count }) else {
            throw SettingsError.Problem(
                at: node.place, "needs the url of each server, which begins with tcp://, unix://, http:// or https://")
        }
        if let name = server.name, name.contains("/") || ["auto", ""].contains(name.lowercased()) {
            throw SettingsError.Problem(at: node.place, "can't have a server with the name \(name.quotedForYAML)")
        }
        return server
    }

    private static func languages(_ node: Node) throws(SettingsError.Problem) -> [String] {
        guard case .sequence(let items) = node.value else {
            return [try ValueForm<String>.languageTag.read(node)]
        }
        var languages: [String] = []
        for item in items { languages.append(try ValueForm<String>.languageTag.read(item)) }
        return languages
    }

    private static func written(_ server: VoiceServerEntry) -> String {
        let usual = VoiceServerEntry(url: server.url)
        var members = ["url: \(server.url.quotedForYAML)"]
        for (key, value) in [("name", server.name), ("voice", server.voice), ("speaker", server.speaker)] {
            if let value { members.append("\(key): \(value.quotedForYAML)") }
        }
        if !server.languages.isEmpty {
            members.append("languages: [\(server.languages.map(\.quotedForYAML).joined(separator: ", "))]")
        }
        if let model = server.model { members.append("model: \(model.quotedForYAML)") }
        if server.sampleRate != usual.sampleRate { members.append("sample_rate: \(server.sampleRate)") }
        return "{\(members.joined(separator: ", "))}"
    }
}
