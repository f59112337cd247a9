// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import Speech
import Utterance
import WyomingFrames

/// What a socket offers: the event `info`, with all the keys that Home Assistant requires.
struct ServiceInformation {
    private let backend: WyomingBackend
    private let roles: Set<WyomingService.Role>

    init(_ backend: WyomingBackend, _ roles: Set<WyomingService.Role>) {
        self.backend = backend
        self.roles = roles
    }

    var event: WyomingEvent {
        var data: [String: JSONValue] = [:]
        for type in ["asr", "tts", "handle", "intent", "wake", "mic", "snd"] { data[type] = .array([]) }
        if roles.contains(.satellite) { data["satellite"] = satellite }
        if roles.contains(.speech) { data["tts"] = .array([speech]) }
        if roles.contains(.conversation) { data["handle"] = .array([conversation]) }
        return WyomingEvent("info", data)
    }

    private var satellite: JSONValue {
        program(
            "A speaker",
            [
                "area": .null, "has_vad": false, "supports_trigger": false, "active_wake_words": .array([]),
                "max_active_wake_words": 0,
            ])
    }

    private var speech: JSONValue {
        program(
            backend.scheduler.engine.name, ["voices": .array(voices), "supports_synthesize_streaming": true])
    }

    private var voices: [JSONValue] {
        backend.scheduler.engine.voices.map { voice in
            let languages = Set(voice.tagsOfLanguages.map(\.regionalTag)).sorted()
            return artifact(
                voice.identifier, voice.name,
                ["languages": .array(languages.map { .string($0) }), "speakers": .null])
        }
    }

    private var conversation: JSONValue {
        let name = backend.model() ?? "a language model"
        // A model doesn't say which languages it knows, so these are the voices' languages.
        let languages = Set(
            backend.scheduler.engine.voices.flatMap(\.tagsOfLanguages).map(\.regionalTag.primaryLanguage))
        let model = artifact(name, name, ["languages": .array(languages.sorted().map { .string($0) })])
        return program(
            name,
            ["models": .array([model]), "supports_handled_streaming": false, "supports_home_control": false])
    }

    private func program(_ description: String, _ more: [String: JSONValue]) -> JSONValue {
        artifact(backend.name, description, more.merging(["version": .string(backend.version)]) { $1 })
    }

    private func artifact(_ name: String, _ description: String, _ more: [String: JSONValue]) -> JSONValue {
        let usual: [String: JSONValue] = [
            "name": .string(name), "description": .string(description), "installed": true, "version": .null,
            "attribution": ["name": "Utter", "url": ""],
        ]
        return .object(usual.merging(more) { $1 })
    }
}

extension String {
    /// A language tag as Home Assistant compares it: `en-US`, and `zh-CN` for Mandarin.
    var regionalTag: String {
        let parts = split(separator: "-").map(String.init)
        guard let language = parts.first?.lowercased() else { return self }
        switch language {
        case "cmn", "zh": return "zh-CN"
        case "yue": return "zh-HK"
        default: break
        }
        guard parts.count > 1, parts[1].count == 2 || Int(parts[1]) != nil else { return language }
        return "\(language)-\(parts[1].uppercased())"
    }
}
