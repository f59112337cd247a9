import Channels
// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import LanguageModel
import Pipeline
import Speech
import Synchronization
import Utterance

/// A request on its way through the daemon: its answer, and what became of it.
///
/// The answer runs from the moment the request was taken, so that all its events are there; its source waits until its
/// text may be made, its queue until the player selects it.
final class TurnRun: Sendable {
    /// Where its text comes from, and how it sounds.
    struct Content: Sendable {
        let source: Answer.Source
        let parameters: AnswerParameters
        /// It is not to be heard.
        let isSilent: Bool
        /// So many bytes of its text are wanted when it has ended.
        let keptText: Int
    }

    let id: String
    let session: String?
    let persona: String?
    /// The prompt, or the beginning of what is said.
    let prompt: String
    let delivery: Delivery
    let answer: Answer
    let result = Promise<AnswerResult>()

    private let mayBegin: Promise<Void>
    private let isStopped = Promise<Void>()
    private let heard: Heard

    /// What has happened to it.
    private final class Heard: Sendable {
        let state: Mutex<(record: AnswerRecord, last: Event?)>

        init(keeping text: Int) {
            state = Mutex((AnswerRecord(keeping: text), nil))
        }

        /// - Returns: whether it is the answer's last, which is kept.
        func note(_ event: Event) -> Bool {
            state.withLock { state in
                state.record.add(event)
                guard event.summary != nil else { return false }
                state.last = event
                return true
            }
        }
    }

    /// - Parameters:
    ///   - textEnded: is called when all of the text has come.
    ///   - publish: gets every event but the last one.
    init(
        id: String, session: String?, persona: String?, prompt: String, delivery: Delivery, content: Content,
        player: Player, clock: any MomentClock, textEnded: @escaping @Sendable () async -> Void,
        publish: @escaping @Sendable (Event) -> Void
    ) {
        self.id = id
        self.session = session
        self.persona = persona
        self.prompt = prompt
        self.delivery = delivery
        let (mayBegin, heard) = (Promise<Void>(), Heard(keeping: content.keptText))
        (self.mayBegin, self.heard) = (mayBegin, heard)
        answer = Answer(
            id: id,
            source: { deliver in
                try await mayBegin.value()
                try player.engine.check(content.parameters.voice)
                let summary = try await content.source(deliver)
                await textEnded()
                return summary
            }, player: player, parameters: content.parameters, isSilent: content.isSilent, clock: clock
        ) { event in
            if !heard.note(event) { publish(event) }
        }
    }

    /// Its text may be made.
    func begin() {
        mayBegin.keep(())
    }

    /// It ends at once.
    func stop() {
        isStopped.keep(())
    }

    /// What the model is to be told of it; `nil` if nothing was heard.
    var exchange: Conversation.Exchange? {
        heard.state.withLock { $0.record.exchange(about: prompt) }
    }

    /// Its last event, which is published by who runs it: those who read it find that another one may speak.
    var lastEvent: Event? {
        heard.state.withLock { $0.last }
    }

    /// Runs until the answer has ended; cancelling it is a stop, too. Whoever runs it keeps ``result`` and publishes
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
        let (text, summary) = heard.state.withLock { ($0.record.text, $0.last?.summary) }
        return AnswerResult(ending: ending, text: text, summary: summary ?? Event.Summary())
    }
}
