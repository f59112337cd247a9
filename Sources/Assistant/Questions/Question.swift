// SPDX-License-Identifier: GPL-3.0-or-later
package import LanguageModel
package import Pipeline
package import Settings
import Utterance

/// A prompt, the model that answers it, and how it is asked.
package struct Question {
    private let prompt: String
    /// The conversation, ending with the prompt in the persona's template.
    private let messages: [ModelRequest.Message]
    private let settings: Settings
    private let options: [String: JSONValue]
    /// `nil`: the demo.
    private let server: ModelServer?
    /// Used where the settings name no model.
    private let chosenModel: ChosenModel

    /// A question from the command line.
    ///
    /// - Parameters:
    ///   - history: the conversation so far.
    ///   - options: from the command line, such as `temperature=0.7`; they override the persona's and the settings'.
    ///   - variables: for the persona's template, such as `topic=rivers`.
    ///   - environment: the process's variables: the model server's key, a proxy.
    /// - Throws: `Fault(.usage)` for an invalid address or option, and for a missing variable.
    package init(
        prompt: String, history: [ModelRequest.Message] = [], settings: Settings, options: [String],
        variables: [String] = [], environment: [String: String]
    ) throws {
        self.init(
            prompt: prompt,
            messages: history + [.init(.user, try TemplateVariables(variables).fill(settings, prompt: prompt))],
            settings: settings, options: try ModelOptions.parse(options),
            server: try settings.modelServer(environment: environment))
    }

    /// - Parameters:
    ///   - messages: the conversation, ending with the question as it is sent.
    ///   - options: override the persona's and the settings'.
    ///   - server: `nil` asks the demo.
    init(
        prompt: String, messages: [ModelRequest.Message], settings: Settings, options: [String: JSONValue],
        server: ModelServer?, chosenModel: ChosenModel = ChosenModel()
    ) {
        self.prompt = prompt
        self.messages = messages
        self.settings = settings
        self.options = settings.modelOptions.merging(options) { $1 }
        self.server = server
        self.chosenModel = chosenModel
    }

    /// The model's name, for the status line.
    package var modelName: String {
        server == nil ? DemoModel.name : settings.model.name ?? "the model"
    }

    /// Asks, and delivers the answer's text.
    package var source: Answer.Source {
        { deliver in
            guard let server else { return try await askDemo(deliver) }
            do {
                return try await ask(server, deliver)
            } catch let fault as Fault where fault.code == .modelUnreachable && demoMayAnswer {
                try await deliver(.notice(Self.demoNotice))
                return try await askDemo(deliver)
            }
        }
    }

    /// A server that has answered before and is gone is an error.
    private var demoMayAnswer: Bool { settings.fallsBackToDemo && !chosenModel.wasFound }

    private func ask(
        _ server: ModelServer, _ deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let model = try await model(of: server)
        if settings.model.name == nil, let notice = chosenModel.notice(of: model) {
            try await deliver(.notice(notice))
        }
        for notice in ModelOptions.notices(for: options, provider: server.configuration.provider) {
            try await deliver(.notice(notice))
        }
        return try await choosingAgainOnFault { try await server.answer(request(model: model), deliver: deliver) }
    }

    /// If the chosen model fails, the next question chooses again.
    private func choosingAgainOnFault<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let fault as Fault {
            chosenModel.forget()
            throw fault
        }
    }

    /// The model that was named, or else one that is installed.
    private func model(of server: ModelServer) async throws -> String {
        if let name = settings.model.name { return name }
        return try await chosenModel.name(on: server)
    }

    /// Loads the model and has it read the system prompt, so that this question and others like it start at once.
    ///
    /// - Returns: the model's name.
    func preload() async throws -> String {
        guard let server else { return DemoModel.name }
        let model = try await model(of: server)
        try await choosingAgainOnFault { try await server.preload(request(model: model)) }
        return model
    }

    private func askDemo(
        _ deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let question = ModelRequest(model: DemoModel.name, messages: [.init(.user, prompt)])
        return try await DemoModel().answer(question, deliver: deliver)
    }

    private func request(model: String) -> ModelRequest {
        let isInstructed = messages.contains { $0.role == .system }
        return ModelRequest(
            model: model, messages: (isInstructed ? [] : [.init(.system, systemPrompt)]) + messages, options: options,
            keepAlive: settings.model.keepAlive, think: settings.model.thinking)
    }

    private var systemPrompt: String {
        let persona = settings.personas[settings.model.persona]
        return persona?.systemPrompt(for: prompt) ?? settings.model.systemPrompt ?? SystemPrompt.builtIn(for: prompt)
    }

    private static let demoNotice =
        Notice(
            "demo_model",
            "No model server answers here, so the built-in demo speaks (provider: demo). For real answers install Ollama "
                + "from https://ollama.com, then: ollama pull llama3.2")
}
