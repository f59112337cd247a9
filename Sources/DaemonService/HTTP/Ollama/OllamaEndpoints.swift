// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird

/// Ollama's API in front of the Ollama that the daemon asks: programs written for it get a voice. Calls that would change
/// what is installed there are rejected.
struct OllamaEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        let relay = OllamaRelay(backend: backend)
        for call in ["/api/chat", "/api/generate"] {
            add(call, [.post], router) { try await relay.answer(call, $0) }
        }
        add("/api/show", [.post], router) { try await relay.document("/api/show", $0) }
        for call in ["/api/tags", "/api/ps", "/api/version"] {
            add(call, [.get], router) { try await relay.document(call, $0) }
        }
        let others = ["pull", "push", "create", "copy", "delete", "blobs/:digest", "embed", "embeddings"]
        for call in others.map({ "/api/\($0)" }) {
            add(call, [.get, .post, .put, .delete], router) { _ in
                throw APIError(
                    .forbidden, "refused", "Only answers pass through this daemon; ask Ollama itself for this.")
            }
        }
    }

    private func add(
        _ path: String, _ methods: [HTTPRequest.Method], _ router: ServiceRouter,
        _ handle: @escaping @Sendable (Request) async throws -> Response
    ) {
        let handler: ServiceRouter.Handler = { request, _ in
            do {
                return try await handle(request)
            } catch {
                guard let error = APIError(for: error) else { throw error }
                // As Ollama's clients read errors.
                return .json(["error": error.message], status: error.status)
            }
        }
        router.add(RouterPath(path), Dictionary(uniqueKeysWithValues: methods.map { ($0, handler) }))
    }
}
