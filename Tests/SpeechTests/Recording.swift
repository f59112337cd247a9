// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Synchronization
import Utterance

/// A sink that keeps what it receives.
final class Recording: Sendable {
    struct Content {
        var samples: [Int16] = []
        var marks: [WordMark] = []
        /// Whether a mark came after its sound.
        var hasLateMark = false
        var calls = 0
    }

    private let content = Mutex(Content())
    /// How many calls it accepts before it wants no more.
    private let limit: Int

    init(limit: Int = .max) {
        self.limit = limit
    }

    var samples: [Int16] { content.withLock(\.samples) }
    var marks: [WordMark] { content.withLock(\.marks) }
    var hasLateMark: Bool { content.withLock(\.hasLateMark) }
    var calls: Int { content.withLock(\.calls) }

    @Sendable func take(_ samples: Span<Int16>, _ marks: [WordMark]) -> Bool {
        content.withLock { content in
            for mark in marks where mark.frame < content.samples.count { content.hasLateMark = true }
            for index in samples.indices { content.samples.append(samples[index]) }
            content.marks += marks
            content.calls += 1
            return content.calls < limit
        }
    }

    /// The words that were marked, as they are in the text of `runs`.
    func words(in runs: [SpokenRun]) -> [String] {
        let text = Array(runs.map(\.text).joined().utf8)
        return marks.map { String(decoding: text[$0.spoken], as: UTF8.self) }
    }
}

/// The engine, and the parameters that a test speaks with.
struct Synthesizer: Sendable {
    let engine: ESpeakEngine
    var parameters: VoiceParameters

    /// eSpeak NG's version, such as `1.51`.
    var version: Substring { engine.name.split(separator: " ").last ?? "" }
    var format: PCMFormat { engine.expectedFormat(parameters) }

    static func start(_ parameters: VoiceParameters = VoiceParameters()) async throws -> Synthesizer {
        Synthesizer(engine: try await ESpeakEngine.start(parameters), parameters: parameters)
    }

    func synthesize(
        _ runs: [SpokenRun], into sink: @escaping @Sendable (Span<Int16>, [WordMark]) -> Bool
    ) async throws -> Synthesis {
        try await engine.synthesize(runs, parameters) { samples, _, words in sink(samples, words) }
    }

    /// Speaks into a recording.
    func record(_ runs: SpokenRun...) async throws -> Recording {
        let recording = Recording()
        let synthesis = try await synthesize(runs, into: recording.take)
        precondition(synthesis.frames == recording.samples.count && synthesis.isComplete)
        return recording
    }

    func voice(forLanguage tag: String) -> Voice {
        engine.voice(for: tag, parameters).voice
    }

    func phonemes(of text: String, language: String, isPinyin: Bool = false) async throws -> String {
        try await engine.phonemes(of: text, language: language, parameters, isPinyin: isPinyin)
    }
}

extension SpokenRun {
    static func english(_ text: String) -> SpokenRun { SpokenRun(language: "en", text: text) }
    static func chinese(_ text: String) -> SpokenRun { SpokenRun(language: "zh", text: text) }
}

func isSound(_ sample: Int16) -> Bool {
    sample.magnitude > 64
}
