// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import LanguageModel
import Settings
import Utterance

/// Offers to pull a small model if none was named and Ollama has none.
struct ModelOffer {
    let settings: Settings

    /// Returns once there is a model, if the user declines, or if there is nobody to ask. Without a model, the answer
    /// then fails and says what is missing.
    ///
    /// - Throws: the errors of pulling a model.
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

    /// - Returns: the model to pull; `nil` if the user declines.
    static func accepted(at server: ModelServer, dialogue: inout some Dialogue) async throws -> String? {
        let model = SmallModel.fitting(server.memory)
        let question =
            "No model is installed at \(server.configuration.address). Pull \(model.name) now "
            + "(\(String(bytes: model.size)), English and Chinese)? [Y/n] "
        return try await dialogue.confirm(question) ? model.name : nil
    }
}
