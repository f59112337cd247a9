// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Settings

@Suite struct SettingsEditorTests {
    private let device = SettingsChange("playback", "device", "plughw:1")

    private func edit(_ text: String, _ changes: SettingsChange...) throws -> String {
        try SettingsEditor.edit(text, changes, path: "config.yaml")
    }

    @Test(
        "A value is changed in place; what is around it stays",
        arguments: [
            ("playback:\n  device: default\n", "playback:\n  device: \"plughw:1\"\n"),
            (
                "# a\nplayback: # b\n\n  # c\n  device: \"x#y\"  # d\n  buffer_ms: 300 # e\n# f",
                """
                # a
                playback: # b

                  # c
                  device: "plughw:1"  # d
                  buffer_ms: 300 # e
                # f
                """
            ),
            (
                "playback:\n    device: 'it''s'\t# c\nlog: {level: info}\n",
                "playback:\n    device: \"plughw:1\" # c\nlog: {level: info}\n"
            ),
            (
                "playback:\n  device: >-\n    a\n    b\n\n  buffer_ms: 300\n",
                "playback:\n  device: \"plughw:1\"\n\n  buffer_ms: 300\n"
            ),
            ("playback:\r\n  device: a # c\r\nlog:\r\n", "playback:\r\n  device: \"plughw:1\" # c\r\nlog:\r\n"),
        ])
    func replaced(before: String, after: String) throws {
        #expect(try edit(before, device) == after)
    }

    @Test(
        "A missing key is added at the end of its section, a section at the end of the file",
        arguments: [
            ("", "playback:\n  device: \"plughw:1\"\n"),
            ("# only\n", "# only\n\nplayback:\n  device: \"plughw:1\"\n"),
            ("playback:\n", "playback:\n  device: \"plughw:1\"\n"),
            (
                "playback:\n    buffer_ms: 300  # c\n\n# The log.\nlog:\n",
                "playback:\n    buffer_ms: 300  # c\n    device: \"plughw:1\"\n\n# The log.\nlog:\n"
            ),
            ("log: {level: info}\n\n\n", "log: {level: info}\n\nplayback:\n  device: \"plughw:1\"\n"),
        ])
    func added(before: String, after: String) throws {
        #expect(try edit(before, device) == after)
    }

    @Test("The default file changes only in the intended lines")
    func defaultFile() throws {
        let before = Settings.defaultFile.split(separator: "\n", omittingEmptySubsequences: false)
        let text = try edit(
            Settings.defaultFile, device, SettingsChange("speech", "volume", .integer(80)),
            SettingsChange("model", "name", "llama3.2"), SettingsChange("text", "language", "de"))
        let after = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(before.count == after.count)
        let changed = zip(before, after).filter { $0 != $1 }.map { String($1) }
        #expect(
            changed == ["  name: \"llama3.2\"", "  language: \"de\"", "  volume: 80", "  device: \"plughw:1\""])
        #expect(try load(text).playback.device == "plughw:1")
    }

    @Test(
        "A file that would not mean what it should is left alone, and the user is told what to write",
        arguments: [
            "playback: {device: a}\n", "{playback: {device: a}}\n", "\"playback\":\n  device: a\n", "log: {}\n...\n",
            "playback:\n  device: \"two\n  lines: here\"\n",
        ])
    func refused(text: String) throws {
        let error = try #require(throws: SettingsError.self) { try edit(text, device) }
        #expect(error.description.contains("by hand: playback: {device: \"plughw:1\"}"))
    }

    @Test("A value out of range is rejected, and so is a file that is already wrong")
    func wrong() throws {
        #expect(throws: SettingsError.self) { try edit("", SettingsChange("speech", "volume", .integer(300))) }
        #expect(throws: SettingsError.self) { try edit("speech: {volme: 3}\n", device) }
    }

    @Test("A change can be tried without a file")
    func changed() throws {
        let settings = try Settings().changed(by: [device])
        #expect(settings.playback.device == "plughw:1")
        #expect(throws: SettingsError.self) {
            try Settings().changed(by: [SettingsChange("text", "language", "english!")])
        }
    }
}
