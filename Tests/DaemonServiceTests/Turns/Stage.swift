// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import LanguageModel
import Pipeline
import Playback
import Sentences
import Speech
import Synchronization
import TestSupport
import Utterance

/// A scheduler with real eSpeak NG and real ALSA, and a model that answers as a test says.
struct Stage {
    /// What the model answers to a prompt.
    typealias Model =
        @Sendable (
            _ prompt: String, _ history: [ModelRequest.Message], _ deliver: @Sendable (ModelEvent) async throws -> Void
        ) async throws -> Void

    /// Says its prompt, and then nothing until it is stopped.
    static let endless: Model = { prompt, _, deliver in
        try await deliver(.text(prompt + " "))
        try await Promise<Void>().value()
    }

    struct Answers: AnswerFactory {
        let model: Model
        var stillThinking: Duration?
        var personas = ["assistant", "story"]
        var announcements = AnnouncementRules()
        var usualPersona: String { "assistant" }
        var demoMayAnswer: Bool { false }

        func source(for ask: AskRequest, history: [ModelRequest.Message]) throws -> Answer.Source {
            if let persona = ask.persona, !personas.contains(persona) {
                throw Fault(.usage, "There is no persona \(persona).")
            }
            return { [model] deliver in
                try await model(ask.prompt, history, deliver)
                return ModelSummary(finish: .stop)
            }
        }

        func source(for chat: ChatRequest) throws -> Answer.Source {
            { [model] deliver in
                try await model(chat.prompt, chat.messages.dropLast(), deliver)
                return ModelSummary(finish: .stop)
            }
        }

        func parameters(
            persona: String?, delivery: Delivery, controls: Controls, question: String?
        ) throws -> AnswerParameters {
            AnswerParameters(
                text: TextOptions(),
                voice: VoiceParameters(
                    voice: delivery.voice ?? controls.voice ?? "auto", rate: delivery.rate ?? controls.rate ?? 300,
                    volume: controls.volume ?? 100),
                signals: SignalParameters(stillThinking: stillThinking, question: question))
        }

        var modelServers: [ModelServer] { [] }
        var voices: [Voice] { [] }
        var sessionBounds: Sessions.Bounds { Sessions.Bounds(conversation: Conversation(longest: 10, tokens: 2000)) }
    }

    let scheduler: SpeechScheduler
    let hub: EventHub

    /// - Parameter device: `capture:PATH` takes sound as fast as it comes, `sink:NAME` in real time.
    static func with(
        device: String = "capture:\(SoundWorld.shared.path("speaker"))", limit: Int = 16, hub: EventHub = EventHub(),
        stillThinking: Duration? = nil,
        clock: any MomentClock = MonotonicClock(), persistence: SchedulerPersistence = SchedulerPersistence(),
        model: @escaping Model = { prompt, _, deliver in try await deliver(.text(prompt)) },
        announcements: AnnouncementRules = AnnouncementRules(),
        localTime: @escaping @Sendable () -> TimeOfDay = { .midnight },
        _ body: @Sendable (Stage) async throws -> Void
    ) async throws {
        let answers = Answers(model: model, stillThinking: stillThinking, announcements: announcements)
        let scheduler = SpeechScheduler(
            answers: answers,
            player: Player(
                engine: try await ESpeakEngine.start(), output: ALSAOutput(PlaybackParameters(device: device))),
            hub: hub, sessions: Sessions(answers.sessionBounds), persistence: persistence, limit: limit, clock: clock,
            localTime: localTime)
        let stage = Stage(scheduler: scheduler, hub: hub)
        try await withThrowingTaskGroup { group in
            group.addTask { await scheduler.run() }
            try await body(stage)
            group.cancelAll()
        }
    }

    private init(scheduler: SpeechScheduler, hub: EventHub) {
        self.scheduler = scheduler
        self.hub = hub
    }

    /// The first event of this name, of any answer or of one; waits for it.
    @discardableResult
    func event(_ name: String, of answer: String? = nil, holding text: String = "") async throws -> EventHub.Entry {
        var position = EventHub.Position(number: 0)
        while true {
            for entry in try await hub.next(after: position)?.entries ?? [] {
                let json = String(decoding: entry.json, as: UTF8.self)
                if entry.name == name, answer == nil || entry.answer == answer, json.contains(text) { return entry }
                position = entry.position
            }
        }
    }

    /// The names of all events so far, of one answer.
    func events(of answer: String) async throws -> [String] {
        guard hub.position.number > 0 else { return [] }
        return try await (hub.next(after: .init(number: 0), atMost: .max)?.entries ?? [])
            .filter { $0.answer == answer }.map(\.name)
    }
}

/// Lets a model wait in the middle of its answer.
final class Turnstile: Sendable {
    private let opened = Promise<Void>()

    func open() { opened.fulfill(()) }
    func pass() async throws { try await opened.value() }
}
