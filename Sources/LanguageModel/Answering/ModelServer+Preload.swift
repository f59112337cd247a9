// SPDX-License-Identifier: GPL-3.0-or-later

extension ModelServer {
    /// Has the server load the model and read what every question begins with, so that the first one is answered at
    /// once.
    ///
    /// - Parameter request: as a real question is asked: other options would have Ollama load the model again. Its
    ///   messages are what is to be known beforehand, such as the system prompt.
    /// - Throws: as ``answer(_:deliver:)``; cancelling it aborts the loading.
    package func preload(_ request: ModelRequest) async throws {
        if configuration.provider != .openAI {
            // Ollama only loads the model for a question without messages; others refuse that.
            var loading = request
            loading.messages = []
            _ = try await answer(loading) { _ in }
        }
        _ = try await answer(request.shortest(for: configuration.provider)) { _ in }
    }
}

extension ModelRequest {
    /// The same with an answer of one token: all before it is read, and kept in the server's cache.
    fileprivate func shortest(for provider: Provider) -> ModelRequest {
        var request = self
        if request.messages.last?.role != .user { request.messages.append(Message(.user, "Hello")) }
        // Limits on the length are read for each answer; they do not make a server load anything.
        guard provider == .openAI else {
            request.options["num_predict"] = 1
            return request
        }
        request.options["num_predict"] = nil
        // The one that the server is known to take, if there is one.
        let limit = request.options["max_completion_tokens"] == nil ? "max_tokens" : "max_completion_tokens"
        request.options["max_tokens"] = nil
        request.options[limit] = 1
        return request
    }
}
