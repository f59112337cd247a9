// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonService
import LanguageModel
import Settings
import Speech
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import Assistant

@Suite("The model that answers if none is named", .timeLimit(.minutes(10)))
struct ChosenModelTests {
    private static let answering = OllamaWire.server { _, connection in
        try await connection.send(OllamaWire.chat(tokens: ["Hello."]))
    }

    private static func lists(_ server: FaultServer) -> Int {
        server.requests.count { $0.path == "/api/tags" }
    }

    private static func parts(_ server: FaultServer) async throws -> ConfiguredAnswers {
        var settings = Settings()
        settings.model.url = server.url
        // A machine that runs many tests may be slow.
        settings.model.connectTimeout = .seconds(60)
        return try await ConfiguredAnswers(settings, engine: ESpeakEngine.start(), environment: [:])
    }

    /// - Returns: the codes of the notices.
    private static func ask(_ parts: ConfiguredAnswers) async throws -> [String] {
        let codes = Mutex<[String]>([])
        let source = try parts.source(for: AskRequest(prompt: "Why?"), history: [])
        _ = try await source { event in
            if case .notice(let notice) = event { codes.withLock { $0.append(notice.code) } }
        }
        return codes.withLock { $0 }
    }

    @Test("is looked up once by the daemon, and announced with the first answer")
    func once() async throws {
        try await FaultServer.run(Self.answering) { server in
            let parts = try await Self.parts(server)
            #expect(try await parts.preload().model == "tiny:latest")
            #expect(try await Self.ask(parts) == ["model_chosen"])
            #expect(try await Self.ask(parts) == [])
            #expect(Self.lists(server) == 1)
        }
    }

    @Test("is not looked up if the question names one")
    func named() async throws {
        try await FaultServer.run(Self.answering) { server in
            let source = try await Self.parts(server).source(
                for: AskRequest(prompt: "Why?", model: "other"), history: [])
            _ = try await source { _ in }
            #expect(Self.lists(server) == 0)
            let asked = try #require(server.requests.last { $0.path == "/api/chat" })
            #expect(String(decoding: asked.body, as: UTF8.self).contains(#""model":"other""#))
        }
    }

    @Test("is looked up again after it has failed")
    func failed() async throws {
        let script = OllamaWire.server { _, connection in
            try await connection.send(HTTPWire.reply(#"{"error":"model 'tiny' not found"}"#, status: "404 Not Found"))
        }
        try await FaultServer.run(script) { server in
            let parts = try await Self.parts(server)
            for _ in 1...2 { await #expect(throws: Fault.self) { try await Self.ask(parts) } }
            #expect(Self.lists(server) == 2)
        }
    }

    @Test("is looked up again after ten minutes")
    func old() async throws {
        try await FaultServer.run(Self.answering) { server in
            let clock = ManualClock()
            let (chosen, model) = (
                ChosenModel(clock: clock),
                ModelServer(
                    .init(address: try ServerAddress(server.url), limits: .init(connect: .seconds(60))))
            )
            for seconds in [0, 599, 1] {
                clock.advance(by: .seconds(seconds))
                #expect(try await chosen.name(on: model) == "tiny:latest")
            }
            #expect(Self.lists(server) == 2)
        }
    }
}
