// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import Settings
import Utterance
import VoiceServers

/// A voice server that was found on this machine and is not in the settings.
struct FoundVoiceServer: Sendable {
    /// The usual addresses of such servers, with a name for their voices.
    private static let usual = [
        ("tcp://127.0.0.1:\(VoiceServer.wyomingPort)", "piper"), ("http://127.0.0.1:8880", "kokoro"),
    ]
    /// Long enough for a server that is speaking.
    private static let limit = Duration.seconds(3)

    var url: String
    var name: String
    var voices: [ServerVoice]

    /// The servers that respond at the usual addresses and have a list of voices.
    static func find() async -> [FoundVoiceServer] {
        var found: [FoundVoiceServer] = []
        for (url, name) in usual {
            guard let server = try? VoiceServer(VoiceServerEntry(url: url)),
                let voices = try? await server.voices(within: limit), !voices.isEmpty
            else { continue }
            found.append(FoundVoiceServer(url: url, name: name, voices: voices))
        }
        return found
    }

    /// The voices that read a language, and those whose languages are unknown.
    func voices(for language: String) -> [ServerVoice] {
        voices.filter { $0.reads(language) || ($0.languages.isEmpty && !$0.hasKnownLanguage) }
    }
}

extension Setup {
    /// The most voices to list.
    private static var most: Int { 12 }

    /// Offers a voice server that was found.
    ///
    /// - Returns: `false` at the end of the input.
    mutating func askForVoice() async throws -> Bool {
        guard settings.speech.voiceServers.isEmpty, let server = await world.voiceServers().first else { return true }
        let voices = server.voices(for: settings.language)
        guard !voices.isEmpty else { return true }
        head(6, "Natural voice: a voice server answers at \(server.url).", "自然的声音：\(server.url) 有语音服务器应答。")
        let shown = voices.prefix(Self.most)
        for (index, voice) in shown.enumerated() { person.say("   \(index + 1)  \(voice.name)\n") }
        if voices.count > shown.count {
            say(
                "… \(voices.count - shown.count) more: utter voices lists them once one is chosen.\n",
                "…… 还有 \(voices.count - shown.count) 个；选定一个之后 utter voices 会列出。\n")
        }
        if voices.count > 1 {
            say(
                "A voice other than the one the server was started with may have to be downloaded.\n",
                "服务器启动时指定的声音以外，其他的可能需要下载。\n")
        }
        let question = words("Which one speaks (0: eSpeak NG, as now)?", "用哪一个（0：仍用 eSpeak NG）？")
        guard let number = try await choose(question, upTo: shown.count, fallback: voices.count == 1 ? 1 : 0) else {
            return false
        }
        guard number > 0 else { return true }
        let voice = voices[number - 1]
        var entry: [String: JSONValue] = [
            "url": .string(server.url), "name": .string(server.name), "voice": .string(voice.name),
        ]
        if !voice.hasKnownLanguage { entry["languages"] = .array([.string(settings.language.primaryLanguage)]) }
        try set("speech", "voice_servers", .array([.object(entry)]))
        return true
    }
}
