// SPDX-License-Identifier: GPL-3.0-or-later

extension ModelServer {
    /// Has the server load the model and read what every question begins with, so that the first one is answered at
    /// once.
    ///
    /// - Parameter request: as a real question is asked: other options would have Ollama load the model again. Its
    ///   messages are what is to be known beforehand, such as the system prompt.
    /// - Throws: as ``answer(_:deliver:)``; cancelling it aborts the loading.
    package func preload(_ request: ModelRequest) async throws {
        let preparations = configuration.provider.dialect.preparations(for: request)
        // Where there is nothing to prepare, that the key opens the door is good to know.
        if preparations.isEmpty { _ = try await installedModels() }
        for preparation in preparations { _ = try await answer(preparation) { _ in } }
    }
}
