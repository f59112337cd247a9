// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import TestSupport
import Testing
import Utterance

@Suite("An answer")
struct AnswerTests {
    @Test("arrives in parts, and ends with the server's statistics")
    func wholeAnswer() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["Hello", ",", " you", "."]))
        } while: { server in
            let listener = Listener()
            let summary = try await ModelServer(server).answer(.hello, deliver: listener.hear)
            #expect(listener.events == [.connected, .text("Hello"), .text(","), .text(" you"), .text(".")])
            #expect(summary.finish == .stop)
            #expect(summary.outputTokens == 3)
            #expect(summary.generation == .nanoseconds(1_516_000))
        }
    }

    @Test("is requested with what Ollama needs, and nothing more")
    func request() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["Hi"]))
        } while: { server in
            _ = try await ModelServer(server).answer(.hello) { _ in }
            let request = try await server.request()
            #expect(request.method == "POST")
            #expect(request.path == "/api/chat")
            #expect(request.text == #"{"messages":[{"content":"Hello","role":"user"}],"model":"tiny","stream":true}"#)
            #expect(request.headers["accept-encoding"] == "identity")
            #expect(request.headers["host"] == "127.0.0.1:\(server.port)")
            #expect(request.headers["origin"] == nil)
        }
    }

    @Test("reports that it is connected before the first byte")
    func connected() async throws {
        let gate = Gate()
        try await FaultServer.run { _, connection in
            try await gate.opened()
            try await connection.send(OllamaWire.chat(tokens: ["Hi"]))
        } while: { server in
            let listener = Listener()
            async let summary = ModelServer(server).answer(.hello, deliver: listener.hear)
            try await listener.connected.opened()
            #expect(listener.events == [.connected])
            gate.open()
            #expect(try await summary.finish == .stop)
        }
    }

    @Test("that ends without the sign of success is a fault, and what came is kept")
    func truncated() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("Hi") + HTTPWire.lastChunk)
        } while: { server in
            let listener = Listener()
            let fault = try await fault { try await ModelServer(server).answer(.hello, deliver: listener.hear) }
            #expect(fault.code == .modelTruncated)
            #expect(listener.text == "Hi")
        }
    }

    @Test("from nobody is a fault that says how to start a server")
    func refused() async throws {
        let nobody = try ReservedPort()
        let address = try ServerAddress("127.0.0.1:\(nobody.port)")
        let fault = try await fault {
            try await ModelServer(.init(address: address)).answer(.hello) { _ in }
        }
        withExtendedLifetime(nobody) {}
        #expect(fault.code == .modelUnreachable)
        #expect(fault.message.contains("ollama serve"))
    }
}
