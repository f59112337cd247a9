// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Playback
import Settings
import Speech
import Utterance

/// This process answers. One voice and one output are kept over all answers.
struct OwnPartner: ChatPartner {
    private(set) var settings: Settings
    /// Of the command line, such as `temperature=0.7`.
    private let options: [String]
    /// Of the command line, for the persona's template, such as `topic=rivers`.
    private let variables: [String]
    private let player: Player
    private let faultLimit = SpokenFaultLimit()
    /// What the model is told.
    private var conversation: Conversation

    /// - Throws: `Fault(.speechFailed)`, `Fault(.voiceUnknown)`, and `Fault(.usage)` for what no question could be asked
    ///   with.
    init(settings: Settings, options: [String] = [], variables: [String] = [], output file: String?) async throws {
        _ = try Question(prompt: "", settings: settings, options: options, variables: variables)
        var parameters = settings.playbackParameters
        parameters.keepOpen = settings.playback.keepOpen
        self.settings = settings
        self.options = options
        self.variables = variables
        let destination = SoundDestination(parameters: parameters, file: file)
        player = Player(
            engine: try await SpeechEngines.start(settings.voiceParameters), output: try destination.makeOutput(),
            fallback: destination.fallback)
        let bounds = settings.conversation
        conversation = Conversation(longest: bounds.historyTurns, tokens: bounds.historyTokens)
    }

    func answer(to prompt: String) throws -> (answer: any SpokenAnswer, awaited: String) {
        let question = try Question(
            prompt: prompt, history: conversation.messages, settings: settings, options: options, variables: variables)
        return (answer(from: question.source, to: prompt), question.modelName)
    }

    func repetition(of answer: String) -> any SpokenAnswer {
        self.answer(from: InputSource.text(answer))
    }

    private func answer(from source: @escaping Answer.Source, to question: String? = nil) -> OwnAnswer {
        var parameters = settings.answerParameters(for: question)
        parameters.signals.faultLimit = faultLimit
        return OwnAnswer(source: source, player: player, parameters: parameters)
    }

    mutating func remember(_ exchange: Conversation.Exchange, replacing old: Conversation.Exchange?) {
        conversation.add(exchange, replacing: old)
    }

    func leave() async {
        await player.close()
    }
}

extension OwnPartner {
    var voice: String { settings.voiceParameters.voice }
    var rate: String { "\(settings.speech.rate) words per minute" }
    var model: String { settings.model.name ?? "one that is installed" }
    var persona: String { "\(settings.model.persona), of: \(settings.personas.keys.sorted().joined(separator: ", "))" }

    mutating func use(voice name: String) async throws {
        try await change { $0.use(voice: name) }
    }

    mutating func use(rate: Int) async throws {
        try VoiceArguments.check(rate: rate)
        try await change { $0.speech.rate = rate }
    }

    mutating func use(model name: String) {
        settings.model.name = name
    }

    mutating func use(persona name: String) async throws {
        try await change { try $0.use(persona: name) }
    }

    /// Changes the settings, if questions can be asked with them, and the voice can be had that they name.
    private mutating func change(_ body: (inout Settings) throws -> Void) async throws {
        var changed = settings
        try body(&changed)
        _ = try Question(prompt: "", settings: changed, options: options, variables: variables)
        try player.engine.check(changed.voiceParameters)
        settings = changed
    }
}
