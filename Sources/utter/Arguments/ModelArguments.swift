// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings

/// Which model is asked. What is not given is as the settings say.
struct ModelArguments: ParsableArguments {
    @OptionGroup var server: ServerArguments

    @Option(help: "The model's name, such as llama3.2; none: one that is installed.")
    var model: String?

    /// The options that were given.
    var given: [String] { server.given + (model == nil ? [] : ["--model"]) }

    func apply(to settings: Settings) -> Settings {
        var settings = server.apply(to: settings)
        if let model { settings.model.name = model }
        return settings
    }
}
