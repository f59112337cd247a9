import Channels
// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import LanguageModel
package import Pipeline
package import Utterance

/// The one voice of the device: takes requests, and lets them speak one after the other.
///
/// ``run()`` is the task tree of all answers; cancelling it stops them.
package actor Speaker {
    /// Where what survives a restart goes, whenever it has changed.
    package struct Keeping: Sendable {
        package var sessions: @Sendable (Sessions, Moment) -> Void = { _, _ in }
        package var controls: @Sendable (Controls) -> Void = { _ in }

        package init() {}
    }

    let player: Player
    let hub: EventHub
    let clock: any MomentClock
    let keep: Keeping
    private let faultLimit: SpokenFaultLimit
    private let taken: AsyncStream<TurnRun>
    private let takenSink: AsyncStream<TurnRun>.Continuation

    var parts: any AnswerParts
    var queue: TurnQueue
    var runs: [String: TurnRun] = [:]
    /// Answers whose conversation was forgotten meanwhile.
    var forgotten: Set<String> = []
    var counts = Counts()
    package internal(set) var controls: Controls
    /// What was said before, in each conversation.
    package internal(set) var sessions: Sessions {
        didSet { keep.sessions(sessions, clock.now) }
    }

    /// - Parameters:
    ///   - player: used by nobody else.
    ///   - limit: requests that may be there at once.
    package init(
        parts: any AnswerParts, player: Player, hub: EventHub, controls: Controls = Controls(), sessions: Sessions,
        keep: Keeping = Keeping(), limit: Int = 16, clock: any MomentClock = MonotonicClock()
    ) {
        self.parts = parts
        self.player = player
        self.hub = hub
        self.controls = controls
        self.sessions = sessions
        self.keep = keep
        self.clock = clock
        faultLimit = SpokenFaultLimit(clock: clock)
        queue = TurnQueue(limit: limit)
        (taken, takenSink) = AsyncStream.makeStream(of: TurnRun.self)
        player.mute(controls.isMuted)
    }

    /// Lets requests speak, until it is cancelled; then everything falls silent and the output is closed.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.player.run() }
            for await run in taken {
                group.addTask { await self.perform(run) }
            }
        }
        await player.close()
    }

    private nonisolated func perform(_ run: TurnRun) async {
        await ended(run, with: await run.run())
    }

    private func textEnded(_ id: String) {
        apply(queue.textEnded(id))
    }

    /// Who waits for the result or reads the last event finds that another may speak, and the conversation as it is now.
    private func ended(_ run: TurnRun, with result: AnswerResult) {
        if forgotten.remove(run.id) == nil, let session = run.session, let exchange = run.exchange {
            sessions.add(exchange, to: session, at: clock.now)
        }
        counts.add(result.ending)
        runs[run.id] = nil
        let actions = queue.ended(run.id)
        if let last = run.lastEvent { hub.publish(.answer(last)) }
        apply(actions)
        run.result.keep(result)
    }

    func apply(_ actions: [TurnQueue.Action]) {
        for action in actions {
            switch action {
            case .begin(let id): runs[id]?.begin()
            case .grant(let id): player.select(runs[id]?.answer.queue)
            case .stop(let id): runs[id]?.stop()
            }
        }
        // A request that comes after everything has ended must not begin paused.
        if queue.speaking == nil { player.endPause() }
    }
}

// MARK: - Requests

extension Speaker {
    /// Takes a question.
    ///
    /// - Throws: `Fault(.usage)` for what can't be asked; `Fault(.speakerBusy)`, `Fault(.queueFull)`,
    ///   `Fault(.daemonStopping)`.
    package func ask(_ request: AskRequest) throws -> Admission {
        let parts = parts
        try Sessions.check(request.session)
        var request = request
        var notice: Notice?
        if request.persona == nil, let last = sessions.persona(of: request.session, at: clock.now) {
            if parts.personas.contains(last) { request.persona = last } else { notice = .personaGone(last) }
        }
        // Asked for now, so that what can't be asked is refused, and again when its turn comes.
        _ = try parts.source(for: request, history: [])
        let asked = request
        let source: Answer.Source = { [notice] deliver in
            if let notice { try await deliver(.notice(notice)) }
            let history = try await self.history(of: asked.session)
            return try await parts.source(for: asked, history: history)(deliver)
        }
        let admission = try take(
            source, .question, session: asked.session, prompt: asked.prompt, persona: asked.persona,
            delivery: asked.delivery)
        sessions.ask(asked.persona, in: asked.session, at: clock.now)
        return admission
    }

