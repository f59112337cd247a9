// SPDX-License-Identifier: GPL-3.0-or-later
package import Channels
import DaemonAPI
import LanguageModel
package import Pipeline
import Speech
import Synchronization
package import Utterance

/// A request that was taken.
package struct Admission: Sendable {
    /// The answer's name.
    package let answer: String
    /// `nil` if the request belongs to no conversation.
    package let session: String?
    /// The answer's events come after this place.
    package let position: EventHub.Position
    /// Fulfilled when the answer has ended.
    package let result: Promise<AnswerResult>
    /// What the client should know at once, such as that its text is not said a second time.
    package var notice: Notice?
}

/// The result of a request.
package struct AnswerResult: Sendable {
    package let ending: Answer.Ending
    /// The answer's text, whether it was heard or not: all of it if the request ``Delivery/wantsText``.
    package let text: String
    package let summary: Event.Summary

    /// Whether the listener heard it to its end.
    var wasHeard: Bool { ending == .finished && summary.sound > .zero }
}

/// A request on its way through the daemon: its answer, and what became of it.
///
/// The answer runs from the moment the request was taken, so that all its events exist; its source waits until its text
/// may be generated, its queue until the player selects it.
final class TurnRun: Sendable {
    private let turn: TurnQueue.Turn
    let persona: String?
    /// The prompt, or the beginning of the text.
    let prompt: String
    let delivery: Delivery
    let answer: Answer
    let result = Promise<AnswerResult>()

    private let mayBegin: Promise<Void>
    private let isStopped = Promise<Void>()
    private let outcome: Watched<Outcome>

    /// What has happened so far.
    private struct Outcome {
        var record: AnswerRecord
        var last: Event?

        /// - Returns: whether it is the answer's last event, which is kept.
        mutating func note(_ event: Event) -> Bool {
            record.add(event)
            if event.isLast { last = event }
            return event.isLast
        }
    }

    /// - Parameters:
    ///   - bytes: how much of the text is needed when it has ended.
    ///   - textEnded: called when all of the text has come, with its bytes.
    ///   - publish: gets every event but the last one.
    init(
        _ turn: TurnQueue.Turn, persona: String?, prompt: String, delivery: Delivery, source: @escaping Answer.Source,
        sound: Answer.SoundSource? = nil, parameters: AnswerParameters, keepingText bytes: Int, player: Player,
        clock: any MomentClock,
        textEnded: @escaping @Sendable (Int) async -> Void, publish: @escaping @Sendable (Event) -> Void
    ) {
        self.turn = turn
        self.persona = persona
        self.prompt = prompt
        self.delivery = delivery
        let (mayBegin, outcome) = (Promise<Void>(), Watched(Outcome(record: AnswerRecord(keeping: bytes))))
        (self.mayBegin, self.outcome) = (mayBegin, outcome)
        answer = Answer(
            id: turn.id,
            source: { deliver in
                try await mayBegin.value()
                try player.engine.check(parameters.voice)
                let length = Atomic(0)
                let summary = try await source { event in
                    if case .text(let text) = event { length.add(text.utf8.count, ordering: .relaxed) }
                    try await deliver(event)
                }
                await textEnded(length.load(ordering: .relaxed))
                return summary
            }, sound: sound, player: player, parameters: parameters, isSilent: turn.isSilent, clock: clock
        ) { event in
            let isLast = outcome.change { $0.note(event) }
            if !isLast { publish(event) }
        }
    }

    var id: String { turn.id }
    var session: String? { turn.session }

    /// Its text may be generated.
    func begin() {
        mayBegin.fulfill(())
    }

    /// It ends at once.
    func stop() {
        isStopped.fulfill(())
    }

    /// What the model is told of it later; `nil` if nothing was heard.
    ///
    /// - Parameter said: what was heard of it before it was taken up again.
    func exchange(after said: String) -> Conversation.Exchange? {
        guard var exchange = outcome.read({ $0.record.exchange(about: prompt) }) else {
            return Conversation.Exchange(question: prompt, answer: said, isInterrupted: true)
        }
        exchange.answer = said + exchange.answer
        return exchange
    }

    /// Its last event. The caller of ``run()`` publishes it, so that another answer may already speak when it is read.
    var lastEvent: Event? {
        outcome.read(\.last)
    }

    /// Runs until the answer has ended; cancelling it is a stop, too. The caller fulfills ``result`` and publishes
    /// ``lastEvent``.
    func run() async -> AnswerResult {
        let ending = await withTaskGroup(of: Answer.Ending?.self) { group in
            group.addTask { await self.answer.run() }
            group.addTask {
                try? await self.isStopped.value()
                return nil
            }
            // Whichever comes first, the answer's end or the stop.
            var ending: Answer.Ending?
            for await result in group {
                ending = ending ?? result
                group.cancelAll()
            }
            return ending ?? .stopped
        }
        let (text, summary) = outcome.read { ($0.record.text, $0.last?.summary) }
        return AnswerResult(ending: ending, text: text, summary: summary ?? Event.Summary())
    }
}
