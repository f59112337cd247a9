// SPDX-License-Identifier: GPL-3.0-or-later
@testable import Settings

/// Loads settings from `yaml` as if it were in `config.yaml`, and from `environment`.
func load(_ yaml: String = "", environment: [String: String] = [:]) throws(SettingsError) -> Settings {
    try Settings.load(
        explicitPath: "config.yaml", environment: environment,
        readFile: { path throws(SettingsError.Problem) in path == "config.yaml" ? Array(yaml.utf8) : nil })
}

/// The problems with `yaml`, one per line; `nil` if it loads.
func problems(_ yaml: String, environment: [String: String] = [:]) -> String? {
    do throws(SettingsError) {
        _ = try load(yaml, environment: environment)
        return nil
    } catch {
        return error.description
    }
}
