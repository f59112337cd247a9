// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonService
import LanguageModel
import Pipeline
import Settings
import Speech
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import Assistant

@Suite("The daemon's answers")
struct ConfiguredAnswersTests {
    private static func parts(_ edit: (inout Settings) -> Void = { _ in }) async throws -> ConfiguredAnswers {
        var settings = Settings()
        settings.personas["story"]?.voice = "en-gb"
        edit(&settings)
        return try await ConfiguredAnswers(settings, engine: ESpeakEngine.start(), environment: [:])
    }

    private static func voice(
        persona: String? = nil, _ delivery: Delivery = Delivery(policy: .queue), _ controls: Controls = Controls()
    ) async throws -> VoiceParameters {
        try await parts().parameters(persona: persona, delivery: delivery, controls: controls).voice
    }

    @Test("the request takes precedence over the controls, and those over the persona and the settings")
    func precedence() async throws {
        var controls = Controls()
        #expect(try await Self.voice().rate == 175)
        #expect(try await Self.voice(persona: "story").voice == "en-gb")
        (controls.rate, controls.voice, controls.volume) = (200, "de", 50)
        let controlled = try await Self.voice(persona: "story", Delivery(policy: .queue), controls)
        #expect(controlled.rate == 200 && controlled.voice == "de" && controlled.volume == 50)
        let asked = try await Self.voice(Delivery(policy: .queue, voice: "fr", rate: 300), controls)
        #expect(asked.rate == 300 && asked.voice == "fr" && asked.volume == 50)
        #expect(try await Self.voice(persona: "story", Delivery(policy: .queue, voice: "auto")).voice == "auto")
    }

    @Test(
        "Latin text is read in the language of the locale, or in English if that isn't written in Latin letters",
        arguments: [
            ("zh-CN", "en-us"), ("zh", "en-us"), ("ru-RU", "en-us"), ("en", "en-us"), ("en-GB", "en-gb"),
            ("de-AT", "de-at"),
        ])
    func latinText(locale: String, voice: String) {
        var settings = Settings()
        settings.localeLanguage = locale
        #expect(settings.voiceParameters.language == voice)
    }

    @Test("voice settings that can't be used are rejected")
    func refusals() async throws {
        let wrong: [(String?, Delivery, Fault.Code)] = [
            ("pirate", Delivery(policy: .queue), .usage), (nil, Delivery(policy: .queue, rate: 1_000), .usage),
            (nil, Delivery(policy: .queue, voice: "klingonese"), .voiceUnknown),
            (nil, Delivery(policy: .queue, voice: "de+nobody"), .voiceUnknown),
        ]
        for (persona, delivery, code) in wrong {
            let fault = await #expect(throws: Fault.self) { try await Self.voice(persona: persona, delivery) }
            #expect(fault?.code == code)
        }
    }

    @Test("a question's listener is told to wait as configured, but not the listener of a text")
    func signals() async throws {
        let parts = try await Self.parts {
            $0.playback.earcons = true
            $0.speech.thinkingAfter = .seconds(7)
        }
        let delivery = Delivery(policy: .queue)
        let asked = try parts.parameters(persona: nil, delivery: delivery, controls: Controls(), question: "Why?")
            .signals
        #expect(asked.earcons && asked.stillThinking == .seconds(7) && asked.question == "Why?")
        let read = try parts.parameters(persona: nil, delivery: delivery, controls: Controls()).signals
        #expect(read.earcons && read.question == nil)
    }

    @Test("questions that can't be asked are rejected")
    func questions() async throws {
        let parts = try await Self.parts { settings in
            settings.personas["guide"] = settings.personas["assistant"]
            settings.personas["guide"]?.template = PromptTemplate("About {topic}: {prompt}") ?? .bare
        }
        _ = try parts.source(
            for: AskRequest(prompt: "Why?", persona: "guide", variables: ["topic": "sky"]), history: [])
        let wrong = [
            AskRequest(prompt: "Why?", persona: "guide"), AskRequest(prompt: "Why?", variables: ["topic": "sky"]),
            AskRequest(prompt: "Why?", persona: "pirate"),
        ]
        for request in wrong {
            #expect(throws: Fault.self) { try parts.source(for: request, history: []) }
        }
    }

    @Test("the configured voices must be installed")
    func settingsVoices() async {
        let wrong: [@Sendable (inout Settings) -> Void] = [
            { $0.speech.voice = "klingonese" }, { $0.personas["science"]?.voice = "klingonese" },
        ]
        for edit in wrong {
            await #expect(throws: Fault.self) { try await Self.parts(edit) }
        }
    }

    @Test(
        "the demo never answers in place of a server or a model that was named",
        arguments: [{ $0.model.url = "http://127.0.0.1:9" }, { $0.model.name = "tiny" }, { $0.model.demo = false }]
            as [@Sendable (inout Settings) -> Void])
    func noDemo(_ name: @Sendable (inout Settings) -> Void) async throws {
        var settings = Settings()
        #expect(settings.fallsBackToDemo)
        name(&settings)
        #expect(!settings.fallsBackToDemo)
        let fault = await #expect(throws: Fault.self) {
            try await Self.codes(of: try Self.question(settings, at: Self.nobody))
        }
        #expect(fault?.code == .modelUnreachable)
    }

    @Test("the demo answers until a server does, and never after that")
    func demo() async throws {
        let chosenModel = ChosenModel()
        let before = try Self.question(Settings(), at: Self.nobody, chosenModel)
        #expect(try await Self.codes(of: before) == ["demo_model"])
        try await FaultServer.run(
            OllamaWire.server { _, connection in try await connection.send(OllamaWire.chat(tokens: ["Hello."])) }
        ) { server in
            let started = try Self.question(Settings(), at: server.url, chosenModel)
            #expect(try await Self.codes(of: started) == ["model_chosen"])
        }
        let fault = await #expect(throws: Fault.self) {
            try await Self.codes(of: try Self.question(Settings(), at: Self.nobody, chosenModel))
        }
        #expect(fault?.code == .modelUnreachable)
    }

    /// Nobody listens on the discard port.
    private static let nobody = "http://127.0.0.1:9"

    /// A question to a server that isn't in the settings.
    private static func question(
        _ settings: Settings, at url: String, _ chosenModel: ChosenModel = ChosenModel()
    ) throws -> Question {
        var named = settings
        named.model.url = url
        named.model.connectTimeout = .seconds(60)
        return Question(
            prompt: "Why?", messages: [.init(.user, "Why?")], settings: settings, options: [:],
            servers: ModelServers(try named.modelServer(environment: [:]), chosen: chosenModel))
    }

    /// - Returns: the codes of the answer's notices.
    private static func codes(of question: Question) async throws -> [String] {
        let codes = Mutex<[String]>([])
        _ = try await question.source { event in
            if case .notice(let notice) = event { codes.withLock { $0.append(notice.code) } }
        }
        return codes.withLock { $0 }
    }
}
