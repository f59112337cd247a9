// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

@Suite("A conversation that has outgrown the model's context")
struct ContextTests {
    private let listener = Listener()

    /// A server that rejects more than a number of message bytes, like llama.cpp with one token per byte.
    private func withServer(
        holding limit: Int, saysHowMuch: Bool = true, _ body: (FaultServer, ModelServer) async throws -> Void
    ) async throws {
        try await FaultServer.run { request, connection in
            let size = Asked(request).contents.map(\.utf8.count).reduce(0, +)
            guard size > limit else { return try await connection.send(OpenAIWire.chat(tokens: ["Hi"])) }
            let numbers = saysHowMuch ? #","n_prompt_tokens":\#(size),"n_ctx":\#(limit)"# : ""
            let error =
                #"{"error":{"code":400,"message":"request (\#(size) tokens) exceeds the available context size "#
                + #"(\#(limit) tokens), try increasing it","type":"exceed_context_size_error"\#(numbers)}}"#
            try await connection.send(HTTPWire.reply(error, status: "400 Bad Request"))
        } while: { server in
            let configuration = ModelServer.Configuration(
                provider: .openAI, address: try ServerAddress(server.url))
            try await body(
                server, ModelServer(configuration, clock: ManualClock(), contexts: ContextLimits()))
        }
    }

    /// The contents of a request.
    private struct Asked: Decodable {
        struct Message: Decodable {
            var content: String
        }

        var messages: [Message]
        var contents: [String] { messages.map(\.content) }

        init(_ request: FaultServer.Request) {
            messages = (try? JSONDecoder().decode(Asked.self, from: Data(request.body)).messages) ?? []
        }
    }

    /// Instructions, `exchanges` of 20 bytes each, and a question.
    private func conversation(_ exchanges: Int) -> ModelRequest {
        let before = (0..<exchanges).flatMap { number -> [ModelRequest.Message] in
            [.init(.user, "question \(number % 10)"), .init(.assistant, "answer 00\(number % 10)")]
        }
        return ModelRequest(
            model: "tiny", messages: [.init(.system, "be brief")] + before + [.init(.user, "and now?")])
    }

    @Test("loses its oldest exchanges, is asked again once, and a notice says so")
    func shortened() async throws {
        try await withServer(holding: 100) { server, model in
            let summary = try await model.answer(conversation(6), deliver: listener.hear)
            #expect(summary.finish == .stop)
            #expect(listener.notices == ["context_full"])
            #expect(server.requests.count == 2)
            let contents = try #require(server.requests.last.map { Asked($0).contents })
            #expect(contents.first == "be brief" && contents.last == "and now?")
            // A quarter of the context is left for the answer.
            #expect(contents.dropFirst().dropLast() == ["question 4", "answer 004", "question 5", "answer 005"])
        }
    }

    @Test("is sent shortened from then on, without another notice")
    func remembered() async throws {
        try await withServer(holding: 100) { server, model in
            for exchanges in 6...20 { _ = try await model.answer(conversation(exchanges), deliver: listener.hear) }
            #expect(listener.notices == ["context_full"])
            #expect(server.requests.count == 16)
        }
    }

    @Test("is shortened even if the server doesn't say by how much")
    func unknownLength() async throws {
        try await withServer(holding: 60, saysHowMuch: false) { server, model in
            _ = try await model.answer(conversation(20), deliver: listener.hear)
            #expect(listener.notices == ["context_full"])
            #expect(listener.text == "Hi")
        }
    }

    @Test("fails if the question by itself is too long", arguments: [0, 3])
    func question(exchanges: Int) async throws {
        try await withServer(holding: 10) { server, model in
            let fault = try await fault { try await model.answer(conversation(exchanges)) { _ in } }
            #expect(fault.code == .modelRefused)
            #expect(fault.message.contains("ask something shorter"))
            #expect(server.requests.count <= 2)
        }
    }

    @Test("of another model is not changed")
    func otherModel() async throws {
        try await withServer(holding: 100) { server, model in
            _ = try await model.answer(conversation(6), deliver: listener.hear)
            var request = conversation(4)
            request.model = "large"
            _ = try await model.answer(request, deliver: listener.hear)
            #expect(server.requests.last.map { Asked($0).contents.count } == 10)
        }
    }
}
