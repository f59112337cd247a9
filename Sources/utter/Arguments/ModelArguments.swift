// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings
import Utterance

/// Which model is asked, and how. What is not given is as the settings say.
struct ModelArguments: ParsableArguments {
    @Option(help: "The model server, such as http://127.0.0.1:11434.")
    var url: String?

    @Option(help: "The server's protocol: ollama, ollama-generate, openai, or demo.")
    var provider: Settings.Model.Provider?

    @Option(help: "The model's name, such as llama3.2; none: one that is installed.")
    var model: String?

    @Option(
        name: .customLong("option"), parsing: .singleValue,
        help: ArgumentHelp(
            "An option of the model server, such as temperature=0.7; repeatable.", valueName: "key=value"))
    var options: [String] = []

    @Option(help: "A persona of the configuration.")
    var persona: String?

    /// Lays the options over the settings.
    ///
    /// - Throws: `Fault(.usage)` naming what can't be.
    func apply(to settings: inout Settings) throws(Fault) {
        if let url { settings.model.url = url }
        if let provider { settings.model.provider = provider }
        if let model { settings.model.name = model }
        if let persona {
            guard settings.personas[persona] != nil else {
                let known = settings.personas.keys.sorted().joined(separator: ", ")
                throw Fault(.usage, "There is no persona \"\(persona)\"; the configuration has: \(known).")
            }
            settings.model.persona = persona
        }
    }
}

extension Settings.Model.Provider: ExpressibleByArgument {}
