// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
package import LanguageModel
package import Pipeline
package import Playback
package import Sentences
package import Settings
package import Speech
package import Utterance

/// Converts the settings to the options of each part.
extension Settings {
    /// The model server; `nil` if the demo was requested.
    ///
    /// - Throws: `Fault(.usage)` for an invalid address.
    package func modelServer(environment: [String: String]) throws -> ModelServer? {
        guard let provider = model.provider else { return nil }
        let address =
            try model.url.map { try ServerAddress($0) } ?? provider.defaultAddress
            ?? ollamaHost.map { try ServerAddress($0) } ?? .ollamaDefault
        return try server(provider, at: address, key: .modelKey, environment: environment)
    }

    /// The servers in order of preference; empty if the demo was requested.
    ///
    /// - Throws: `Fault(.usage)` for an invalid address.
    package func modelServers(environment: [String: String]) throws -> ModelServers {
        guard let preferred = try modelServer(environment: environment) else { return ModelServers() }
        let fallbacks = try model.fallbackServers.enumerated().map { index, fallback in
            ModelServers.Fallback(
                server: try server(
                    fallback.provider, at: try ServerAddress(fallback.url), key: .fallbackKey(index + 1),
                    environment: environment),
                model: fallback.name)
        }
        return ModelServers(preferred, fallbacks: fallbacks)
    }

    private func server(
        _ provider: Provider, at address: ServerAddress, key: Secret, environment: [String: String]
    ) throws -> ModelServer {
        let limits = ModelServer.Limits(
            connect: model.connectTimeout, firstToken: model.firstByteTimeout, idle: model.idleTimeout)
        return ModelServer(
            .init(
                provider: provider, address: address, key: try key.find(in: environment),
                proxy: try ServerAddress.proxy(for: address, in: environment), limits: limits))
    }

    /// Whether the built-in demo answers if no server can be reached: only if neither a server nor a model was named.
    package var fallsBackToDemo: Bool {
        model.demo && !namesServer && model.name == nil
    }

    /// The model's options; the persona's override them.
    var modelOptions: [String: JSONValue] {
        let persona = personas[model.persona]?.options ?? [:]
        return model.options.merging(persona) { $1 }
    }

    package var voiceParameters: VoiceParameters {
        let voice = personas[model.persona]?.voice ?? speech.voice ?? "auto"
        return VoiceParameters(
            voice: voice, language: spokenLanguage, rate: speech.rate, pitch: speech.pitch, volume: speech.volume,
            wordGapMilliseconds: Int(speech.wordGap.inMilliseconds))
    }

    /// The language of Latin text. A Chinese locale doesn't decide it: Latin words in Chinese text are mostly English.
    private var spokenLanguage: String {
        switch language.primaryLanguage {
        case "zh", "ja", "ko", "ru", "uk", "el", "ar", "fa", "hi", "he", "th": "en-us"
        case "en" where language.lowercased() == "en": "en-us"
        default: language.lowercased()
        }
    }

    package var textOptions: TextOptions {
        var options = TextOptions()
        options.language = language
        options.longestPiece = text.longestPieceCharacters
        options.codeBlocks = text.codeBlocks
        options.tables = text.tables
        options.sentenceEnds = text.sentenceEnds
        return options
    }

    /// - Parameter keepsOpen: whether the device stays open between answers, for as long as the settings say.
    package func playbackParameters(keepsOpen: Bool = false) -> PlaybackParameters {
        PlaybackParameters(
            device: playback.device, fallbacks: playback.fallbackDevices, deviceWait: playback.deviceWait,
            bufferTime: playback.buffer, periodTime: playback.period, leadIn: playback.leadIn,
            keepOpen: keepsOpen ? playback.keepOpen : .zero)
    }

    /// When announcements are said, and how they begin.
    var announcementRules: AnnouncementRules {
        AnnouncementRules(
            chime: announcements.chime, quietHours: announcements.quietHours,
            repeatAfter: announcements.repeatAfter ?? .zero)
    }

    /// An empty conversation with the limits of the settings.
    package var emptyConversation: Pipeline.Conversation {
        .init(longest: conversation.historyTurns, tokens: conversation.historyTokens)
    }

    /// Makes the voice `name` read everything, even if the persona has its own.
    package mutating func use(voice name: String) {
        speech.voice = name == "auto" ? nil : name
        personas[model.persona]?.voice = nil
    }

    /// Makes this persona the current one.
    ///
    /// - Throws: `Fault(.usage)` if there is no such persona.
    package mutating func use(persona name: String) throws(Fault) {
        guard personas[name] != nil else {
            let known = personas.keys.sorted().joined(separator: ", ")
            throw Fault(
                .usage,
                "There is no persona \(name).\(personas.keys.suggestion(for: name)) The configuration has: \(known).")
        }
        model.persona = name
    }

    /// - Parameter question: the question to answer; `nil` if a text is read.
    package func answerParameters(for question: String?) -> AnswerParameters {
        AnswerParameters(
            text: textOptions, voice: voiceParameters,
            pauses: .init(
                clause: playback.clausePause, sentence: playback.sentencePause, paragraph: playback.paragraphPause),
            soundAhead: playback.ahead, longestAnswer: playback.longestAnswer,
            signals: SignalParameters(
                earcons: playback.earcons, stillThinking: speech.thinkingAfter, speaksFaults: speech.speaksErrors,
                question: question))
    }
}
