// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings

/// The configuration file.
struct ConfigArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration file; by default $UTTER_CONFIG, ~/.config/utter/config.yaml or /etc/utter/config.yaml.",
            valueName: "file"))
    var config: String?

    /// The options that were given.
    var given: [String] { config == nil ? [] : ["--config"] }

    /// - Throws: `SettingsError` with the file, line and column of every error.
    func load() throws(SettingsError) -> Settings {
        try Settings.load(explicitPath: config, environment: ProcessEnvironment.variables)
    }
}
