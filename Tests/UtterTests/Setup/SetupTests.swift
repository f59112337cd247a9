// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Playback
import Settings
import Synchronization
import TestSupport
import Testing
import Utterance
import VoiceServers

@testable import utter

@Suite struct SetupTests {
    /// What was said, and where.
    private final class Speaker: Sendable {
        private let log = Mutex<[String]>([])
        var said: [String] { log.withLock { $0 } }

        func speak(_ text: String, _ settings: Settings) -> Fault? {
            guard settings.playback.device != "plughw:CARD=B" else { return Fault(.deviceBusy, "Busy.") }
            log.withLock { $0.append("\(settings.playback.device) at \(settings.speech.volume): \(text)") }
            return nil
        }
    }

    private let speaker = Speaker()
    private let devices = [
        "null", "default", "hw:CARD=A", "plughw:CARD=A", "surround51:CARD=A", "plughw:CARD=B", "mine",
    ]
    .map { PlaybackDevice(name: $0, description: "") }

    /// Runs setup with a server that has `models`; `nil`: without a server.
    private func run(
        _ answers: [String], models: [String]? = ["tiny:latest", "other:latest"], settings: Settings = Settings(),
        voiceServers: [FoundVoiceServer] = [], isChinese: Bool = false
    ) async throws -> (isComplete: Bool, changes: [String], screen: String) {
        var settings = settings
        settings.model.connectTimeout = .seconds(100)  // a machine that is busy with other tests may be slow
        return try await FaultServer.run(OllamaWire.server(models: models ?? []) { _, _ in }) { [settings] server in
            let address = try ServerAddress(models == nil ? "http://127.0.0.1:1" : server.url)
            let world = SetupWorld(
                servers: { _ in [ModelServer(.init(address: address, limits: .init(connect: .seconds(100))))] },
                devices: { [devices] in devices },
                speak: { [speaker] text, settings in speaker.speak(text, settings) },
                pull: { _, _ in }, voiceServers: { voiceServers })
            var setup = Setup(
                person: ScriptedDialogue(answers), world: world, settings: settings,
                words: Bilingual(isChinese: isChinese))
            let isComplete = try await setup.run()
            let changes = setup.changes.map { "\($0.section).\($0.key): \($0.value.written)" }
            return (isComplete, changes.filter { !$0.hasPrefix("model.url") }, setup.person.screen)
        }
    }

