// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import LanguageModel
import Pipeline
import Playback
import Settings
import Speech
import Utterance

/// This process answers. It keeps the same voice and output for all answers.
struct LocalChatBackend: ChatBackend {
    private(set) var settings: Settings
    /// From the command line, such as `temperature=0.7`.
    private let options: [String]
    /// From the command line, for the persona's template: such as `topic=rivers`.
    private let variables: [String]
    private let player: Player
    private let faultLimit = SpokenFaultLimit()
    /// What the model is told.
    private var conversation: Conversation

    /// - Throws: `Fault(.speechFailed)`, `Fault(.voiceUnknown)`, and `Fault(.usage)` for settings that can't be used to
    ///   ask questions.
    init(settings: Settings, options: [String] = [], variables: [String] = [], output file: String?) async throws {
        _ = try Question("", settings, options: options, variables: variables)
        self.settings = settings
        self.options = options
        self.variables = variables
        let destination = SoundDestination(parameters: settings.playbackParameters(keepsOpen: true), file: file)
        player = Player(
            engine: try await SpeechEngines.start(settings, environment: ProcessEnvironment.variables),
            output: try destination.makeOutput(),
            fallback: destination.fallback)
        conversation = settings.emptyConversation
    }

    func answer(to prompt: String) throws -> (answer: any SpokenAnswer, awaited: String) {
        let question = try Question(
            prompt, history: conversation.messages, settings, options: options, variables: variables)
        return (answer(from: question.source, to: prompt), question.modelName)
    }

    func repetition(of answer: String) -> any SpokenAnswer {
        self.answer(from: InputSource.text(answer))
    }

    private func answer(from source: @escaping Answer.Source, to question: String? = nil) -> LocalAnswer {
        var parameters = settings.answerParameters(for: question)
        parameters.signals.faultLimit = faultLimit
        return LocalAnswer(source: source, player: player, parameters: parameters)
    }

    mutating func remember(_ exchange: Conversation.Exchange, replacing old: Conversation.Exchange?) {
        conversation.add(exchange, replacing: old)
    }

    func leave() async {
        await player.close()
    }
}

extension LocalChatBackend {
    var voice: String { settings.voiceParameters.voice }
    var rate: String { ChatText().wordsPerMinute(settings.speech.rate) }
    var model: String { settings.model.name ?? ChatText().anInstalledModel }
    var persona: String { ChatText().persona(settings.model.persona, of: settings.personas.keys.sorted()) }

    mutating func use(voice name: String) async throws {
        try await change { $0.use(voice: name) }
    }

    mutating func use(rate: Int) async throws {
        try VoiceArguments.check(rate: rate)
        try await change { $0.speech.rate = rate }
    }

    var volume: String { "\(settings.speech.volume) %" }

    var models: [String] {
        get async throws {
            guard let server = try settings.modelServer(environment: ProcessEnvironment.variables) else {
                return [DemoModel.name]
            }
            return try await server.installedModels().map(\.name)
        }
    }

    var choices: SlashCommand.Choices {
        get async {
            SlashCommand.Choices(
                voices: player.engine.voices.map(\.shortName), models: (try? await models) ?? [],
                personas: settings.personas.keys.sorted())
        }
    }

    mutating func beginConversation() {
        conversation = settings.emptyConversation
    }

    mutating func use(volume: Int) async throws {
        try await change { $0.speech.volume = volume }
    }

    mutating func use(model name: String) async throws {
        // If the server doesn't respond, the next question will say so.
        if let models = try? await models { try name.checkModel(in: models) }
        settings.model.name = name
    }

    mutating func use(persona name: String) async throws {
        try await change { try $0.use(persona: name) }
    }

    /// Changes the settings if they can be used to ask questions and their voice exists.
    private mutating func change(_ body: (inout Settings) throws -> Void) async throws {
        var changed = settings
        try body(&changed)
        _ = try Question("", changed, options: options, variables: variables)
        try player.engine.check(changed.voiceParameters)
        settings = changed
    }
}

extension String {
    /// - Throws: `Fault(.modelNotFound)` if no model has this name.
    func checkModel(in models: [String]) throws(Fault) {
        guard !models.contains(where: { $0.isSameModel(as: self) }) else { return }
        throw Fault(
            .modelNotFound,
            "The model \"\(self)\" is not installed.\(models.suggestion(for: self)) Installed: "
                + (models.isEmpty ? "none." : models.joined(separator: ", ") + "."))
    }
}

extension Question {
    /// A question with this process's environment.
    init(
        _ prompt: String, history: [ModelRequest.Message] = [], _ settings: Settings, options: [String],
        variables: [String]
    ) throws {
        try self.init(
            prompt: prompt, history: history, settings: settings, options: options, variables: variables,
            environment: ProcessEnvironment.variables)
    }
}
