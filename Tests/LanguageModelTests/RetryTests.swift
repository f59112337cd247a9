// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

/// What is asked again before the first word, and how often.
@Suite("A question that was rejected")
struct RetryTests {
    private let clock = ManualClock()
    private let listener = Listener()

    @Test("is asked once more without think if the model doesn't support it", arguments: Provider.allCases)
    func withoutThink(provider: Provider) async throws {
        try await FaultServer.run { request, connection in
            guard request.text.contains("think") else {
                return switch provider {
                case .ollama, .ollamaGenerate: try await connection.send(OllamaWire.chat(tokens: ["Hi"]))
                case .openAI: try await connection.send(OpenAIWire.chat(tokens: ["Hi"]))
                case .anthropic: try await connection.send(AnthropicWire.chat(tokens: ["Hi"]))
                }
            }
            let body = #"{"error":"registry.ollama.ai/library/tiny:latest does not support thinking"}"#
            try await connection.send(HTTPWire.reply(body, status: "400 Bad Request"))
        } while: { server in
            var request = ModelRequest.hello
            request.think = .on
            let summary = try await ModelServer(server, provider).answer(request, deliver: listener.hear)
            #expect(summary.finish == .stop)
            #expect(listener.notices == ["think_unsupported"])
            #expect(listener.events.count { $0 == .connected } == 1)
            #expect(server.requests.count == 2)
        }
    }

    @Test("without think is not asked again")
    func onlyOnce() async throws {
        try await FaultServer.run { _, connection in
            let body = #"{"error":"\"tiny\" does not support thinking"}"#
            try await connection.send(HTTPWire.reply(body, status: "400 Bad Request"))
        } while: { server in
            var request = ModelRequest.hello
            request.think = .low
            let fault = try await fault { try await ModelServer(server).answer(request) { _ in } }
            #expect(fault.code == .modelRefused)
            #expect(server.requests.count == 2)
        }
    }

    @Test("because the model is loading is asked again every second, up to the limit for the first token")
    func loading() {
        var recovery = RetryPolicy(mapper: .test, limits: .init(firstToken: .seconds(300)))
        let serverError = ServerError(status: 503, message: "Loading model")
        let steps = (1...301).map { _ in recovery.step(after: serverError, retryAfter: nil, asksToThink: false) }
        #expect(steps.first == .again(after: .seconds(1), FaultMapper.test.notice(.loading)))
        #expect(steps[1..<300].allSatisfy { $0 == .again(after: .seconds(1), nil) })
        #expect(steps.last == .giveUp)
    }

    @Test("gets a growing pause, up to the limit for a busy server")
    func busyPauses() {
        var recovery = RetryPolicy(mapper: .test, limits: .init(busy: .seconds(10)))
        let serverError = ServerError(status: 503, message: "server busy")
        let steps = (1...4).map { _ in recovery.step(after: serverError, retryAfter: nil, asksToThink: false) }
        #expect(
            steps == [
                .again(after: .seconds(1), FaultMapper.test.busyNotice), .again(after: .seconds(2), nil),
                .again(after: .seconds(4), nil), .giveUp,
            ])
    }

    @Test("gets the pause that the server requests, or none if that is too long")
    func retryAfter() {
        var recovery = RetryPolicy(mapper: .test, limits: .init(busy: .seconds(10)))
        let serverError = ServerError(status: 429, message: "slow down")
        let wished = recovery.step(after: serverError, retryAfter: .seconds(3), asksToThink: false)
        #expect(wished == .again(after: .seconds(3), FaultMapper.test.busyNotice))
        #expect(recovery.step(after: serverError, retryAfter: .seconds(60), asksToThink: false) == .giveUp)
    }

    @Test(
        "is asked no sooner and no longer if the server requests no pause",
        arguments: [Duration.zero, .seconds(-5), .milliseconds(1)])
    func noPauseWished(wish: Duration) {
        var busy = RetryPolicy(mapper: .test, limits: .init(busy: .seconds(10)))
        let crowd = ServerError(status: 429, message: "slow down")
        let pauses = (1...4).map { _ in busy.step(after: crowd, retryAfter: wish, asksToThink: false) }
        #expect(pauses.dropFirst() == [.again(after: .seconds(2), nil), .again(after: .seconds(4), nil), .giveUp])

        var loading = RetryPolicy(mapper: .test, limits: .init(firstToken: .seconds(300)))
        let start = ServerError(status: 503, message: "Loading model")
        let steps = (1...301).map { _ in loading.step(after: start, retryAfter: wish, asksToThink: false) }
        #expect(steps[1..<300].allSatisfy { $0 == .again(after: .seconds(1), nil) })
        #expect(steps.last == .giveUp)
    }

    @Test(
        "has a requested pause that is short enough to wait for",
        arguments: [
            ("3", Duration.seconds(3)), ("-3", .zero), ("9223372036854775807", .seconds(86_400)), ("soon", nil),
            ("99999999999999999999", nil),
        ])
    func wishes(header: String, pause: Duration?) async throws {
        try await FaultServer.run { _, connection in
            let more = ["Retry-After: \(header)"]
            try await connection.send(HTTPWire.reply("{}", status: "503 Service Unavailable", more: more))
        } while: { server in
            let reply = try await HTTPClient().send(HTTPRequest(.get, ServerAddress(server.url).ollama("/")))
            #expect(reply.retryAfter == pause)
        }
    }

    @Test("is asked again over the network, and succeeds", arguments: ["0", nil])
    func busyOverHTTP(retryAfter: String?) async throws {
        let isFirst = Gate()
        try await FaultServer.run { _, connection in
            if isFirst.isSet { return try await connection.send(OllamaWire.chat(tokens: ["Hi"])) }
            isFirst.open()
            let more = retryAfter.map { ["Retry-After: \($0)"] } ?? []
            let body = #"{"error":"server busy"}"#
            try await connection.send(HTTPWire.reply(body, status: "503 Service Unavailable", more: more))
        } while: { server in
            let model = try ModelServer(server, clock: clock)
            async let summary = model.answer(.hello, deliver: listener.hear)
            try await listener.noticed.opened()
            await clock.sleepers(1)
            clock.advance(by: .seconds(1))
            #expect(try await summary.finish == .stop)
            #expect(listener.notices == ["model_busy"])
        }
    }

    @Test("for any other reason is not asked again", arguments: [400, 401, 404, 500, 502])
    func others(status: Int) {
        var recovery = RetryPolicy(mapper: .test, limits: .init())
        let serverError = ServerError(status: status, message: "no")
        #expect(recovery.step(after: serverError, retryAfter: nil, asksToThink: true) == .giveUp)
    }
}
