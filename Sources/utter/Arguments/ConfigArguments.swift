// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings

/// Where the settings come from.
struct ConfigArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration file; else $UTTER_CONFIG, ~/.config/utter/config.yaml, /etc/utter/config.yaml.",
            valueName: "file"))
    var config: String?

    /// The options that were given.
    var given: [String] { config == nil ? [] : ["--config"] }

    /// - Throws: `SettingsError` naming file, line and column of everything that is wrong.
    func load() throws(SettingsError) -> Settings {
        try Settings.load(explicitPath: config, environment: ProcessEnvironment.variables)
    }
}