    private func history(of session: String) throws -> [ModelRequest.Message] {
        try sessions.messages(of: session, at: clock.now)
    }

    /// Takes text to be spoken, as it comes.
    ///
    /// - Parameter preview: the beginning of the text, for those who watch.
    /// - Throws: as ``ask(_:)``.
    package func say(_ source: @escaping Answer.Source, preview: String, delivery: Delivery) throws -> Admission {
        try take(source, .text, prompt: preview, delivery: delivery)
    }

    /// Takes what a model answers to somebody else's question, to be spoken as it comes.
    ///
    /// - Throws: as ``ask(_:)``.
    package func relay(_ source: @escaping Answer.Source, prompt: String, delivery: Delivery) throws -> Admission {
        try take(source, .question, prompt: String(prompt.prefix(200)), delivery: delivery)
    }

    /// Takes a signal, whose earcon is to be heard.
    ///
    /// - Throws: as ``ask(_:)``.
    package func signal(_ signal: AudibleSignal, delivery: Delivery) throws -> Admission {
        try take({ _ in nil }, .signal(signal), prompt: "", delivery: delivery)
    }

    /// What a request brings.
    private enum Content {
        case question
        case text
        case signal(AudibleSignal)

        /// What it does while something else is being said, unless the request names another policy.
        var usualPolicy: Policy {
            switch self {
            case .question, .signal: .interrupt
            case .text: .queue
            }
        }
    }

    private func take(
        _ source: @escaping Answer.Source, _ content: Content, session: String? = nil, prompt: String,
        persona: String? = nil, delivery: Delivery
    ) throws -> Admission {
        let question: String? = if case .question = content { prompt } else { nil }
        var parameters = try parts.parameters(
            persona: persona, delivery: delivery, controls: controls, question: question)
        parameters.signals.faultLimit = faultLimit
        if case .signal(let signal) = content { parameters.signals.opening = signal }
        let turn = TurnQueue.Turn(
            id: AnswerID.make(), policy: delivery.policy ?? content.usualPolicy, priority: delivery.priority,
            session: session, isSilent: !delivery.speaks)
        var queue = queue
        let actions = try queue.admit(turn)
        let run = TurnRun(
            id: turn.id, session: session, persona: persona, prompt: prompt, delivery: delivery,
            content: .init(
                source: source, parameters: parameters, isSilent: turn.isSilent,
                keptText: longestText(delivery, session)),
            player: player, clock: clock, textEnded: { await self.textEnded(turn.id) },
            publish: { [hub] in hub.publish(.answer($0)) })
        // It runs once this job of the actor is done: after what is published here.
        guard case .enqueued = takenSink.yield(run) else {
            throw Fault(.daemonStopping, "The daemon is about to end; ask again in a moment.")
        }
        self.queue = queue
        runs[turn.id] = run
        let position = hub.position
        hub.publish(
            .queued(
                .init(
                    answer: turn.id, session: session, prompt: prompt, priority: delivery.priority,
                    ahead: queue.ahead(of: turn.id))))
        apply(actions)
        return Admission(answer: turn.id, session: session, position: position, result: run.result)
    }

    /// Bytes of an answer's text that somebody will want: its client, and the conversation as far as its bounds go.
    private func longestText(_ delivery: Delivery, _ session: String?) -> Int {
        delivery.wantsText ? .max : session == nil ? 0 : parts.sessionBounds.conversation.longestAnswer
    }

    /// Stops an answer, or without a name everything that is spoken or waits.
    ///
    /// - Returns: the answers that are stopped; of an unknown name none.
    @discardableResult
    package func stop(_ answer: String? = nil) -> [String] {
        let (stopped, actions) = queue.stop(answer)
        apply(actions)
        return stopped
    }

    /// Silence until ``resume()``, which goes on at the word that was sounding, or until nothing is left to be spoken.
    /// Who speaks next meanwhile, an important one too, is not heard either.
    ///
    /// - Returns: the answer that speaks; if none does, nothing is paused.
    package func pause() async -> String? {
        guard let id = queue.speaking else { return nil }
        await player.pause()
        return id
    }

    /// - Returns: as ``pause()``.
    package func resume() async -> String? {
        let id = queue.speaking
        await player.resume()
        return id
    }
}

extension Notice {
    /// The session's last persona is not in the settings any more.
    fileprivate static func personaGone(_ name: String) -> Notice {
        Notice(
            "persona_gone",
            "The persona \(name) of this conversation is not in the configuration any more; the usual one answers.")
    }
}
