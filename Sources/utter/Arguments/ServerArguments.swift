// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings

/// Which model server is meant. What is not given is as the settings say.
struct ServerArguments: ParsableArguments {
    @Option(help: "The model server, such as http://127.0.0.1:11434.")
    var url: String?

    @Option(help: "The server's protocol: ollama, ollama-generate, openai, or demo.")
    var provider: Settings.Model.Provider?

    /// The options that were given.
    var given: [String] {
        (url == nil ? [] : ["--url"]) + (provider == nil ? [] : ["--provider"])
    }

    func apply(to settings: Settings) -> Settings {
        var settings = settings
        if let url { settings.model.url = url }
        if let provider { settings.model.provider = provider }
        return settings
    }
}

extension Settings.Model.Provider: ExpressibleByArgument {}
