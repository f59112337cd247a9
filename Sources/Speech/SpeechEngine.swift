// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What turns text into sound.
///
/// One engine serves the whole process: pieces come one after the other, each with its own parameters.
package protocol SpeechEngine: Sendable {
    /// For people, with its version: `eSpeak NG 1.51`.
    var name: String { get }

    var abilities: SpeechAbilities { get }

    /// The voices that are installed, in the order in which they are listed.
    var voices: [Voice] { get }

    /// The format in which these parameters are probably spoken: a device is opened with it before there is sound. What
    /// counts is the format that comes with the sound.
    func expectedFormat(_ parameters: VoiceParameters) -> PCMFormat

    /// Checks that the voice and the language of the parameters can be had. Answers at once.
    ///
    /// - Throws: `Fault(.voiceUnknown)` that names the nearest one.
    func check(_ parameters: VoiceParameters) throws(Fault)

    /// The voice that reads runs of a language. Answers at once.
    ///
    /// - Parameter language: a BCP 47 tag.
    func voice(for language: String, _ parameters: VoiceParameters) -> ChosenVoice

    /// The text of a run as its voice is given it, in as many bytes: an engine may write otherwise what its voice would
    /// read wrongly. Answers at once.
    func spelling(of run: SpokenRun, _ parameters: VoiceParameters) -> String

    /// Returns when the engine has taken a turn, and never if it hangs.
    func respond() async

    /// Speaks a piece; its sound goes to `sink` as it is made, without silence at either end.
    ///
    /// - Parameters:
    ///   - runs: the piece, each run with a voice of its language.
    ///   - sink: ends the synthesis when it returns `false`, as does cancelling the task.
    /// - Throws: ``SpeechFault``.
    func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, into sink: @escaping SpeechSink
    ) async throws -> Synthesis

    /// The same, for an engine that adapts to what the piece is needed for.
    func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) async throws -> Synthesis

    /// How long the engine may take to make the sound of a piece; the player asks for it that much earlier. Returns at
    /// once.
    func leadTime(for runs: [SpokenRun], _ parameters: VoiceParameters) -> Duration

    /// Asks again for voices that belong to another program.
    func refreshVoices() async

    /// What the engine does besides speaking; runs beside the player, until it is done or cancelled.
    func run() async
}

/// What a piece is needed for.
package struct SpeechDemand: Sendable, Hashable {
    /// The answer that the piece is part of; empty if that is not known.
    package var answer: String
    /// The sound that the listener has still to hear when the piece is asked for; `nil`: nobody listens meanwhile.
    package var ahead: Duration?

    package init(answer: String = "", ahead: Duration? = nil) {
        self.answer = answer
        self.ahead = ahead
    }
}

/// Takes the next samples of a piece, their format, and the words that begin in them or later.
///
/// The words' frames count from the piece's first, their ranges are UTF-8 bytes of the runs' joined text. Called on the
/// engine's own thread; it must not wait.
package typealias SpeechSink =
    @Sendable (_ samples: Span<Int16>, _ format: PCMFormat, _ words: [WordMark]) -> Bool

/// What an engine can do beyond speaking.
package struct SpeechAbilities: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let rate = SpeechAbilities(rawValue: 1)
    package static let pitch = SpeechAbilities(rawValue: 2)
    package static let volume = SpeechAbilities(rawValue: 4)
    /// It tells where words begin. Without it, what was heard is known by whole pieces.
    package static let wordMarks = SpeechAbilities(rawValue: 8)
}

/// The voice that reads a language.
package struct ChosenVoice: Sendable, Hashable {
    package var voice: Voice
    /// It stands in for a voice that is not installed.
    package var isSubstitute: Bool

    package init(_ voice: Voice, isSubstitute: Bool) {
        self.voice = voice
        self.isSubstitute = isSubstitute
    }
}

/// What came of speaking a piece.
package struct Synthesis: Sendable, Hashable {
    /// How many frames the sink was given.
    package var frames: Int
    package var format: PCMFormat
    /// `false` if the sink wanted no more or the task was cancelled.
    package var isComplete: Bool
    /// What the listener should know: another voice reads a language, or a part of the piece is left out.
    package var notices: [Notice]
    /// Where words begin was estimated for some of it.
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

/// What is read for a piece, and by whom.
package struct PieceReading: Sendable, Hashable {
    /// The names of the voices, such as `cmn-latn-pinyin, en-us`.
    package var voices: String
    package var spoken: String
}

/// Why a piece was not spoken.
package enum SpeechFault: Error, Sendable, Hashable {
    /// The engine is gone: the pieces after this one fail too.
    case engine(Fault)
    /// The engine could not speak this text; others it can.
    case text(Fault)
}

extension SpeechEngine {
    package func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) async throws -> Synthesis {
        try await synthesize(runs, parameters, into: sink)
    }

    package func leadTime(for runs: [SpokenRun], _ parameters: VoiceParameters) -> Duration { .zero }

    package func refreshVoices() async {}

    package func run() async {}

    package func spelling(of run: SpokenRun, _ parameters: VoiceParameters) -> String { run.text }

    /// What is read for a piece, and by whom.
    package func reading(of runs: [SpokenRun], _ parameters: VoiceParameters) -> PieceReading {
        PieceReading(
            voices: voiceNames(for: runs, parameters), spoken: runs.map { spelling(of: $0, parameters) }.joined())
    }

    /// The voices that read a piece in the order in which they first speak, such as `cmn-latn-pinyin, en-us`.
    package func voiceNames(for runs: [SpokenRun], _ parameters: VoiceParameters) -> String {
        var names: [String] = []
        for run in runs {
            let name = voice(for: run.language, parameters).voice.shortName
            if !names.contains(name) { names.append(name) }
        }
        return names.joined(separator: ", ")
    }
}
