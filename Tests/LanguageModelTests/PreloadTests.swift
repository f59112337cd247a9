// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import TestSupport
import Testing
import Utterance

@Suite("Preloading a model")
struct PreloadTests {
    /// As in real questions.
    private static func question(_ options: [String: JSONValue]) -> ModelRequest {
        ModelRequest(
            model: "tiny", messages: [.init(.system, "Be brief.")], options: options, keepAlive: -1,
            think: .off)
    }

    private static let loaded = HTTPWire.reply(
        #"{"model":"tiny","message":{"role":"assistant","content":""},"done":true,"done_reason":"load"}"#)

    /// Returns what the server was sent.
    private func preload(
        _ provider: Provider, _ request: ModelRequest, replies: [String]
    ) async throws -> [FaultServer.Request] {
        let replies = Replies(replies)
        return try await FaultServer.run { _, connection in
            try await connection.send(await replies.next())
        } while: { server in
            try await ModelServer(server, provider).preload(request)
            return server.requests
        }
    }

    @Test("of Ollama loads it with the options of a real question, then makes it read the system prompt")
    func ollama() async throws {
        let requests = try await preload(
            .ollama, Self.question(["num_ctx": 2048, "num_predict": 200]),
            replies: [Self.loaded, OllamaWire.chat(tokens: ["H"], reason: "length")])
        #expect(requests.map(\.path) == ["/api/chat", "/api/chat"])
        #expect(
            requests.map(\.text) == [
                #"{"keep_alive":-1,"messages":[],"model":"tiny","options":{"num_ctx":2048,"num_predict":200},"#
                    + #""stream":true,"think":false}"#,
                #"{"keep_alive":-1,"messages":[{"content":"Be brief.","role":"system"},{"content":"Hello","#
                    + #""role":"user"}],"model":"tiny","options":{"num_ctx":2048,"num_predict":1},"#
                    + #""stream":true,"think":false}"#,
            ])
    }

    @Test("through generate asks with an empty prompt first")
    func generate() async throws {
        let requests = try await preload(
            .ollamaGenerate, Self.question([:]),
            replies: [
                HTTPWire.reply(#"{"model":"tiny","response":"","done":true,"done_reason":"load"}"#),
                HTTPWire.reply(#"{"model":"tiny","response":"H","done":true,"done_reason":"length"}"#),
            ])
        #expect(
            requests.map(\.text) == [
                #"{"keep_alive":-1,"model":"tiny","prompt":"","stream":true,"think":false}"#,
                #"{"keep_alive":-1,"model":"tiny","options":{"num_predict":1},"prompt":"Hello","stream":true,"#
                    + #""system":"Be brief.","think":false}"#,
            ])
    }

    @Test(
        "of other servers is an answer of one token, with the name for the limit that the real question uses",
        arguments: [
            ([:], "max_tokens"), (["num_predict": 200], "max_tokens"),
            (["max_completion_tokens": 200], "max_completion_tokens"),
        ] as [([String: JSONValue], String)])
    func openAI(options: [String: JSONValue], limit: String) async throws {
        var request = ModelRequest.hello
        request.options = options
        let requests = try await preload(
            .openAI, request, replies: [OpenAIWire.chat(tokens: ["H"], finish: "length")])
        #expect(
            requests.map(\.text) == [
                #"{"\#(limit)":1,"messages":[{"content":"Hello","role":"user"}],"model":"tiny","stream":true}"#
            ])
    }

    @Test("of Anthropic asks nothing, which would cost money, but checks the key")
    func anthropic() async throws {
        let requests = try await preload(.anthropic, .hello, replies: [HTTPWire.reply(#"{"data":[]}"#)])
        #expect(requests.map(\.path) == ["/v1/models?limit=1000"])
    }

    @Test("that fails says so")
    func failed() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(HTTPWire.reply(#"{"error":"model 'tiny' not found"}"#, status: "404 Not Found"))
        } while: { server in
            let fault = try await fault { try await ModelServer(server).preload(.hello) }
            #expect(fault.code == .modelNotFound)
            #expect(server.requests.count == 1)
        }
    }
}

/// One after another.
private actor Replies {
    private var rest: [String]

    init(_ replies: [String]) {
        rest = replies
    }

    func next() -> String {
        rest.isEmpty ? "" : rest.removeFirst()
    }
}
