// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Utterance

extension ModelServer {
    /// The model to ask when nobody named one, and what to say about it.
    ///
    /// - Throws: `Fault(.modelNoneInstalled)`; what asking the server throws.
    func chosenModel() async throws -> (name: String, notice: Notice) {
        async let loaded = loadedModels()
        let installed = try await installedModels()
        let memory = configuration.address.isLoopback ? ModelChoice.availableMemory() : nil
        let running = (try? await loaded) ?? []
        guard let model = ModelChoice.choose(from: installed, loaded: running, memory: memory) else {
            throw Fault(
                .modelNoneInstalled,
                "No model that can answer is installed at \(configuration.address); get one: ollama pull llama3.2")
        }
        let message = "No model was named; \(model.name) answers (--model or model.name chooses another)."
        return (model.name, Notice("model_chosen", message))
    }
}
