// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings
import Utterance

/// Which model server is meant. What is not given is as the settings say.
struct ServerArguments: ParsableArguments {
    @Option(help: "The model server, such as http://127.0.0.1:11434.")
    var url: String?

    @Option(help: "The server's protocol: ollama, ollama-generate, openai, anthropic, or demo.")
    var provider: ProviderArgument?

    /// The options that were given.
    var given: [String] {
        (url == nil ? [] : ["--url"]) + (provider == nil ? [] : ["--provider"])
    }

    func apply(to settings: Settings) -> Settings {
        var settings = settings
        if let url { settings.model.url = url }
        if let provider { settings.model.provider = provider.value }
        return settings
    }
}

/// A protocol, or the demo.
struct ProviderArgument: ExpressibleByArgument {
    private static let demo = "demo"

    /// `nil`: the demo.
    let value: Provider?

    init?(argument: String) {
        value = Provider(rawValue: argument)
        guard value != nil || argument == Self.demo else { return nil }
    }

    static var allValueStrings: [String] { Provider.allCases.map(\.rawValue) + [demo] }
}
