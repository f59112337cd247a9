// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import LanguageModel
import Settings
import Speech
import Testing
import Utterance
import VoiceServers

@testable import Assistant

@Suite("The voice servers in the settings") struct VoiceServerSettingsTests {
    private func tcp(_ host: String, _ port: Int) -> VoiceServer.Interface {
        .wyoming(.tcp(host: host, port: port, isSecure: false))
    }

    private func openAI(_ url: String, key: String? = nil) throws -> VoiceServer.Interface {
        .openAI(try ServerAddress(url).versioned(""), key: key, model: "tts-1", rate: 24_000)
    }

    private func server(_ url: String, key: String? = nil) throws -> VoiceServer {
        try VoiceServer(VoiceServerEntry(url: url), key: key)
    }

    @Test("are named after their hosts, and Wyoming's have a default port")
    func addresses() throws {
        #expect(try server("tcp://10.0.0.5:1234").interface == tcp("10.0.0.5", 1_234))
        #expect(try server("tcp://piper.local").interface == tcp("piper.local", 10_200))
        #expect(try server("tcp://[fd00::1]:99").interface == tcp("fd00::1", 99))
        #expect(try server("TCP://0.0.0.0:1").interface == tcp("127.0.0.1", 1))
        #expect(try server("unix:///run/piper.sock").interface == .wyoming(.unix(path: "/run/piper.sock")))
        #expect(try server("http://k:8880").interface == openAI("http://k:8880/v1"))
        #expect(try server("http://k:8880/v1/").interface == openAI("http://k:8880"))
        #expect(try server("tcp://piper.local").name == "piper.local:10200")
        #expect(try server("unix:///run/piper.sock").name == "piper.sock")
    }

    @Test(
        "with an invalid address are rejected",
        arguments: ["tcp://a/b", "tcp://a b", "unix://x", "http://a@b"])
    func invalid(url: String) {
        #expect(throws: Fault.self) { try server(url) }
    }

    @Test("get their own keys, which never cross a network unencrypted")
    func keys() throws {
        var settings = Settings()
        settings.speech.voiceServers = [
            VoiceServerEntry(url: "https://a"), VoiceServerEntry(url: "http://127.0.0.1:1"),
        ]
        let environment = ["UTTER_SPEECH_API_KEY_1": "one", "UTTER_SPEECH_API_KEY_2": "two"]
        let servers = try settings.voiceServers(environment: environment)
        #expect(
            try servers.map(\.interface) == [openAI("https://a", key: "one"), openAI("http://127.0.0.1:1", key: "two")])
        settings.speech.voiceServers = [VoiceServerEntry(url: "http://10.0.0.5")]
        #expect(throws: Fault.self) { try settings.voiceServers(environment: environment) }
        #expect(try settings.voiceServers(environment: [:]).count == 1)
    }

    @Test("of OpenAI's format are reached through the environment's proxy, unless they are on this machine or excepted")
    func proxy() throws {
        let environment = [
            "http_proxy": "http://proxy:3128", "https_proxy": "http://tls:1", "no_proxy": "near.example",
        ]
        func proxy(_ url: String) throws -> HTTPServer? {
            var settings = Settings()
            settings.speech.voiceServers = [VoiceServerEntry(url: url)]
            return try settings.voiceServers(environment: environment).first?.proxy
        }
        #expect(try proxy("http://far.example:8880") == .tcp(host: "proxy", port: 3128, isSecure: false))
        #expect(try proxy("https://far.example") == .tcp(host: "tls", port: 1, isSecure: false))
        for url in ["http://near.example", "http://127.0.0.1:1", "tcp://far.example", "unix:///run/p.sock"] {
            #expect(try proxy(url) == nil)
        }
    }

    @Test("come before eSpeak NG; without any there is only eSpeak NG")
    func engine() async throws {
        var settings = Settings()
        #expect(try await SpeechEngines.start(settings, environment: [:]) is ESpeakEngine)
        var entry = VoiceServerEntry(url: "tcp://127.0.0.1:1")
        (entry.name, entry.voice) = ("piper", "en_US-joe-medium")
        settings.speech.voiceServers = [entry]
        settings.speech.voice = "piper"
        let engine = try await SpeechEngines.start(settings, environment: [:])
        #expect(engine.name.hasPrefix("eSpeak NG"))
        #expect(engine.voices.first?.identifier == "piper/en_US-joe-medium")
        #expect(engine.voice(for: "en", settings.voiceParameters).voice.shortName == "piper/en_US-joe-medium")
        #expect(engine.voice(for: "zh", settings.voiceParameters).voice.shortName.hasPrefix("cmn"))
        settings.speech.voice = "nobody"
        await #expect(throws: Fault.self) { try await SpeechEngines.start(settings, environment: [:]) }
    }
}
