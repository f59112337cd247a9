// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonService
import Host
import LanguageModel
import Logging
import Pipeline
import Settings
import Speech
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import Assistant

@Suite("Model servers in order of preference", .timeLimit(.minutes(10)))
struct ModelServersTests {
    /// Two servers that fail on demand, and what was heard of them.
    private final class Scene: Sendable {
        let clock = ManualClock()
        let servers: ModelServers
        private let faults = Mutex<[Int: Fault]>([:])
        private let heard = Mutex<[String]>([])

        init() throws {
            func server(_ port: Int) throws -> ModelServer {
                ModelServer(.init(address: try ServerAddress("http://127.0.0.1:\(port)")))
            }
            servers = ModelServers(
                try server(1), fallbacks: [.init(server: try server(2), model: nil)],
                failed: FailedServers(clock: clock))
        }

        func fail(_ port: Int, with code: Fault.Code?) {
            faults.withLock { $0[port] = code.map { Fault($0, "It failed.") } }
        }

        /// - Parameter cut: the text before a server fails.
        /// - Returns: what was delivered: text as `1:Hi`, notices by their codes.
        func ask(cut: String? = nil) async throws -> [String] {
            heard.withLock { $0 = [] }
            _ = try await servers.answer({ event in
                self.heard.withLock { heard in
                    switch event {
                    case .text(let text): heard.append(text)
                    case .notice(let notice): heard.append(notice.code)
                    case .connected, .thinking: break
                    }
                }
            }) { candidate, deliver in
                let port = candidate.address.port
                let fault = self.faults.withLock { $0[port] }
                if let fault {
                    if let cut { try await deliver(.text("\(port):\(cut)")) }
                    throw fault
                }
                try await deliver(.text("\(port):Hi"))
                return ModelSummary(finish: .stop)
            }
            return heard.withLock { $0 }
        }

        var lastHeard: [String] { heard.withLock { $0 } }
    }

    @Test("another one answers, which is announced once, until a minute later the first answers again")
    func failover() async throws {
        let scene = try Scene()
        #expect(try await scene.ask() == ["1:Hi"])
        scene.fail(1, with: .modelUnreachable)
        #expect(try await scene.ask() == ["model_server_failed", "2:Hi"])
        #expect(try await scene.ask() == ["2:Hi"])
        scene.clock.advance(by: .seconds(60))
        #expect(try await scene.ask() == ["2:Hi"])  // still fails, and is not announced again
        scene.fail(1, with: nil)
        #expect(try await scene.ask() == ["2:Hi"])  // not yet asked again
        scene.clock.advance(by: .seconds(60))
        #expect(try await scene.ask() == ["model_server_back", "1:Hi"])
        #expect(try await scene.ask() == ["1:Hi"])
    }

    @Test(
        "after a fault of the server, another one is asked",
        arguments: [
            .modelUnreachable, .modelFailed, .modelBusy, .modelSilent, .modelProtocol, .modelUnauthorized,
            .modelNoneInstalled, .modelTruncated, .modelOutOfMemory,
        ] as [Fault.Code])
    func faults(_ code: Fault.Code) async throws {
        let scene = try Scene()
        scene.fail(1, with: code)
        #expect(try await scene.ask().last == "2:Hi")
    }

    @Test("a fault of the request ends the answer", arguments: [.modelRefused, .modelNotFound, .usage] as [Fault.Code])
    func refusals(_ code: Fault.Code) async throws {
        let scene = try Scene()
        scene.fail(1, with: code)
        await #expect { try await scene.ask() } throws: { ($0 as? Fault)?.code == code }
        #expect(scene.lastHeard.isEmpty)
    }

    @Test("after the first word no other server is asked, since the beginning would be heard twice")
    func cut() async throws {
        let scene = try Scene()
        scene.fail(1, with: .modelTruncated)
        await #expect { try await scene.ask(cut: "Once") } throws: { ($0 as? Fault)?.code == .modelTruncated }
        #expect(scene.lastHeard == ["1:Once"])
    }

    @Test("if none answers, the preferred server's fault is reported")
    func none() async throws {
        let scene = try Scene()
        scene.fail(1, with: .modelUnreachable)
        scene.fail(2, with: .modelBusy)
        await #expect { try await scene.ask() } throws: { ($0 as? Fault)?.code == .modelUnreachable }
    }

    @Test("a fallback that lacks its model is treated like one that can't be reached")
    func fallbackWithoutModel() async throws {
        let scene = try Scene()
        scene.fail(1, with: .modelUnreachable)
        scene.fail(2, with: .modelNotFound)
        await #expect { try await scene.ask() } throws: { ($0 as? Fault)?.code == .modelUnreachable }
    }

