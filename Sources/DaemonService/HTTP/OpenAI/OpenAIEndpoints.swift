// SPDX-License-Identifier: GPL-3.0-or-later
import Hummingbird
import LanguageModel
import Utterance

/// OpenAI's API, for programs that speak it already (https://platform.openai.com/docs/api-reference).
struct OpenAIEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        let chat = ChatEndpoint(backend: backend)
        router.add(
            "/v1/chat/completions", [.post: { request, _ in try await shaped { try await chat.answer(request) } }])
        let speech = SpeechEndpoint(backend: backend)
        router.add(
            "/v1/audio/speech", [.post: { request, _ in try await shaped { try await speech.answer(request) } }])
        router.add("/v1/models", [.get: { _, _ in try await shaped { try await models() } }])
    }

    /// Gives errors the form that OpenAI's clients know.
    private func shaped(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch {
            guard let error = OpenAIError(for: error) else { throw error }
            return error.response
        }
    }

    /// The daemon's own model, and those that are installed.
    private func models() async throws -> Response {
        let installed = try await installedModels()
        func entry(_ name: String, of owner: JSONValue) -> JSONValue {
            ["id": .string(name), "object": "model", "created": 0, "owned_by": owner]
        }
        let models = installed.filter(\.canChat).map { entry($0.name, of: "model server") }
        let list: JSONValue = [
            "object": "list", "data": .array([entry(ChatCompletionRequest.ownModel, of: "utter")] + models),
        ]
        return .json(list)
    }

    /// Of the first server that tells; none while the demo answers.
    private func installedModels() async throws -> [InstalledModel] {
        let answers = await backend.scheduler.answers
        var first: Fault?
        for server in answers.modelServers {
            do { return try await server.installedModels() } catch let fault as Fault { first = first ?? fault }
        }
        guard let first, first.code != .modelUnreachable || !answers.demoMayAnswer else { return [] }
        throw first
    }
}
