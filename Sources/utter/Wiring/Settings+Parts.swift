// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import Playback
import Sentences
import Settings
import Speech
import Utterance

/// The parts' own parameters, as the settings have them.
extension Settings {
    /// `nil` if the demo was asked for.
    ///
    /// - Throws: `Fault(.usage)` if the address is none.
    func modelServer(environment: [String: String]) throws -> ModelServer? {
        guard let provider = model.provider else { return nil }
        let address =
            try model.url.map { try ServerAddress($0) } ?? provider.defaultAddress
            ?? ollamaHost.map { try ServerAddress($0) } ?? .ollamaDefault
        let limits = ModelServer.Limits(
            connect: model.connectTimeout, firstToken: model.firstByteTimeout, idle: model.idleTimeout)
        let key = try Secret.modelKey.find(in: environment)
        let proxy = try ServerAddress.proxy(for: address, in: environment)
        return ModelServer(.init(provider: provider, address: address, key: key, proxy: proxy, limits: limits))
    }

    /// The options of the persona over those of the model.
    var modelOptions: [String: JSONValue] {
        let persona = personas[model.persona]?.options ?? [:]
        return model.options.merging(persona) { $1 }
    }

    var voiceParameters: VoiceParameters {
        let voice = personas[model.persona]?.voice ?? speech.voice ?? "auto"
        return VoiceParameters(
            voice: voice, language: spokenLanguage, rate: speech.rate, pitch: speech.pitch, volume: speech.volume,
            wordGapMilliseconds: Int(speech.wordGap.inMilliseconds))
    }

    /// Of Latin text. A Chinese locale says nothing about it: English is what stands in Chinese text.
    private var spokenLanguage: String {
        switch language {
        case "zh", "ja", "ko", "ru", "uk", "el", "ar", "fa", "hi", "he", "th": "en-us"
        case "en": "en-us"
        default: language.lowercased()
        }
    }

    var textOptions: TextOptions {
        var options = TextOptions()
        options.language = language
        options.longestPiece = text.longestPieceCharacters
        options.codeBlocks = text.codeBlocks
        options.tables = text.tables
        options.sentenceEnds = text.sentenceEnds
        return options
    }

    var playbackParameters: PlaybackParameters {
        PlaybackParameters(
            device: playback.device, bufferTime: playback.buffer, periodTime: playback.period, keepOpen: .zero)
    }

    /// Lets `name` read everything, the persona's own voice notwithstanding.
    mutating func use(voice name: String) {
        speech.voice = name == "auto" ? nil : name
        personas[model.persona]?.voice = nil
    }

    /// - Throws: `Fault(.usage)` if there is no such persona.
    mutating func use(persona name: String) throws(Fault) {
        guard personas[name] != nil else {
            let hint = personas.keys.nearest(to: name).map { " Did you mean \($0)?" } ?? ""
            let known = personas.keys.sorted().joined(separator: ", ")
            throw Fault(.usage, "There is no persona \(name).\(hint) The configuration has: \(known).")
        }
        model.persona = name
    }

    /// - Parameter question: what is to be answered; `nil`: a text is read.
    func answerParameters(for question: String?) -> AnswerParameters {
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
