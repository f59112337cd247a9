// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
package import DaemonAPI
import Host
import LanguageModel
package import Pipeline
import Speech
package import Utterance

/// The one voice of the device: takes requests, and has their answers spoken one after the other.
///
/// ``run()`` is the task tree of all answers; cancelling it stops them.
package actor SpeechScheduler {
    let player: Player
    let hub: EventHub
    let clock: any MomentClock
    /// The local time.
    let localTime: @Sendable () -> TimeOfDay
    private let persistence: SchedulerPersistence
    let journal: AnswerJournal
    private let faultLimit: SpokenFaultLimit
    private let taken: AsyncStream<TurnRun>
    private let takenSink: AsyncStream<TurnRun>.Continuation

    private(set) var answers: any AnswerFactory
    private var queue: TurnQueue
    private(set) var runs: [String: TurnRun] = [:]
    /// Answers whose conversation was deleted meanwhile.
    var forgotten: Set<String> = []
    /// What is not to be said twice.
    var announcements = RecentAnnouncements()
    private var counts = SchedulerStatus.Counts()
    package private(set) var controls: Controls
    var sessions: Sessions {
        didSet { persistence.saveSessions(sessions, clock.now) }
    }

    /// - Parameters:
    ///   - player: used by nobody else.
    ///   - limit: how many requests may speak or wait.
    package init(
        answers: any AnswerFactory, player: Player, hub: EventHub, controls: Controls = Controls(), sessions: Sessions,
        persistence: SchedulerPersistence = SchedulerPersistence(), limit: Int = 16,
        clock: any MomentClock = MonotonicClock(), localTime: @escaping @Sendable () -> TimeOfDay = { LocalTime.now }
    ) {
        self.answers = answers
        self.player = player
        self.hub = hub
        self.controls = controls
        self.sessions = sessions
        self.persistence = persistence
        journal = AnswerJournal(save: persistence.saveUnfinished)
        self.clock = clock
        self.localTime = localTime
        faultLimit = SpokenFaultLimit(clock: clock)
        queue = TurnQueue(limit: limit)
        (taken, takenSink) = AsyncStream.makeStream(of: TurnRun.self)
        player.mute(controls.isMuted)
    }

    /// Has requests spoken until it is cancelled; then the voice is silent and the output closed.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.player.run() }
            for await run in taken {
                group.addTask { await self.ended(run, with: await run.run()) }
            }
        }
        await player.close()
    }

    private func textEnded(_ id: String, length: Int) {
        journal.complete(id, length: length)
        apply(queue.textEnded(id))
    }

    /// By the time a client has the result or the last event, the next answer may speak and the conversation is updated.
    private func ended(_ run: TurnRun, with result: AnswerResult) {
        let said = journal.end(run.id)?.said ?? ""
        if forgotten.remove(run.id) == nil, let session = run.session, let exchange = run.exchange(after: said) {
            add(exchange, to: session)
        }
        counts.add(result.ending)
        announcements.end(run.id, wasHeard: result.wasHeard, at: clock.now)
        runs[run.id] = nil
        let actions = queue.ended(run.id)
        if let last = run.lastEvent { hub.publish(.answer(last)) }
        apply(actions)
        run.result.fulfill(result)
    }

    private func apply(_ actions: [TurnQueue.Action]) {
        for action in actions {
            switch action {
            case .begin(let id): runs[id]?.begin()
            case .grant(let id): player.select(runs[id]?.answer.queue)
            case .stop(let id): runs[id]?.stop()
            }
        }
        // A request that comes after everything has ended must not start paused.
        if queue.speaking == nil { player.endPause() }
    }

    // MARK: - Requests

    /// Takes a question.
    ///
    /// - Throws: `Fault(.usage)` for an invalid request; `Fault(.speakerBusy)`, `Fault(.queueFull)`,
    ///   `Fault(.daemonStopping)`.
    package func ask(_ request: AskRequest) throws -> Admission {
        try ask(request, as: UnfinishedAnswer(request, at: WallClock.now.inSeconds))
    }

    func ask(_ request: AskRequest, as journal: UnfinishedAnswer) throws -> Admission {
        let answers = answers
        try Sessions.check(request.session)
        var request = request
        var notice: Notice?
        if request.persona == nil, let last = sessions.persona(of: request.session, at: clock.now) {
            if answers.personas.contains(last) { request.persona = last } else { notice = Self.personaGone(last) }
        }
        // Made now, so that an invalid request is rejected, and again with the conversation when its turn comes.
        _ = try answers.source(for: request, history: [])
        let asked = request
        let source: Answer.Source = { [notice] deliver in
            if let notice { try await deliver(.notice(notice)) }
            let history = try await self.history(of: asked.session)
            return try await answers.source(for: asked, history: history)(deliver)
        }
        let admission = try take(
            source, usually: .interrupt, session: asked.session, prompt: asked.prompt, question: asked.prompt,
            persona: asked.persona, delivery: asked.delivery, journal: asked.delivery.speaks ? journal : nil)
        sessions.ask(asked.persona, in: asked.session, at: clock.now)
        return admission
    }

    private static func personaGone(_ name: String) -> Notice {
        Notice(
            "persona_gone",
            "The persona \(name) of this conversation is no longer in the configuration; the usual one answers.")
    }

    /// Takes a model's answer to a question whose conversation the client keeps, to be spoken as it comes.
    ///
    /// - Throws: as ``ask(_:)``.
    package func relay(_ source: @escaping Answer.Source, prompt: String, delivery: Delivery) throws -> Admission {
        let preview = String(prompt.prefix(200))
        return try take(source, usually: .interrupt, prompt: preview, question: preview, delivery: delivery)
    }

    /// Takes a signal, whose earcon is to be heard.
    ///
    /// - Throws: as ``ask(_:)``.
    package func signal(_ signal: AudibleSignal, delivery: Delivery) throws -> Admission {
        try take({ _ in nil }, usually: .interrupt, prompt: "", signal: signal, delivery: delivery)
    }

    /// - Parameters:
    ///   - usually: the policy if the request names none.
    ///   - question: what is answered; `nil` for text that is only read.
    ///   - chime: sounds before the text.
    ///   - sound: is heard before the text.
    ///   - entry: what is kept of it in case that this process ends before it does.
    func take(
        _ source: @escaping Answer.Source, usually policy: Policy, session: String? = nil, prompt: String,
        question: String? = nil, signal: AudibleSignal? = nil, chime: AudibleSignal? = nil,
        sound: Answer.SoundSource? = nil, persona: String? = nil, delivery: Delivery,
        journal entry: UnfinishedAnswer? = nil
    ) throws -> Admission {
        var parameters = try answers.parameters(
            persona: persona, delivery: delivery, controls: controls, question: question)
        parameters.signals.faultLimit = faultLimit
        (parameters.signals.opening, parameters.signals.chime) = (signal, chime)
        parameters.endsWithSound = !delivery.wantsText && (session != nil || question == nil)
        let turn = TurnQueue.Turn(
            id: AnswerID.make(), policy: delivery.policy ?? policy, priority: delivery.priority, session: session,
            isSilent: !delivery.speaks)
        var queue = queue
        let actions = try queue.admit(turn)
        let run = TurnRun(
            turn, persona: persona, prompt: prompt, delivery: delivery, source: source, sound: sound,
            parameters: parameters, keepingText: longestText(delivery, session), player: player, clock: clock,
            textEnded: { await self.textEnded(turn.id, length: $0) },
            publish: { [hub, journal] event in
                journal.note(event)
                hub.publish(.answer(event))
            })
        // It runs once this job of the actor is done: after what is published here.
        guard case .enqueued = takenSink.yield(run) else {
            throw Fault(.daemonStopping, "The daemon is stopping; ask again in a moment.")
        }
        self.queue = queue
        runs[turn.id] = run
        if let entry { journal.begin(turn.id, entry) }
        let position = hub.position
        hub.publish(
            .queued(
                .init(
                    answer: turn.id, session: session, prompt: prompt, priority: delivery.priority,
                    ahead: queue.ahead(of: turn.id))))
        apply(actions)
        return Admission(answer: turn.id, session: session, position: position, result: run.result)
    }

    /// Bytes of an answer's text that its client and the conversation will need.
    private func longestText(_ delivery: Delivery, _ session: String?) -> Int {
        delivery.wantsText ? .max : session == nil ? 0 : answers.sessionBounds.conversation.longestAnswer
    }

    // MARK: - Control

    /// Stops one answer, or without a name all that speak or wait.
    ///
    /// - Returns: the answers that are stopped; none if the name is unknown.
    @discardableResult
    package func stop(_ answer: String? = nil) -> [String] {
        let (stopped, actions) = queue.stop(answer)
        apply(actions)
        return stopped
    }

    /// Silences the voice until ``resume()``, which continues at the word that was sounding, or until nothing is left to
    /// be spoken. Whatever speaks next is silent too, even if it is important.
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

    /// Changes how the device sounds, from the next piece on. Muting is immediate; what is spoken continues unheard.
    ///
    /// - Parameter change: gets the controls as they are; nobody else changes them meanwhile.
    /// - Throws: what `change` throws, `Fault(.usage)` for a value out of range; nothing has changed then.
    package func changeControls(_ change: @Sendable (Controls) throws -> Controls) throws {
        let controls = try change(controls)
        // Rejects what no answer could be spoken with.
        _ = try answers.parameters(persona: nil, delivery: Delivery(policy: .queue), controls: controls)
        self.controls = controls
        persistence.saveControls(controls)
        hub.publish(.controls(controls))
        player.mute(controls.isMuted)
        renewVoices()
    }

    /// How the device sounds where no control is set; `nil` if the settings can't be used.
    var configured: VoiceParameters? {
        try? answers.parameters(persona: nil, delivery: Delivery(policy: .queue), controls: Controls()).voice
    }

    /// The settings were read again: they apply to the next answer, and to how the running one sounds.
    package func change(_ answers: any AnswerFactory) {
        self.answers = answers
        sessions.changeBounds(answers.sessionBounds, at: clock.now)
        renewVoices()
    }

    private func renewVoices() {
        for run in runs.values {
            let parameters = try? answers.parameters(persona: run.persona, delivery: run.delivery, controls: controls)
            if let parameters { run.answer.change(parameters.voice) }
        }
    }

    package var status: SchedulerStatus {
        SchedulerStatus(
            speaking: queue.speaking, isPaused: player.isPaused, waiting: queue.waiting, suspended: queue.suspended,
            counts: counts, prompt: queue.speaking.flatMap { runs[$0]?.prompt })
    }

    /// How much sound of all answers waits.
    var queuedSound: QueuedSound {
        QueuedSound(of: runs.values.compactMap(\.answer.queue))
    }

    /// Whether an answer was told to stop and has not ended yet.
    func isStopping(_ answer: String) -> Bool {
        queue.isStopping(answer)
    }

    /// Whether more events of an answer will come.
    func isLive(_ answer: String) -> Bool {
        runs[answer] != nil
    }
}