    @Test("one that failed recently is still asked if the others fail too")
    func lastResort() async throws {
        let scene = try Scene()
        scene.fail(1, with: .modelUnreachable)
        _ = try await scene.ask()
        scene.fail(1, with: nil)
        scene.fail(2, with: .modelUnreachable)
        #expect(try await scene.ask() == ["model_server_failed", "model_server_back", "1:Hi"])
    }
}

@Suite("The daemon's model servers", .timeLimit(.minutes(10)))
struct DaemonModelServersTests {
    private static func answering(_ text: String, isUp: @escaping @Sendable () -> Bool = { true }) -> FaultServer.Script
    {
        OllamaWire.server { _, connection in
            guard isUp() else {
                return try await connection.send(HTTPWire.reply("down", status: "502 Bad Gateway", type: "text/plain"))
            }
            try await connection.send(OllamaWire.chat(tokens: [text]))
        }
    }

    private static func answers(
        _ first: FaultServer, _ second: FaultServer, environment: [String: String] = [:]
    ) async throws -> ConfiguredAnswers {
        var settings = Settings()
        settings.model.url = first.url
        settings.model.fallbackServers = [FallbackServer(url: second.url, name: "other")]
        settings.model.connectTimeout = .seconds(60)
        return try await ConfiguredAnswers(settings, engine: ESpeakEngine.start(), environment: environment)
    }

    private static func ask(_ answers: ConfiguredAnswers) async throws -> [String] {
        let heard = Mutex<[String]>([])
        _ = try await answers.source(for: AskRequest(prompt: "Why?"), history: [])({ event in
            heard.withLock { heard in
                switch event {
                case .text(let text): heard.append(text)
                case .notice(let notice): heard.append(notice.code)
                case .connected, .thinking: break
                }
            }
        })
        return heard.withLock { $0 }
    }

    @Test("each is asked for its own model with its own key")
    func modelsAndKeys() async throws {
        try await FaultServer.run(Self.answering("One.", isUp: { false })) { first in
            try await FaultServer.run(Self.answering("Two.")) { second in
                let keys = ["UTTER_MODEL_API_KEY": "first", "UTTER_MODEL_API_KEY_1": "second"]
                let answers = try await Self.answers(first, second, environment: keys)
                #expect(try await Self.ask(answers) == ["model_chosen", "model_server_failed", "Two."])
                let asked = try #require(second.requests.last)
                #expect(String(decoding: asked.body, as: UTF8.self).contains(#""model":"other""#))
                #expect(asked.headers["authorization"] == "Bearer second")
                let other = try await Self.answers(first, second, environment: ["UTTER_MODEL_API_KEY": "first"])
                _ = try await Self.ask(other)
                #expect(try #require(second.requests.last).headers["authorization"] == nil)
            }
        }
    }

    @Test("the daemon is ready with the second, monitors the first, and returns to it after two good checks")
    func watched() async throws {
        let isUp = Atomic(false)
        try await FaultServer.run(Self.answering("One.", isUp: { isUp.load(ordering: .acquiring) })) { first in
            try await FaultServer.run(Self.answering("Two.")) { second in
                let answers = try await Self.answers(first, second)
                let clock = ManualClock()
                let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                let name = "@utter-test-\(UInt64.random(in: .min ... .max))"
                let (manager, notifier) = (try DatagramSocket(name), Notifier(environment: ["NOTIFY_SOCKET": name]))
                let warmUp = WarmUp(notifier: notifier, logger: silent, clock: clock)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    defer { group.cancelAll() }
                    group.addTask { await warmUp.run() }
                    warmUp.load(answers)
                    await clock.sleepers(1)
                    #expect(warmUp.missing == nil)
                    #expect(warmUp.address == second.url)
                    let without = try await Self.ask(answers)
                    #expect(without == ["Two."])
                    isUp.store(true, ordering: .releasing)
                    clock.advance(by: .seconds(1))
                    await clock.sleepers(1)
                    #expect(warmUp.address == second.url)
                    let meanwhile = try await Self.ask(answers)
                    #expect(meanwhile == ["Two."])
                    clock.advance(by: .seconds(1))
                    // The status is sent once the address has changed. For a fallback, it includes the address.
                    while let status = await manager.next(),
                        !status.hasPrefix("STATUS=Ready: ") || status.contains(" at ")
                    {}
                    #expect(warmUp.address == first.url)
                    let back = try await Self.ask(answers)
                    #expect(back.contains("model_server_back") && back.last == "One.")
                }
            }
        }
    }
}
