// SPDX-License-Identifier: GPL-3.0-or-later
package import LanguageModel
package import Pipeline
package import Settings
import Utterance

/// A prompt, the model that answers it, and how to ask it.
package struct Question {
    private let prompt: String
    /// The conversation, ending with the prompt in the persona's template.
    private let messages: [ModelRequest.Message]
    private let settings: Settings
    private let options: [String: JSONValue]
    private let servers: ModelServers

    /// A question from the command line.
    ///
    /// - Parameters:
    ///   - history: the conversation so far.
    ///   - options: from the command line, such as `temperature=0.7`; they override those of the persona and the
    ///     settings.
    ///   - variables: for the persona's template, such as `topic=rivers`.
    ///   - environment: the process's environment variables: the model server's key, a proxy.
    /// - Throws: `Fault(.usage)` for an invalid address or option, and for a missing variable.
    package init(
        prompt: String, history: [ModelRequest.Message] = [], settings: Settings, options: [String],
        variables: [String] = [], environment: [String: String]
    ) throws {
        self.init(
            prompt: prompt,
            messages: history + [.init(.user, try TemplateVariables(variables).fill(settings, prompt: prompt))],
            settings: settings, options: try ModelOptions.parse(options),
            servers: try settings.modelServers(environment: environment))
    }

    /// - Parameters:
    ///   - messages: the conversation, ending with the question as it is sent.
    ///   - options: override those of the persona and the settings.
    ///   - servers: if there are none, the demo is asked.
    init(
        prompt: String, messages: [ModelRequest.Message], settings: Settings, options: [String: JSONValue],
        servers: ModelServers
    ) {
        self.prompt = prompt
        self.messages = messages
        self.settings = settings
        self.options = settings.modelOptions.merging(options) { $1 }
        self.servers = servers
    }

    /// The model's name, for the status line.
    package var modelName: String {
        servers.preferred == nil ? DemoModel.name : settings.model.name ?? "the model"
    }

    /// Asks the question, and delivers the answer's text.
    package var source: Answer.Source {
        { deliver in
            guard servers.preferred != nil else { return try await askDemo(deliver) }
            do {
                return try await servers.answer(deliver) { try await ask($0, $1) }
            } catch let fault as Fault where fault.code == .modelUnreachable && demoMayAnswer {
                try await deliver(.notice(Self.demoNotice))
                return try await askDemo(deliver)
            }
        }
    }

    /// If a server that has answered before is gone, that is an error.
    private var demoMayAnswer: Bool { settings.fallsBackToDemo && !servers.wereFound }

    private func ask(
        _ candidate: ModelServers.Candidate, _ deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let model = try await model(of: candidate)
        if name(for: candidate) == nil, let notice = candidate.chosen.notice(of: model) {
            try await deliver(.notice(notice))
        }
        for notice in ModelOptions.notices(for: options, provider: candidate.server.configuration.provider) {
            try await deliver(.notice(notice))
        }
        return try await choosingAgainOnFault(candidate) {
            try await candidate.server.answer(request(model: model), deliver: deliver)
        }
    }

    /// Runs `body`; if the chosen model fails, the next question chooses again.
    private func choosingAgainOnFault<Value>(
        _ candidate: ModelServers.Candidate, _ body: () async throws -> Value
    ) async throws -> Value {
        do { return try await body() } catch let fault as Fault {
            candidate.chosen.forget()
            throw fault
        }
    }

    /// The model that was named for this server. A request and the settings name one for the preferred server.
    private func name(for candidate: ModelServers.Candidate) -> String? {
        candidate.isPreferred ? settings.model.name : candidate.model
    }

    /// The model that was named, or else one that is installed.
    private func model(of candidate: ModelServers.Candidate) async throws -> String {
        if let name = name(for: candidate) { return name }
        return try await candidate.chosen.name(on: candidate.server)
    }

    /// Loads the model and makes it read the system prompt, so that this question and others like it start at once.
    ///
    /// - Returns: the model's name.
    func preload(_ candidate: ModelServers.Candidate) async throws -> String {
        let model = try await model(of: candidate)
        try await choosingAgainOnFault(candidate) { try await candidate.server.preload(request(model: model)) }
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
