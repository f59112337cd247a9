// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Testing
import Utterance

@testable import Settings

@Suite struct SourceTests {
    /// Loads from `files`, each of which sets the model's name to its own path.
    private func nameFound(
        explicitPath: String? = nil, environment: [String: String] = [:], files: [String]
    ) throws(SettingsError) -> String? {
        try Settings.load(
            explicitPath: explicitPath, environment: environment,
            readFile: { path throws(SettingsError.Problem) in
                files.contains(path) ? Array("model: {name: \(path)}".utf8) : nil
            }
        ).model.name
    }

    @Test func `The file is looked for from the nearest place to the farthest`() throws {
        let environment = ["UTTER_CONFIG": "/b", "XDG_CONFIG_HOME": "/x", "HOME": "/h"]
        let user = "/x/utter/config.yaml"
        let system = "/etc/utter/config.yaml"
        let files = ["/a", "/b", user, "/h/.config/utter/config.yaml", system]
        #expect(try nameFound(explicitPath: "/a", environment: environment, files: files) == "/a")
        #expect(try nameFound(environment: environment, files: files) == "/b")
        #expect(try nameFound(environment: ["XDG_CONFIG_HOME": "/x", "HOME": "/h"], files: files) == user)
        #expect(try nameFound(environment: ["HOME": "/h"], files: files) == "/h/.config/utter/config.yaml")
        #expect(try nameFound(environment: ["XDG_CONFIG_HOME": "relative", "HOME": "/none"], files: files) == system)
        #expect(try nameFound(environment: ["UTTER_CONFIG": "", "HOME": "/h"], files: [system]) == system)
        #expect(try nameFound(environment: ["HOME": "/h"], files: []) == nil)
    }

    @Test func `A file that was named and does not exist is an error`() {
        #expect {
            try nameFound(explicitPath: "/none", files: ["/etc/utter/config.yaml"])
        } throws: {
            "\($0)" == "--config names \"/none\", which does not exist; correct the path or leave it out"
        }
        #expect {
            try nameFound(environment: ["UTTER_CONFIG": "/none"], files: [])
        } throws: {
            "\($0)" == "UTTER_CONFIG names \"/none\", which does not exist; correct the path or leave it out"
        }
    }

    @Test func `A file is read whole from disk; one that can't be read is an error`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "utter-settings-\(UUID()).yaml")
        let path = file.path(percentEncoded: false)
        try Data((String(repeating: "# \n", count: 50_000) + "speech: {pitch: 7}\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }

        #expect(try Settings.load(explicitPath: path, environment: [:]).speech.pitch == 7)
        #expect(try Settings.readFile("\(path)-none") == nil)
        #expect {
            try Settings.load(explicitPath: "/tmp", environment: [:])
        } throws: {
            "\($0)" == "can't read \"/tmp\": Is a directory"
        }
    }

    @Test func `The environment overrides the file`() throws {
        let yaml = "model: {name: a, options: {seed: 1}}\nspeech: {rate_wpm: 100}"
        let settings = try load(
            yaml,
            environment: [
                "UTTER_MODEL_NAME": "b: c", "UTTER_MODEL_OPTIONS": "{temperature: 0.5}", "UTTER_SPEECH_RATE_WPM": "",
                "UTTER_MODEL_KEEP_ALIVE": "300", "UTTER_MODEL_THINK": "false", "UTTER_SOCKET": "/run/x",
                "UTTER_CI": "1",
            ])
        #expect(settings.model.name == "b: c")
        #expect(settings.model.options == ["temperature": .number(0.5)])
        #expect(settings.model.keepAlive == .integer(300))
        #expect(settings.model.thinking == .off)
        #expect(settings.speech.rate == 100)
    }

    @Test(arguments: [
        ("UTTER_MODEL_NAEM", "x", "UTTER_MODEL_NAEM: no such setting; did you mean \"UTTER_MODEL_NAME\"?"),
        ("UTTER_SPEECH_PITCH", "high", "UTTER_SPEECH_PITCH: must be a whole number from 0 to 99, not \"high\""),
        ("UTTER_MODEL_OPTIONS", "{a: 1", "UTTER_MODEL_OPTIONS:2:1: not valid YAML: did not find expected ',' or '}'"),
        ("UTTER_MODEL_OPTIONS", "a", "UTTER_MODEL_OPTIONS:1:1: must be a map of names to values, not \"a\""),
        ("UTTER_MODEL_PERSONA", "pirat", "UTTER_MODEL_PERSONA: no persona is called \"pirat\""),
    ])
    func `A wrong variable is named`(variable: String, value: String, message: String) {
        #expect(problems("", environment: [variable: value]) == message)
    }

    @Test func `OLLAMA_HOST is kept unchanged, unless it is blank`() throws {
        #expect(try load(environment: ["OLLAMA_HOST": " 0.0.0.0 "]).ollamaHost == " 0.0.0.0 ")
        #expect(try load(environment: ["OLLAMA_HOST": " "]).ollamaHost == nil)
    }

    @Test(
        arguments: [
            ("", [:], false), ("model: {url: \"\", provider: ollama, name: x}", [:], false),
            ("model: {url: \"http://127.0.0.1:11434\"}", [:], true), ("model: {provider: openai}", [:], true),
            ("", ["OLLAMA_HOST": "10.0.0.2"], true), ("", ["OLLAMA_HOST": ""], false),
            ("", ["UTTER_MODEL_URL": "http://box"], true),
        ] as [(String, [String: String], Bool)])
    func `A server is named by the file or the environment`(yaml: String, environment: [String: String], named: Bool)
        throws
    {
        #expect(try load(yaml, environment: environment).namesServer == named)
    }
}
