// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import DaemonService
package import LanguageModel
package import Pipeline
package import Settings
package import Speech
import Utterance

/// Makes the daemon's answers from the settings as they were last read.
///
/// As on the command line, the demo answers until a server does, unless a server or a model was named.
package struct ConfiguredAnswers: AnswerFactory {
    package let settings: Settings
    package let modelServer: ModelServer?
    private let engine: any SpeechEngine
    private let chosenModel = ChosenModel()

    /// - Parameter environment: the process's variables: the model server's key, a proxy.
    /// - Throws: `Fault(.usage)` for an invalid server address, `Fault(.voiceUnknown)`.
    package init(_ settings: Settings, engine: any SpeechEngine, environment: [String: String]) throws {
        self.settings = settings
        self.engine = engine
        modelServer = try settings.modelServer(environment: environment)
        for voice in [settings.speech.voice] + settings.personas.values.map(\.voice) {
            try voice.map { try engine.check(VoiceParameters(voice: $0)) }
        }
    }

    package func source(for ask: AskRequest, history: [ModelRequest.Message]) throws -> Answer.Source {
        var settings = try settings(persona: ask.persona)
        settings.model.name = ask.model ?? settings.model.name
        let question = try TemplateVariables(values: ask.variables).fill(settings, prompt: ask.prompt)
        return Question(
            prompt: ask.prompt, messages: history + [.init(.user, question)], settings: settings, options: ask.options,
            server: modelServer, chosenModel: chosenModel
        ).source
    }

    package func source(for chat: ChatRequest) throws -> Answer.Source {
        var settings = settings
        settings.model.name = chat.model ?? settings.model.name
        return Question(
            prompt: chat.prompt, messages: chat.messages, settings: settings, options: chat.options,
            server: modelServer, chosenModel: chosenModel
        ).source
    }

    package func parameters(
        persona: String?, delivery: Delivery, controls: Controls, question: String?
    ) throws -> AnswerParameters {
        var settings = try settings(persona: persona)
        // The request's values go through the same check as the controls'.
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

    package var personas: [String] { settings.personas.keys.sorted() }

    package var voices: [Voice] { engine.voices }

    package var sessionBounds: Sessions.Bounds {
        Sessions.Bounds(conversation: settings.emptyConversation, idle: settings.conversation.expiry)
    }

    /// Loads the model and has it read the system prompt in the language of the settings.
    ///
    /// - Returns: the model's name.
    /// - Throws: what asking the model throws.
    package func preload() async throws -> String {
        let greeting = settings.language.hasPrefix("zh") ? "你好" : "Hello"
        return try await Question(
            prompt: greeting, messages: [.init(.user, greeting)], settings: settings, options: [:],
            server: modelServer, chosenModel: chosenModel
        ).preload()
    }

    /// Whether the demo answers while no server can be reached.
    var demoMayAnswer: Bool { settings.fallsBackToDemo && !chosenModel.wasFound }

    private func settings(persona: String?) throws(Fault) -> Settings {
        var settings = settings
        if let persona { try settings.use(persona: persona) }
        return settings
    }
}