    @Test("Each device worth trying says its number, and the one that was heard is chosen")
    func device() async throws {
        let result = try await run(["", "2", "", ""])
        #expect(result.isComplete)
        #expect(
            speaker.said == [
                "default at 100: Number 1.", "plughw:CARD=A at 100: Number 2.", "mine at 100: Number 4.",
                "plughw:CARD=A at 100: This is how loud I speak.",
            ])
        #expect(result.changes == ["model.name: \"tiny:latest\"", "playback.device: \"plughw:CARD=A\""])
        #expect(result.screen.contains("3  plughw:CARD=B    (can't be opened)"))
    }

    @Test("A user who heard nothing can repeat the numbers, and a device that can't be opened can't be chosen")
    func nothingHeard() async throws {
        let result = try await run(["", "0", "y", "3", "4", "", ""])
        #expect(speaker.said.count { $0.contains("Number 1.") } == 2)
        #expect(result.screen.contains("Device 3 can't be opened; choose one of 1, 2, 4, or 0: 4"))
        #expect(result.changes.contains("playback.device: \"mine\""))
    }

    @Test("What is typed while a device speaks is neither shown nor taken as an answer")
    func typedMeanwhile() async throws {
        let screen = try await run(["", "1", "", ""]).screen
        let ignored = screen.split(separator: "<").dropFirst().compactMap { $0.split(separator: ">").first }
        #expect(ignored.count == 2)
        #expect(ignored.first?.contains("1  default") == true && ignored.first?.contains("4  mine") == true)
        #expect(screen.contains(">   Which number did you hear") && screen.contains("<>   Volume in percent"))
    }

    @Test("The volume is tried until it is right")
    func volume() async throws {
        let result = try await run(["", "", "300", "60", "", ""])
        #expect(speaker.said.suffix(2).map { $0.prefix(14) } == ["default at 100", "default at 60:"])
        #expect(result.changes.contains("speech.volume: 60"))
        #expect(result.screen.contains("A number from 0 to 200, please: 60"))
    }

    @Test(
        "The model is chosen by its number; 0 leaves it to the program",
        arguments: [("2", ["model.name: \"other:latest\""]), ("0", [])])
    func model(answer: String, changes: [String]) async throws {
        #expect(try await run([answer, "", "", ""]).changes == changes)
    }

    @Test("An unknown language is asked for again")
    func language() async throws {
        let result = try await run(["0", "", "", "Deutsch!", "de"])
        #expect(result.changes == ["text.language: \"de\""])
        #expect(result.screen.contains("There is no language \"Deutsch!\"; en, de, fr …, or auto: de"))
    }

    @Test("A voice server that is found is offered with the voices that read the language")
    func voiceServer() async throws {
        let voices = [("en_US-joe-medium", ["en_US"]), ("zh_CN-x", ["zh_CN"]), ("en_GB-alan", ["en_GB"])]
        let server = FoundVoiceServer(
            url: "tcp://127.0.0.1:10200", name: "piper", voices: voices.map { ServerVoice(name: $0.0, languages: $0.1) }
        )
        let result = try await run(["0", "", "", "", "2"], voiceServers: [server])
        #expect(result.screen.contains("6. Natural voice: a voice server answers at tcp://127.0.0.1:10200."))
        #expect(result.screen.contains("1  en_US-joe-medium") && !result.screen.contains("zh_CN-x"))
        let list = #"[{"name": "piper", "url": "tcp://127.0.0.1:10200", "voice": "en_GB-alan"}]"#
        #expect(result.changes == ["speech.voice_servers: \(list)"])
        // Piper would download one that it doesn't have.
        #expect(try await run(["0", "", "", "", ""], voiceServers: [server]).changes == [])
        var single = server
        single.voices = [ServerVoice(name: "af_heart", languages: [])]
        let unknown = try await run(["0", "", "", "", ""], voiceServers: [single]).changes
        #expect(unknown.first?.contains(#""languages": ["en"]"#) == true)
    }

    @Test("A value that is already in effect is not a change")
    func unchanged() async throws {
        var settings = Settings()
        settings.model.name = "other"
        settings.playback.device = "mine"
        let result = try await run(["", "", "", ""], settings: settings)
        #expect(result.changes == ["model.name: \"other:latest\""])
    }

    @Test("Without a server setup continues; without a model one is offered")
    func missing() async throws {
        let without = try await run(["", "", "", ""], models: nil)
        #expect(without.isComplete)
        #expect(without.screen.contains("Nothing answers at http://127.0.0.1:1."))
        let empty = try await run(["n", "", "", ""], models: [])
        #expect(empty.isComplete)
        #expect(empty.screen.contains("None is installed. Pull qwen2.5"))
    }

    @Test("An address can be given, whatever kind of server is there; an invalid one is explained")
    func address() async throws {
        let list = #"{"object":"list","data":[{"id":"gguf"}]}"#
        let script: FaultServer.Script = { request, connection in
            let isList = request.path == "/v1/models"
            try await connection.send(
                isList ? HTTPWire.reply(list) : HTTPWire.reply("404", status: "404 Not Found", type: "text/plain"))
        }
        try await FaultServer.run(script) { other in
            let result = try await run(["nowhere at all", other.url, "", "", "", ""], models: nil)
            #expect(result.isComplete)
            #expect(result.screen.contains("\"nowhere at all\" is not a model server's address"))
            #expect(result.screen.contains("A model server answers at \(other.url)."))
            #expect(result.changes.contains("model.provider: \"openai\""))
            #expect(result.changes.contains("model.name: \"gguf\""))
        }
    }

    @Test("The end of the input ends the questions, wherever it comes", arguments: 0..<4)
    func end(answers: Int) async throws {
        #expect(try await !run(Array(repeating: "", count: answers)).isComplete)
    }

    @Test("A Chinese locale is addressed in Chinese, on the screen and by the devices")
    func chinese() async throws {
        let result = try await run(["", "", "", ""], isChinese: true)
        #expect(result.screen.contains("扬声器"))
        #expect(!result.screen.contains("Loudspeaker"))
        #expect(speaker.said.contains("mine at 100: 4 号。"))
        #expect(Bilingual(isChinese: true)("no", "不") == "不")
        var settings = Settings()
        settings.localeLanguage = "zh-CN"
        #expect(Bilingual(settings).isChinese)
    }
}
