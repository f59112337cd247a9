// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

@testable import Settings

/// A settings file that is read, written, and edited as `utter setup` does.
func fuzzSettings(_ bytes: [UInt8]) {
    let settings: Settings
    do { settings = try load(bytes) } catch {
        for problem in error.problems { checkPrintable("\(problem)") }
        return
    }
    // The output of `utter config show` is a valid settings file, unless it hides a password.
    let rendered = settings.rendered()
    if settings.model.url?.contains("@") != true {
        do {
            var (before, after) = (settings, try load(Array(rendered.utf8)))
            (before.origins, after.origins) = ([:], [:])
            check(before == after, "\(rendered) means something else")
        } catch {
            broken("\(rendered) is not valid: \(error)")
        }
    }
    let changes = [
        SettingsChange("playback", "device", "hw:1,0"), SettingsChange("model", "name", "a \"b\" # c"),
    ]
    let edited = try? SettingsEditor.edit(String(decoding: bytes, as: UTF8.self), changes, path: "config.yaml")
    guard let edited else { return }
    do {
        let after = try load(Array(edited.utf8))
        check(after.playback.device == "hw:1,0" && after.model.name == "a \"b\" # c", "the change is not in \(edited)")
    } catch {
        broken("\(edited) is not valid: \(error)")
    }
}

private func load(_ bytes: [UInt8]) throws(SettingsError) -> Settings {
    try Settings.load(explicitPath: "config.yaml", environment: [:]) { _ in bytes }
}
