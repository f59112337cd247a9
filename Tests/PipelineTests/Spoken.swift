// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import Playback
import Sentences
import Speech
import Synchronization
import Utterance

/// An answer run to its end, and everything that it emitted.
struct Spoken {
    var ending: Answer.Ending
    var events: [Event]

    var kinds: [Event.Kind] { events.map(\.kind) }
    var text: String {
        kinds.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
    }
    var pieces: [String] {
        kinds.compactMap { if case .piece(_, let text, _, _, _, _) = $0 { text } else { nil } }
    }
    var heard: [Int] {
        kinds.compactMap { if case .heard(let index) = $0 { index } else { nil } }
    }
    var notices: [String] {
        kinds.compactMap { if case .notice(let notice) = $0 { notice.code } else { nil } }
    }
    var summary: Event.Summary? {
        switch events.last?.kind {
        case .finished(let summary), .stopped(let summary), .failed(_, let summary): summary
        default: nil
        }
    }

    /// Speaks what `source` brings, fast.
    static func run(
        to output: any SoundOutput = FakeOutput(), fallback: Answer.Fallback? = nil,
        parameters change: (inout AnswerParameters) -> Void = { _ in },
        onEvent: @escaping @Sendable (Event) -> Void = { _ in },
        _ source: @escaping Answer.Source
    ) async throws -> Spoken {
        let voice = VoiceParameters(rate: 450)
        let synthesizer = try await Synthesizer.start(voice)
        var parameters = AnswerParameters(text: TextOptions(), voice: voice)
        change(&parameters)
        let log = Log()
        let answer = Answer(
            id: "test", source: source, synthesizer: synthesizer, output: output, fallback: fallback,
            parameters: parameters
        ) { event in
            log.add(event)
            onEvent(event)
        }
        let ending = await answer.run()
        return Spoken(ending: ending, events: log.events)
    }

    /// A source that delivers `texts` and ends well.
    static func texts(_ texts: [String], finish: ModelSummary.Finish = .stop) -> Answer.Source {
        { deliver in
            for text in texts { try await deliver(.text(text)) }
            return ModelSummary(finish: finish)
        }
    }
}

private final class Log: Sendable {
    private let list = Mutex<[Event]>([])
    var events: [Event] { list.withLock { $0 } }
    func add(_ event: Event) { list.withLock { $0.append(event) } }
}
