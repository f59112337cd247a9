// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonClient
import Pipeline
import Utterance

/// The daemon answers, and keeps the conversation.
struct DaemonChatBackend: ChatBackend {
    let daemon: DaemonClient
    /// How every question is asked: its session, persona, options and delivery.
    var question: AskRequest
    /// Whether the conversation belongs to this chat only, and ends with it.
    private(set) var forgetsSession: Bool

    func answer(to prompt: String) -> (answer: any SpokenAnswer, awaited: String) {
        var question = question
        question.prompt = prompt
        return (DaemonAnswer(daemon: daemon, request: .ask(question)), "the model")
    }

    func repetition(of answer: String) -> any SpokenAnswer {
        var delivery = question.delivery
        delivery.isAnnouncement = false
        return DaemonAnswer(daemon: daemon, request: .say(answer, delivery))
    }

    /// The daemon itself remembers what was heard of its answers.
    func remember(_ exchange: Conversation.Exchange, replacing old: Conversation.Exchange?) {}

    func leave() async {
        guard forgetsSession else { return }
        // If the daemon is gone, so is the conversation.
        try? await daemon.forget(session: question.session)
    }
}

extension DaemonChatBackend {
    var voice: String {
        get async throws {
            let voice = if let own = question.delivery.voice { own } else { try await daemon.status().voice }
            return voice ?? ChatText().asInTheDaemon
        }
    }

    var rate: String {
        get async throws {
            let rate = if let own = question.delivery.rate { own } else { try await daemon.status().rate }
            return rate.map { ChatText().wordsPerMinute($0) } ?? ChatText().asInTheDaemon
        }
    }

    var model: String {
        get async throws {
            let model = if let own = question.model { own } else { try await daemon.status().model }
            return model?.printable ?? ChatText().anInstalledModel
        }
    }

    var persona: String { question.persona ?? ChatText().daemonsPersona }

    mutating func use(voice name: String) {
        question.delivery.voice = name
    }

    mutating func use(rate: Int) throws {
        try VoiceArguments.check(rate: rate)
        question.delivery.rate = rate
    }

    mutating func use(model name: String) async throws {
        if let models = try? await models { try name.checkModel(in: models) }
        question.model = name
    }

    mutating func use(persona name: String) async throws {
        let personas = (try? await daemon.personas()) ?? []
        guard personas.isEmpty || personas.contains(name) else {
            throw Fault(
                .usage,
                "There is no persona \(name).\(personas.suggestion(for: name)) The daemon has: "
                    + personas.joined(separator: ", ") + ".")
        }
        question.persona = name
    }

    var volume: String {
        get async throws {
            let status = try await daemon.status()
            return (status.volume ?? status.configured?.volume).map { "\($0) %" } ?? ChatText().asInTheDaemon
        }
    }

    /// Applies to every program that uses the daemon.
    mutating func use(volume: Int) async throws {
        _ = try await daemon.set(["volume": .integer(volume)])
    }

    var models: [String] {
        get async throws { try await daemon.models() }
    }

    var choices: SlashCommand.Choices {
        get async {
            SlashCommand.Choices(
                voices: (try? await daemon.voices()) ?? [], models: (try? await models) ?? [],
                personas: (try? await daemon.personas()) ?? [])
        }
    }

    /// Deletes a conversation that belongs to this chat; a named one stays.
    mutating func beginConversation() async throws {
        if forgetsSession { try await daemon.forget(session: question.session) }
        question.session = "chat-\(AnswerID.make())"
        forgetsSession = true
    }
}
