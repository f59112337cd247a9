// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import LanguageModel
import Utterance

/// Ollama's API before the Ollama that the daemon asks: programs written for it get a voice. What would change what is
/// installed there is refused.
struct OllamaEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        let relay = OllamaRelay(backend: backend)
        for call in ["/api/chat", "/api/generate"] {
            endpoint(call, [.post], router) { try await relay.answer(call, $0) }
        }
        endpoint("/api/show", [.post], router) { try await relay.document("/api/show", $0) }
        for call in ["/api/tags", "/api/ps", "/api/version"] {
            endpoint(call, [.get], router) { try await relay.document(call, $0) }
        }
        let others = ["pull", "push", "create", "copy", "delete", "blobs/:digest", "embed", "embeddings"]
        for call in others.map({ "/api/\($0)" }) {
            endpoint(call, [.get, .post, .put, .delete], router) { _ in
                throw APIError(
                    .forbidden, "refused", "Only answers pass through this daemon; ask Ollama itself for this.")
            }
        }
    }

    private func endpoint(
        _ path: String, _ methods: [HTTPRequest.Method], _ router: ServiceRouter,
        _ handle: @escaping @Sendable (Request) async throws -> Response
    ) {
        let handler: ServiceRouter.Handler = { request, _ in
            do {
                return try await handle(request)
            } catch let error as APIError {
                return Self.response(error)
            } catch let fault as Fault {
                return Self.response(APIError(fault))
            }
        }
        router.endpoint(RouterPath(path), Dictionary(uniqueKeysWithValues: methods.map { ($0, handler) }))
    }

    /// Errors as Ollama's clients read them.
    private static func response(_ error: APIError) -> Response {
        .json(["error": error.message], status: error.status)
    }
}
