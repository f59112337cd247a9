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
        let running = (try? await loaded) ?? []
        guard let model = ModelChoice.choose(from: installed, loaded: running, memory: memory) else {
            throw Fault.noModelInstalled(at: self)
        }
        let message = "No model was named; \(model.name) answers (--model or model.name chooses another)."
        return (model.name, Notice("model_chosen", message))
    }

    /// Bytes that a model may take there; `nil` on another machine.
    var memory: Int? {
        configuration.address.isLoopback ? ModelChoice.availableMemory() : nil
    }
}

extension Fault {
    /// There is a server, and nothing on it that could answer.
    static func noModelInstalled(at server: ModelServer) -> Fault {
        let advice =
            switch server.configuration.provider {
            case .ollama, .ollamaGenerate: "get one: utter models pull \(SmallModel.fitting(server.memory).name)"
            case .openAI: "start the server with one."
            }
        return Fault(
            .modelNoneInstalled, "No model that can answer is installed at \(server.configuration.address); \(advice)")
    }
}
