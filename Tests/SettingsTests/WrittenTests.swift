// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Testing

@testable import Settings

@Suite struct WrittenTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// `config.yaml` is generated from the code: change the keys there, then run this test with `UTTER_WRITE_CONFIG=1`.
    @Test func `config.yaml has every key with its default and its comment, and nothing else`() throws {
        let file = Self.repository.appending(path: "config.yaml")
        if ProcessInfo.processInfo.environment["UTTER_WRITE_CONFIG"] != nil {
            try Data(Settings.defaultFile.utf8).write(to: file)
        }
        #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == Settings.defaultFile)
    }

    @Test func `The default file means exactly the defaults`() throws {
        var settings = try load(Settings.defaultFile)
        let keys = Settings.sections.flatMap { section in section.fields.map(section.path) }
        let prompts = ["story", "science"].flatMap { ["\($0).system_prompt", "\($0).system_prompt_zh"] }
        let personaKeys = (Settings.personaFields.map { "assistant.\($0.name)" } + prompts).map { "personas.\($0)" }
        #expect(Set(settings.origins.keys) == Set(keys + personaKeys))
        settings.origins = [:]
        settings.file = nil
        #expect(settings == Settings())
    }

    @Test func `Each line of the default file is no wider than 100 columns, and each key has a comment above it`() {
        let lines = Settings.defaultFile.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 100 })
        let explained = lines.prefix { $0 != "  science:" }
        for (line, above) in zip(explained.dropFirst(), explained) where line.hasPrefix("  ") && !line.contains("#") {
            let isPersonaName = line == "  assistant:"
            #expect(above.contains("#") || isPersonaName, "\(line)")
        }
    }

    @Test func `The rendered settings parse back to the same settings`() throws {
        var settings = try load(
            """
            model:
              name: "odd \\"name\\" # \\u202e"
              system_prompt: "two\\nlines: {x}"
              options: {b: [1, "2", true], a: 1.5e-7, "c d": "x"}
              first_byte_timeout_s: 0
              keep_alive: ""
            playback: {ahead_s: 0.75, longest_answer_min: 0.1}
            text: {sentence_ends: {add: "\\"", remove: "。"}}
            personas: {"日本": {template: "{prompt}?"}}
            """,
            environment: ["UTTER_SPEECH_PITCH": "12"])
        var again = try load(settings.rendered())
        again.origins = [:]
        settings.origins = [:]
        #expect(again == settings)
    }

    @Test func `The rendered settings say where each value comes from`() throws {
        let settings = try load("speech: {rate_wpm: 200}", environment: ["UTTER_SPEECH_PITCH": "12"])
        let lines = settings.rendered().split(separator: "\n")
        #expect(lines.first == "# File: config.yaml")
        #expect(lines.contains("  rate_wpm: 200  # config.yaml:1:20"))
        #expect(lines.contains("  pitch: 12  # UTTER_SPEECH_PITCH"))
        #expect(lines.contains("  volume: 100  # default"))
    }

    @Test(arguments: [
        ("https://me:secret@box:1/x", "https://***@box:1/x"), ("https://box/a@b", "https://box/a@b"),
        ("me:secret@box", "***@box"),
    ])
    func `A password in the address is masked when shown`(url: String, shown: String) throws {
        let settings = try load("model: {url: \"\(url)\"}")
        #expect(settings.model.url == url)
        #expect(settings.rendered().contains("  url: \"\(shown)\"  #"))
        #expect(!settings.rendered().contains("secret"))
    }
}
