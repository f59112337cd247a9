// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Turns text into sound.
///
/// One engine serves the whole process: pieces come one after another, each with its own parameters.
package protocol SpeechEngine: Sendable {
    /// The engine's name for people, with its version: `eSpeak NG 1.51`.
    var name: String { get }

    var abilities: SpeechAbilities { get }

    /// The installed voices, in the order in which they are listed.
    var voices: [Voice] { get }

    /// The format in which text will probably be spoken with these parameters, so that a device can be opened before
    /// there is sound. The format that comes with the sound decides.
    func expectedFormat(_ parameters: VoiceParameters) -> PCMFormat

    /// Checks that the voice and the language of the parameters are available. Returns at once.
    ///
    /// - Throws: `Fault(.voiceUnknown)`, with the nearest name if there is one.
    func check(_ parameters: VoiceParameters) throws(Fault)

    /// The voice that reads runs of a language. Returns at once.
    ///
    /// - Parameter language: a BCP 47 tag.
    func voice(for language: String, _ parameters: VoiceParameters) -> ChosenVoice

    /// The text of a run as its voice gets it, with equally many bytes: an engine may respell what its voice would read
    /// wrongly. Returns at once.
    func spelling(of run: SpokenRun, _ parameters: VoiceParameters) -> String

    /// Returns once the engine's thread is free; never, if it hangs.
    func respond() async

    /// Speaks a piece; its sound goes to `sink` as it is made, without silence at either end.
    ///
    /// - Parameters:
    ///   - runs: the piece; each run is read by a voice for its language.
    ///   - demand: for an engine that adapts to how urgently the piece is needed.
    ///   - sink: ends the synthesis by returning `false`, as does cancelling the task.
    /// - Throws: ``SpeechFault``.
    func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) async throws -> Synthesis

    /// How long the engine may take to make a piece's sound; the player requests it that much earlier. Returns at once.
    func leadTime(for runs: [SpokenRun], _ parameters: VoiceParameters) -> Duration

    /// Asks again which voices another program offers.
    func refreshVoices() async

    /// Does what the engine has to do besides speaking. Runs alongside the player, until it is done or cancelled.
    func run() async
}

/// What a piece is needed for.
package struct SpeechDemand: Sendable, Hashable {
    /// The answer that the piece is part of; empty if that is not known.
    package var answer: String
    /// The amount of sound that the listener has yet to hear when the piece is requested; `nil`: nobody is listening
    /// meanwhile.
    package var ahead: Duration?

    package init(answer: String = "", ahead: Duration? = nil) {
        self.answer = answer
        self.ahead = ahead
    }
}

/// Takes the next samples of a piece, their format, and the words that begin in them or later; returns whether more is
/// wanted.
///
/// The words' frames count from the first of the piece; their ranges are UTF-8 bytes of the runs' joined text. Called
/// on the engine's own thread, and must not block.
package typealias SpeechSink =
    @Sendable (_ samples: Span<Int16>, _ format: PCMFormat, _ words: [WordMark]) -> Bool

/// What an engine can do besides speaking.
package struct SpeechAbilities: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let rate = SpeechAbilities(rawValue: 1)
    package static let pitch = SpeechAbilities(rawValue: 2)
    package static let volume = SpeechAbilities(rawValue: 4)
    /// It reports where words begin. Without it, what was heard is only known in whole pieces.
    package static let wordMarks = SpeechAbilities(rawValue: 8)
}

/// The voice that reads a language.
package struct ChosenVoice: Sendable, Hashable {
    package var voice: Voice
    /// Whether it replaces a voice that is not installed.
    package var isSubstitute: Bool

    package init(_ voice: Voice, isSubstitute: Bool) {
        self.voice = voice
        self.isSubstitute = isSubstitute
    }
}

/// The result of speaking a piece.
package struct Synthesis: Sendable, Hashable {
    /// How many frames were passed to the sink.
    package var frames: Int
    package var format: PCMFormat
    /// `false` if the sink wanted no more, or the task was cancelled.
    package var isComplete: Bool
    /// What the listener should know: another voice reads a language, or part of the piece was left out.
    package var notices: [Notice]
    /// Whether the beginnings of some words were estimated.
    package var estimatesWords: Bool

    package init(
        frames: Int, format: PCMFormat, isComplete: Bool, notices: [Notice] = [], estimatesWords: Bool = false
    ) {
        self.estimatesWords = estimatesWords
        self.frames = frames
        self.format = format
        self.isComplete = isComplete
        self.notices = notices
    }

    /// How long the sound lasts.
    package var duration: Duration { format.duration(ofFrames: frames) }
}

/// What is read for a piece, and by which voices.
package struct PieceReading: Sendable, Hashable {
    /// The names of the voices, such as `cmn-latn-pinyin, en-us`.
    package var voices: String
    package var spoken: String
}

/// Why a piece was not spoken.
package enum SpeechFault: Error, Sendable, Hashable {
    /// The engine is gone: later pieces will fail too.
    case engine(Fault)
    /// The engine could not speak this text, but can speak others.
    case text(Fault)
}

extension SpeechEngine {
    /// Speaks a piece that is not part of an answer.
    package func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, into sink: @escaping SpeechSink
    ) async throws -> Synthesis {
        try await synthesize(runs, parameters, for: SpeechDemand(), into: sink)
    }

    package func leadTime(for runs: [SpokenRun], _ parameters: VoiceParameters) -> Duration { .zero }

    package func refreshVoices() async {}

    package func run() async {}

    package func spelling(of run: SpokenRun, _ parameters: VoiceParameters) -> String { run.text }

    /// Returns what is read for a piece, and by which voices.
    package func reading(of runs: [SpokenRun], _ parameters: VoiceParameters) -> PieceReading {
        PieceReading(
            voices: voiceNames(for: runs, parameters), spoken: runs.map { spelling(of: $0, parameters) }.joined())
    }

    /// Returns the voices that read a piece, in the order in which they first speak, such as `cmn-latn-pinyin, en-us`.
    package func voiceNames(for runs: [SpokenRun], _ parameters: VoiceParameters) -> String {
        var names: [String] = []
        for run in runs {
            let name = voice(for: run.language, parameters).voice.shortName
            if !names.contains(name) { names.append(name) }
        }
        return names.joined(separator: ", ")
    }
}
