import Channels
// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import LanguageModel
import Pipeline
import Playback
import Speech
import Synchronization
import Utterance

/// A request on its way through the daemon: its answer, and what the ``Speaker`` tells it.
///
/// The answer runs from the moment the request was taken, so that all its events are there; its source waits until its
/// text may be made, its ``Floor`` until it may speak.
final class TurnRun: Sendable {
    /// What the speaker has it do, beside what it tells the floor.
    private enum Order: Sendable {
        case withdraw
    }

    let id: String
    let session: String?
    let persona: String?
    /// The prompt, or the beginning of what is said.
    let prompt: String
    let delivery: Delivery
    let floor: Floor
    let result = Promise<AnswerResult>()

    private let source: Answer.Source
    private let parameters: AnswerParameters
    private let mayBegin = Promise<Void>()
    private let orders: AsyncStream<Order>
    private let orderSink: AsyncStream<Order>.Continuation
    /// Its own synthesizer, as soon as that speaks with the parameters beside it.
    private let voice: Mutex<(synthesizer: Synthesizer?, parameters: VoiceParameters)>
    private let heard: Mutex<(record: AnswerRecord, last: Event?)>

    /// - Parameter text: so many bytes of the answer's text are wanted when it has ended.
    init(
        id: String, session: String?, persona: String?, prompt: String, delivery: Delivery, keeping text: Int,
        floor: Floor, parameters: AnswerParameters, source: @escaping Answer.Source
    ) {
        self.id = id
        self.session = session
        self.persona = persona
        self.prompt = prompt
        self.delivery = delivery
        self.floor = floor
        self.parameters = parameters
        self.source = source
        voice = Mutex((nil, parameters.voice))
        heard = Mutex((AnswerRecord(keeping: text), nil))
        (orders, orderSink) = AsyncStream.makeStream(of: Order.self)
    }

    /// Its text may be made.
    func begin() {
        mayBegin.keep(())
    }

    /// It falls silent and keeps the rest; `run`'s `withdrew` is called when it is silent.
    func withdraw() {
        orderSink.yield(.withdraw)
    }

    /// It ends at once.
    func stop() {
        orderSink.finish()
    }

    /// Changes how its next piece sounds.
    func change(_ parameters: VoiceParameters) async {
        let synthesizer = voice.withLock { voice in
            voice.parameters = parameters
            return voice.synthesizer
        }
        // A voice that is not installed was refused before.
        try? await synthesizer?.update(parameters)
    }

    /// What the model is to be told of it; `nil` if nothing was heard.
    var exchange: Conversation.Exchange? {
        heard.withLock { $0.record.exchange(about: prompt) }
    }

    /// Its last event, which is published by who runs it: those who read it find the floor free.
    var lastEvent: Event? {
        heard.withLock { $0.last }
    }

    /// Runs until the answer has ended; cancelling it is a stop, too. Whoever runs it keeps ``result`` and publishes
    /// ``lastEvent``.
    ///
    /// - Parameters:
    ///   - base: speaks if the request's own voice can't.
    ///   - textEnded: all of the text has come.
    func run(
        output: any SoundOutput, base: Synthesizer, clock: any MomentClock, hub: EventHub,
        textEnded: @escaping @Sendable () async -> Void, withdrew: @escaping @Sendable () async -> Void
    ) async -> AnswerResult {
        let ending = await withTaskGroup(of: Answer.Ending?.self) { group in
            group.addTask { [self] in
                let (synthesizer, fault) = await makeSynthesizer(base)
                let answer = Answer(
                    id: id, source: gated(fault, textEnded), synthesizer: synthesizer, output: output,
                    parameters: parameters, floor: floor, clock: clock
                ) { [self] event in
                    if !note(event) { hub.publish(.answer(event)) }
                }
                return await answer.run()
            }
            group.addTask { [self] in
                for await _ in orders {
                    await floor.withdraw()
                    await withdrew()
                }
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
        let (text, summary) = heard.withLock { ($0.record.text, $0.last?.summary) }
        return AnswerResult(ending: ending, text: text, summary: summary ?? Event.Summary())
    }

    /// The source, when its text may be made.
    private func gated(_ fault: Fault?, _ textEnded: @escaping @Sendable () async -> Void) -> Answer.Source {
        { [mayBegin, source] deliver in
            try await mayBegin.value()
            if let fault { throw fault }
            let summary = try await source(deliver)
            await textEnded()
            return summary
        }
    }

    private func makeSynthesizer(_ base: Synthesizer) async -> (Synthesizer, Fault?) {
        do {
            var current = parameters.voice
            let own = try await Synthesizer.start(current)
            // What was changed meanwhile holds from the first piece on.
            while let next = adopt(own, with: current) {
                try? await own.update(next)
                current = next
            }
            return (own, nil)
        } catch {
            return (base, error as? Fault ?? Fault(.speechFailed, "The voice could not be loaded: \(error)."))
        }
    }

    /// Takes the synthesizer for the answer's, if its parameters are still those that are wanted.
    ///
    /// - Returns: the ones that are wanted instead.
    private func adopt(_ synthesizer: Synthesizer, with parameters: VoiceParameters) -> VoiceParameters? {
        voice.withLock { voice in
            guard voice.parameters == parameters else { return voice.parameters }
            voice.synthesizer = synthesizer
            return nil
        }
    }

    /// - Returns: whether it is the answer's last, which is kept.
    private func note(_ event: Event) -> Bool {
        heard.withLock { heard in
            heard.record.add(event)
            guard event.summary != nil else { return false }
            heard.last = event
            return true
        }
    }
}
