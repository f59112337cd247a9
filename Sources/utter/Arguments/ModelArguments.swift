// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings
import Utterance

/// Which model to ask. Options that are left out default to the settings.
struct ModelArguments: ParsableArguments {
    @OptionGroup var server: ServerArguments

    @Option(
        help: "The model's name, such as llama3.2; by default one that is installed.", completion: Completions.models)
    var model: String?

    /// The options that were given.
    var given: [String] { server.given + (model == nil ? [] : ["--model"]) }

    func apply(to settings: Settings) -> Settings {
        var settings = server.apply(to: settings)
        if let model { settings.model.name = model }
        return settings
    }
}

/// Which model server to ask. Options that are left out default to the settings.
struct ServerArguments: ParsableArguments {
    @Option(help: "The model server, such as http://127.0.0.1:11434.")
    var url: String?

    @Option(help: "The server's protocol, or the built-in demo.")
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

/// A provider, or the demo.
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
