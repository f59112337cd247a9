// SPDX-License-Identifier: GPL-3.0-or-later
import Hummingbird
import LanguageModel
import Utterance

/// OpenAI's API, for programs that speak it already (https://platform.openai.com/docs/api-reference).
struct OpenAIEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        let chat = ChatEndpoint(backend: backend)
        router.endpoint(
            "/v1/chat/completions", [.post: { request, _ in try await shaped { try await chat.answer(request) } }])
        router.endpoint("/v1/models", [.get: { _, _ in try await shaped { try await models() } }])
    }

    /// Gives errors the shape that the clients know.
    private func shaped(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch {
            guard let error = OpenAIError(error) else { throw error }
            return error.response
        }
    }

    private struct Models: Encodable {
        struct Entry: Encodable {
            var id: String
            var object = "model"
            var created = 0
            var owner: String

            private enum CodingKeys: String, CodingKey {
                case id, object, created
                case owner = "owned_by"
            }
        }

        var object = "list"
        var data: [Entry]
    }

    /// The daemon's own model, and those that are installed.
    private func models() async throws -> Response {
        let installed = try await backend.speaker.parts.modelServer?.installedModels() ?? []
        return .json(
            Models(
                data: [.init(id: ChatCall.ownModel, owner: "utter")]
                    + installed.filter(\.canChat).map { .init(id: $0.name, owner: "model server") }))
    }
}
