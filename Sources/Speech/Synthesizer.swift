// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Turns text into sound with eSpeak NG, on a thread of its own.
///
/// Calls come one after the other, whoever makes them: the library has one state for the whole process. Several
/// synthesizers may exist, each with its own parameters.
@SpeechThread
package final class Synthesizer {
    /// What came of speaking a piece.
    package struct Synthesis: Sendable, Hashable {
        /// How many frames the sink was given.
        package var frames: Int
        /// `false` if the sink wanted no more or the task was cancelled.
        package var isComplete: Bool
        /// What the listener should know: another voice reads a language (each said once), or a part of the piece is left
        /// out.
        package var notices: [Notice]
    }

    /// Of all sound that comes out of it.
    package nonisolated let format: PCMFormat
    /// The installed voices.
    package nonisolated let voices: [Voice]
    /// eSpeak NG's version, such as `1.51`.
    package nonisolated let version: String

    private let library: ESpeak
    private var choice: VoiceChoice
    private var settings: ESpeak.Settings
    private var reported: Set<String> = []

    /// Starts eSpeak NG, if it is not running yet.
    ///
    /// - Throws: `Fault(.speechFailed)` if eSpeak NG finds no data, `Fault(.voiceUnknown)` if the parameters name a
    ///   voice that is not installed.
    package static func start(_ parameters: VoiceParameters = VoiceParameters()) throws -> Synthesizer {
        try Synthesizer(ESpeak.start(), parameters)
    }

    private init(_ library: ESpeak, _ parameters: VoiceParameters) throws {
        self.library = library
        format = library.format
        voices = library.catalogue.voices
        version = library.version
        settings = ESpeak.Settings(parameters)
        choice = try Self.choice(parameters, library)
        // Loaded now, so that the first sentence need not wait for it.
        try library.use(voice: choice.choice(for: parameters.language).name, settings: settings)
    }

    private static func choice(_ parameters: VoiceParameters, _ library: ESpeak) throws -> VoiceChoice {
        try VoiceChoice(parameters, catalogue: library.catalogue, variants: { library.variants })
    }

    /// Changes how the next piece sounds.
    ///
    /// - Throws: `Fault(.voiceUnknown)`; the parameters are then as before.
    package func update(_ parameters: VoiceParameters) throws {
        choice = try Self.choice(parameters, library)
        settings = ESpeak.Settings(parameters)
    }

    /// Speaks a piece; its sound goes to `sink` as it is made, about 60 ms at a time, without silence at either end.
    ///
    /// - Parameters:
    ///   - runs: the piece, each run with a voice of its language.
    ///   - sink: takes samples, and the words that begin in them; their frames count from the piece's first, their
    ///     ranges are UTF-8 bytes of the runs' joined text. It is called on the speech thread inside eSpeak NG and must
    ///     not wait. `false` ends the synthesis at once, as does cancelling the task.
    /// - Throws: `Fault(.speechFailed)` if eSpeak NG fails.
    package func synthesize(
        _ runs: [SpokenRun], into sink: @escaping @Sendable (Span<Int16>, [WordMark]) -> Bool
    ) throws -> Synthesis {
        let sound = PieceSound(format: format, sink: sink)
        var notices: [Notice] = []
        var offset = 0
        for run in runs where sound.isWanted {
            let voice = choice.choice(for: run.language)
            let leftOut = run.text.scripts(leftOutBy: voice.script)
            if !leftOut.isEmpty {
                notices.append(.textLeftOut(leftOut))
            } else if voice.isSubstitute, reported.insert(run.language).inserted {
                notices.append(.missingVoice(for: run.language, substitute: voice.voice))
            }
            try library.use(voice: voice.name, settings: settings)
            sound.beginRun(run.text, at: offset)
            try library.speak(speakable(run.text, by: voice), into: sound)
            sound.endRun()
            offset += run.text.utf8.count
        }
        return Synthesis(frames: sound.frames, isComplete: sound.isWanted, notices: notices)
    }

    /// The voice that reads runs of this language.
    package func voice(forLanguage tag: String) -> Voice {
        choice.choice(for: tag).voice
    }

    /// How `text` would be said, in eSpeak NG's phoneme names; `(en)` in it says that a voice changed to English. For
    /// tests: asking may make eSpeak NG crash later.
    ///
    /// - Parameter isPinyin: the text is pinyin, which the voice for Mandarin reads though it is not given any otherwise.
    package func phonemes(of text: String, language: String, isPinyin: Bool = false) throws -> String {
        let voice = choice.choice(for: language)
        try library.use(voice: voice.name, settings: settings)
        return library.phonemes(of: isPinyin ? text : speakable(text, by: voice))
    }

    private func speakable(_ text: String, by voice: VoiceChoice.Choice) -> String {
        let signs = VoiceSigns(language: voice.voice.language, version: version)
        return text.speakable(in: voice.script, says: signs.contains)
    }
}

extension ESpeak.Settings {
    fileprivate init(_ parameters: VoiceParameters) {
        self.init(
            rate: parameters.rate, pitch: parameters.pitch, volume: parameters.volume,
            wordGapMilliseconds: parameters.wordGapMilliseconds)
    }
}
