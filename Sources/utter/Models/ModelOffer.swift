// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import LanguageModel
import Settings
import Utterance

/// If no model was named and Ollama has none, offers to pull a small one.
struct ModelOffer {
    let settings: Settings

    /// Returns when there is a model, when the user declined, and when there is nobody to ask: the answer then fails with
    /// what is missing.
    ///
    /// - Throws: what pulling throws.
    func make() async throws {
        guard TerminalDialogue.isPossible, settings.model.name == nil,
            settings.model.provider?.managesModels == true,
            let server = try settings.modelServer(environment: ProcessEnvironment.variables),
            let installed = try? await server.installedModels(), !installed.contains(where: \.canChat)
        else { return }
        var dialogue = try TerminalDialogue()
        if let model = try await Self.accepted(at: server, dialogue: &dialogue) {
            try await PullRun(server: server, model: model).run()
        }
    }

    /// - Returns: the model to pull, if any.
    static func accepted(at server: ModelServer, dialogue: inout some Dialogue) async throws -> String? {
        let model = SmallModel.fitting(server.memory)
        let question =
            "No model is installed at \(server.configuration.address). Pull \(model.name) now "
            + "(\(String(bytes: model.size)), English and Chinese)? [Y/n] "
        return try await dialogue.confirm(question) ? model.name : nil
    }
}
