// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Settings
import Testing
import Utterance

@testable import utter

@Suite struct SettingsWriterTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "utter-writer-\(UUID())")
    private let change = SettingsChange("playback", "device", "mine")

    private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }
    private func text(_ path: String) throws -> String {
        String(decoding: try #require(try Settings.readFile(path)), as: UTF8.self)
    }

    @Test("If there is no file, the user's own is made from the default file with its comments")
    func new() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let writer = try SettingsWriter([change], to: Settings(), environment: ["XDG_CONFIG_HOME": path("a/b")])
        #expect(writer.path == path("a/b/utter/config.yaml"))
        #expect(try Settings.readFile(writer.path) == nil)
        try writer.write()
        #expect(try text(writer.path).contains("# An ALSA device (`utter devices` lists them).\n  device: \"mine\"\n"))
    }

    @Test("The file in effect is changed in place; a link stays a link, and its target keeps its mode")
    func existing() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("# Mine.\nlog: {level: info}\n".utf8).write(to: folder.appending(path: "real.yaml"))
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path("real.yaml"))
        try FileManager.default.createSymbolicLink(atPath: path("link.yaml"), withDestinationPath: path("real.yaml"))
        let settings = try Settings.load(explicitPath: path("link.yaml"), environment: [:])
        try SettingsWriter([change], to: settings, environment: [:]).write()
        #expect(try text(path("real.yaml")) == "# Mine.\nlog: {level: info}\n\nplayback:\n  device: \"mine\"\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("link.yaml")) == path("real.yaml"))
        let mode = try FileManager.default.attributesOfItem(atPath: path("real.yaml"))[.posixPermissions] as? Int
        #expect(mode == 0o640)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).count == 2)
    }

    @Test("A place that can't be written is a fault that says so")
    func unwritable() throws {
        let writer = try SettingsWriter([change], to: Settings(), environment: ["XDG_CONFIG_HOME": "/proc"])
        let fault = try #require(throws: Fault.self) { try writer.write() }
        #expect(fault.code == .outputUnwritable)
        #expect(fault.message.contains("/proc/utter/config.yaml"))
        #expect(throws: Fault.self) { try SettingsWriter([change], to: Settings(), environment: [:]) }
    }
}
