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

    /// The given options.
    var given: [String] { config == nil ? [] : ["--config"] }

    /// - Throws: `SettingsError` naming file, line and column of everything that is wrong.
    func load() throws(SettingsError) -> Settings {
        try Settings.load(explicitPath: config, environment: ProcessEnvironment.variables)
    }
}
