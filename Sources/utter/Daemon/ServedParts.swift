// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import LanguageModel
import Pipeline
import Service
import Settings
import Speech
import Utterance

/// What the daemon's answers are made of: the settings as they were last read.
///
/// The demo answers only where it was chosen as the provider: a daemon that invents answers is worse than one that says
/// what is missing.
struct ServedParts: AnswerParts {
    let settings: Settings
    let modelServer: ModelServer?
    private let engine: any SpeechEngine
    private let chosenModel = ChosenModel()

    /// - Parameter environment: the process's variables: the model server's key, a proxy.
    /// - Throws: `Fault(.usage)` for a server's address that is none, `Fault(.voiceUnknown)`.
    init(_ settings: Settings, engine: any SpeechEngine, environment: [String: String]) throws {
        self.settings = settings
        self.engine = engine
        modelServer = try settings.modelServer(environment: environment)
        for voice in [settings.speech.voice] + settings.personas.values.map(\.voice) {
            try voice.map { try engine.check(VoiceParameters(voice: $0)) }
        }
    }

    func source(for ask: AskRequest, history: [ModelRequest.Message]) throws -> Answer.Source {
        let settings = try settings(persona: ask.persona)
        let question = Question(
            prompt: ask.prompt,
            question: try TemplateVariables(values: ask.variables).fill(settings, prompt: ask.prompt),
            history: history, settings: settings, options: ask.options, server: modelServer, chosenModel: chosenModel)
        return question.source
    }

    func source(for chat: ChatRequest) throws -> Answer.Source {
        var settings = settings
        settings.model.name = chat.model ?? settings.model.name
        return Question(chat, settings: settings, server: modelServer, chosenModel: chosenModel).source
    }

    func parameters(
        persona: String?, delivery: Delivery, controls: Controls, question: String?
    ) throws -> AnswerParameters {
        var settings = try settings(persona: persona)
        // The same ranges and words for both.
        var controls = controls
        controls.rate = delivery.rate ?? controls.rate
        controls.voice = delivery.voice ?? controls.voice
        try controls.check()
        if let rate = controls.rate { settings.speech.rate = rate }
        if let volume = controls.volume { settings.speech.volume = volume }
        if let voice = controls.voice {
            try engine.check(VoiceParameters(voice: voice))
            settings.use(voice: voice)
        }
        return settings.answerParameters(for: question)
    }

    var personas: [String] { settings.personas.keys.sorted() }

    var voices: [Voice] { engine.voices }

    var sessionBounds: Sessions.Bounds {
        let bounds = settings.conversation
        return Sessions.Bounds(
            conversation: Conversation(longest: bounds.historyTurns, tokens: bounds.historyTokens),
            idle: bounds.expiry)
    }

    /// Has the model loaded, and the system prompt of its language read, as the next question will want it.
    ///
    /// - Returns: the model's name.
    /// - Throws: what asking the model throws.
    func preload() async throws -> String {
        let greeting = settings.language.hasPrefix("zh") ? "你好" : "Hello"
        let question = Question(
            prompt: greeting, question: greeting, history: [], settings: settings, options: [:], server: modelServer,
            chosenModel: chosenModel)
        return try await question.preload()
    }

    private func settings(persona: String?) throws(Fault) -> Settings {
        var settings = settings
        if let persona { try settings.use(persona: persona) }
        return settings
    }
}
