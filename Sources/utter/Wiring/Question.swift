// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import Settings
import Utterance

/// A prompt, the model that answers it, and how it is asked.
struct Question {
    private let prompt: String
    private let history: [ModelRequest.Message]
    /// The prompt in the persona's template.
    private let question: String
    private let settings: Settings
    private let options: [String: JSONValue]
    private let server: ModelServer?

    /// - Parameters:
    ///   - history: what was said before.
    ///   - options: of the command line, such as `temperature=0.7`; they go before the persona's and the settings'.
    ///   - variables: of the persona's template, such as `topic=rivers`.
    /// - Throws: `Fault(.usage)` for an address or an option that is none, and for a variable that is missing.
    init(
        prompt: String, history: [ModelRequest.Message] = [], settings: Settings, options: [String],
        variables: [String] = []
    ) throws {
        self.prompt = prompt
        self.history = history
        question = try TemplateVariables(variables).fill(settings, prompt: prompt)
        self.settings = settings
        let given = try options.map(ModelOptions.parse)
        self.options = settings.modelOptions.merging(given.map { ($0.name, $0.value) }) { $1 }
        server = try settings.modelServer(environment: ProcessEnvironment.variables)
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

    /// Only where nobody named a server: one that was named and fails is an error.
    private var mayUseDemo: Bool {
        settings.model.demo && !settings.namesServer
    }

    private func ask(
        _ server: ModelServer, _ deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let model: String
        if let name = settings.model.name {
            model = name
        } else {
            let chosen = try await server.chosenModel()
            try await deliver(.notice(chosen.notice))
            model = chosen.name
        }
        for notice in ModelOptions.notices(for: options, provider: server.configuration.provider) {
            try await deliver(.notice(notice))
        }
        return try await server.answer(try request(model: model), deliver: deliver)
    }

    private func askDemo(
        _ deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let question = ModelRequest(model: DemoModel.name, messages: [.init(.user, prompt)])
        return try await DemoModel().answer(question, deliver: deliver)
    }

    private func request(model: String) throws -> ModelRequest {
        let persona = settings.personas[settings.model.persona]
        let system =
            persona?.systemPrompt(for: prompt) ?? settings.model.systemPrompt ?? SystemPrompt.builtIn(for: prompt)
        return ModelRequest(
            model: model, messages: [.init(.system, system)] + history + [.init(.user, question)], options: options,
            keepAlive: try settings.model.keepAlive.map { try KeepAlive($0.plainText) },
            think: try settings.model.thinking.map { try Think($0.rawValue) })
    }

    private static let demoNotice =
        Notice(
            "demo_model",
            "No model server answers here, so the built-in demo speaks (provider: demo). For real answers install Ollama "
                + "from https://ollama.com, then: ollama pull llama3.2")
}
