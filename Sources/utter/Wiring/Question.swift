// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import Service
import Settings
import Utterance

/// A prompt, the model that answers it, and how it is asked.
struct Question {
    private let prompt: String
    /// The conversation with the prompt, in the persona's template, at its end.
    private let messages: [ModelRequest.Message]
    private let settings: Settings
    private let options: [String: JSONValue]
    /// `nil`: the demo.
    private let server: ModelServer?
    /// Of the server; used where the settings name none.
    private let chosenModel: ChosenModel
    /// Whether the demo answers if nobody else does.
    private let mayUseDemo: Bool

    /// A question from the command line.
    ///
    /// - Parameters:
    ///   - history: what was said before.
    ///   - options: of the command line, such as `temperature=0.7`; they go before the persona's and the settings'.
    ///   - variables: of the persona's template, such as `topic=rivers`.
    /// - Throws: `Fault(.usage)` for an address or an option that is none, and for a variable that is missing.
    init(
        prompt: String, history: [ModelRequest.Message] = [], settings: Settings, options: [String],
        variables: [String] = []
    ) throws {
        let given = try options.map(ModelOptions.parse)
        self.init(
            prompt: prompt, question: try TemplateVariables(variables).fill(settings, prompt: prompt), history: history,
            settings: settings, options: Dictionary(given.map { ($0.name, $0.value) }) { $1 },
            server: try settings.modelServer(environment: ProcessEnvironment.variables),
            // Only where nobody named a server: one that was named and fails is an error.
            mayUseDemo: settings.model.demo && !settings.namesServer)
    }

    /// - Parameters:
    ///   - question: the prompt in the persona's template.
    ///   - options: go before the persona's and the settings'.
    ///   - server: `nil` asks the demo.
    init(
        prompt: String, question: String, history: [ModelRequest.Message], settings: Settings,
        options: [String: JSONValue], server: ModelServer?, chosenModel: ChosenModel = ChosenModel(),
        mayUseDemo: Bool = false
    ) {
        self.prompt = prompt
        messages = history + [.init(.user, question)]
        self.settings = settings
        self.options = settings.modelOptions.merging(options) { $1 }
        self.server = server
        self.chosenModel = chosenModel
        self.mayUseDemo = mayUseDemo
    }

    /// A question whose conversation somebody else keeps.
    ///
    /// - Parameter server: `nil` asks the demo.
    init(_ chat: ChatRequest, settings: Settings, server: ModelServer?, chosenModel: ChosenModel) {
        prompt = chat.prompt
        messages = chat.messages
        self.settings = settings
        options = settings.modelOptions.merging(chat.options) { $1 }
        self.server = server
        self.chosenModel = chosenModel
        mayUseDemo = false
    }

    /// Who is waited for, in the status line.
    var modelName: String {
        server == nil ? DemoModel.name : settings.model.name ?? "the model"
    }

    /// Asks, and brings the answer's text.
    var source: Answer.Source {
        { deliver in
            guard let server else { return try await askDemo(deliver) }
            do {
                return try await ask(server, deliver)
            } catch let fault as Fault where fault.code == .modelUnreachable && mayUseDemo {
                try await deliver(.notice(Self.demoNotice))
                return try await askDemo(deliver)
            }
        }
    }

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
        return try await forgettingModel { try await server.answer(request(model: model), deliver: deliver) }
    }

    /// Has another model looked for the next time if this one fails.
    private func forgettingModel<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let fault as Fault {
            chosenModel.forget()
            throw fault
        }
    }

    /// The model to ask: the one named, or else one that is installed.
    private func model(of server: ModelServer) async throws -> String {
        if let name = settings.model.name { return name }
        return try await chosenModel.name(on: server)
    }

    /// Has the model loaded and what it is told about itself read, as this question and those like it will want it.
    ///
    /// - Returns: the model's name.
    func preload() async throws -> String {
        guard let server else { return DemoModel.name }
        let model = try await model(of: server)
        try await forgettingModel { try await server.preload(request(model: model)) }
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
