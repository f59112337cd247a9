// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Utterance

extension ModelServer {
    /// The model to ask when nobody named one.
    ///
    /// - Throws: `Fault(.modelNoneInstalled)`; what asking the server throws.
    func chosenModel() async throws -> InstalledModel {
        async let loaded = loadedModels()
        let installed = try await installedModels()
        let running = (try? await loaded) ?? []
        guard let model = ModelChoice.choose(from: installed, loaded: running, memory: memory) else {
            throw Fault.noModelInstalled(at: self)
        }
        return model
    }

    /// Bytes that a model may take there; `nil` on another machine.
    var memory: Int? {
        configuration.address.isLoopback ? ModelChoice.availableMemory() : nil
    }
}

extension Notice {
    static func modelChosen(_ name: String) -> Notice {
        Notice("model_chosen", "No model was named; \(name) answers (--model or model.name chooses another).")
    }
}

extension Fault {
    /// There is a server, and nothing on it that could answer.
    static func noModelInstalled(at server: ModelServer) -> Fault {
        let advice =
            server.configuration.provider.managesModels
            ? "get one: utter models pull \(SmallModel.fitting(server.memory).name)" : "start the server with one."
        return Fault(
            .modelNoneInstalled, "No model that can answer is installed at \(server.configuration.address); \(advice)")
    }
}
