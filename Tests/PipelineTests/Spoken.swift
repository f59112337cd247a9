// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Playback
import Sentences
import Speech
import Utterance

@testable import Pipeline

/// An answer that has run to its end, and everything that it emitted.
struct Spoken {
    var ending: Answer.Ending
    var events: [Event]

    var kinds: [Event.Kind] { events.map(\.kind) }
    var text: String {
        kinds.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
    }
    var pieces: [String] {
        kinds.compactMap { if case .piece(let piece) = $0 { piece.text } else { nil } }
    }
    var heard: [Int] {
        kinds.compactMap { if case .heard(let index) = $0 { index } else { nil } }
    }
    /// Pieces that were synthesized, as often as they were.
    var synthesized: [Int] {
        kinds.compactMap { if case .synthesized(let synthesis) = $0 { synthesis.index } else { nil } }
    }
    /// What signals say; an earcon's name is in brackets.
    var signals: [String] {
        kinds.compactMap { kind in
            guard case .signal(let signal) = kind else { return nil }
            return signal.spoken.isEmpty ? "[\(signal.signal)]" : signal.spoken
        }
    }
    var notices: [String] {
        kinds.compactMap { if case .notice(let notice) = $0 { notice.code } else { nil } }
    }
    var summary: Event.Summary? { events.last?.summary }

    static let voice = VoiceParameters(rate: 450)

    /// Speaks what `source` delivers, fast, with its own player.
    static func run(
        to output: any SoundOutput = FakeOutput(), fallback: Player.Fallback? = nil,
        parameters change: (inout AnswerParameters) -> Void = { _ in }, isSilent: Bool = false,
        clock: any MomentClock = MonotonicClock(), log: EventLog = EventLog(), _ source: @escaping Answer.Source
    ) async throws -> Spoken {
        try await withPlayer(to: output, fallback: fallback) { player in
            try await run(
                by: player, parameters: change, isSilent: isSilent, clock: clock, log: log, source)
        }
    }

    /// Runs a player while `body` runs.
    static func withPlayer<Result: Sendable>(
        to output: any SoundOutput, engine: (any SpeechEngine)? = nil, fallback: Player.Fallback? = nil,
        _ body: (Player) async throws -> Result
    ) async throws -> Result {
        let eSpeak = try await ESpeakEngine.start(voice)
        let player = Player(engine: engine ?? eSpeak, output: output, fallback: fallback)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await player.run() }
            defer { group.cancelAll() }
            return try await body(player)
        }
    }

    /// Runs an answer on a player that others use too.
    ///
    /// - Parameter isSelected: whether it may be heard from the beginning.
    static func run(
        by player: Player, parameters change: (inout AnswerParameters) -> Void = { _ in }, isSilent: Bool = false,
        isSelected: Bool = true, clock: any MomentClock = MonotonicClock(), log: EventLog = EventLog(),
        id: String = "test", sound: Answer.SoundSource? = nil, _ source: @escaping Answer.Source
    ) async throws -> Spoken {
        var parameters = AnswerParameters(text: TextOptions(), voice: voice)
        change(&parameters)
        let answer = Answer(
            id: id, source: source, sound: sound, player: player, parameters: parameters, isSilent: isSilent,
            clock: clock, handler: log.add)
        if let queue = answer.queue {
            log.queue.fulfill(queue)
            if isSelected { player.select(queue) }
        }
        let ending = await answer.run()
        return Spoken(ending: ending, events: log.events)
    }

    /// Stops the answer at `moment`.
    static func stopped(
        _ run: @escaping @Sendable () async throws -> Spoken, when moment: () async throws -> Void
    ) async throws -> Spoken {
        try await withThrowingTaskGroup(of: Spoken.self) { group in
            group.addTask { try await run() }
            try await moment()
            group.cancelAll()
            return try await group.next() ?? Spoken(ending: .finished, events: [])
        }
    }

    /// A source that delivers `texts` and ends normally.
    static func texts(_ texts: [String], finish: ModelSummary.Finish = .stop) -> Answer.Source {
        { deliver in
            for text in texts { try await deliver(.text(text)) }
            return ModelSummary(finish: finish)
        }
    }
}

/// The events of an answer, which tests can wait for.
final class EventLog: Sendable {
    private let list = Watched<[Event]>([])
    /// The answer's queue, as soon as it runs.
    let queue = Promise<SpeechQueue>()

    var events: [Event] { list.current }
    var kinds: [Event.Kind] { events.map(\.kind) }

    @Sendable func add(_ event: Event) {
        list.change { $0.append(event) }
    }

    /// Waits until there is an event for which `condition` is true.
    func wait(for condition: @escaping @Sendable (Event.Kind) -> Bool) async throws {
        try await list.wait { $0.contains { condition($0.kind) } ? () : nil }
    }

    /// Waits until `condition` is true for this many events.
    func wait(for count: Int, of condition: @escaping @Sendable (Event.Kind) -> Bool) async throws {
        try await list.wait { $0.count { condition($0.kind) } >= count ? () : nil }
    }

    /// Waits until there are this many events, or one of this kind.
    func wait(untilEvents count: Int, or kind: Event.Kind) async throws {
        try await list.wait { $0.count >= count || $0.contains { $0.kind == kind } ? () : nil }
    }

    func wait(for kind: Event.Kind) async throws {
        try await wait { $0 == kind }
    }

    /// Waits until a piece was synthesized.
    func waitUntilSynthesized(_ index: Int) async throws {
        try await wait { if case .synthesized(let synthesis) = $0 { synthesis.index == index } else { false } }
    }

    /// Waits until a piece was cut.
    func waitUntilCut(_ index: Int) async throws {
        try await wait { if case .piece(let piece) = $0 { piece.index == index } else { false } }
    }
}
