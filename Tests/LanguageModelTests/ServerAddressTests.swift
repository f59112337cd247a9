// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

@Suite("The address of a server")
struct ServerAddressTests {
    @Test(
        "is parsed as Ollama parses OLLAMA_HOST",
        arguments: [
            ("", "http://127.0.0.1:11434"),
            ("  \"1.2.3.4\" ", "http://1.2.3.4:11434"),
            ("'example.com'", "http://example.com:11434"),
            ("1.2.3.4", "http://1.2.3.4:11434"),
            ("1.2.3.4:", "http://1.2.3.4:11434"),
            ("1.2.3.4:http", "http://1.2.3.4:11434"),
            (":66000", "http://127.0.0.1:11434"),
            (":-1", "http://127.0.0.1:11434"),
            (":1234", "http://127.0.0.1:1234"),
            ("0.0.0.0", "http://127.0.0.1:11434"),
            ("0.0.0.0:80", "http://127.0.0.1:80"),
            ("[::]:1234", "http://[::1]:1234"),
            ("::1", "http://[::1]:11434"),
            ("[::1]", "http://[::1]:11434"),
            ("[::1]:1234", "http://[::1]:1234"),
            ("http://1.2.3.4", "http://1.2.3.4:80"),
            ("https://1.2.3.4", "https://1.2.3.4:443"),
            ("HTTP://1.2.3.4:1234/", "http://1.2.3.4:1234"),
            ("https://example.com/ollama", "https://example.com:443/ollama"),
            ("http://:1234", "http://127.0.0.1:1234"),
            ("ollama.com", "https://ollama.com:443"),
        ])
    func ollamaHost(text: String, url: String) throws {
        #expect(try ServerAddress(text).description == url)
    }

    @Test(
        "may include the path of a call, which is removed",
        arguments: [
            ("http://h:1", "http://h:1/api/chat"),
            ("http://h:1/api", "http://h:1/api/chat"),
            ("http://h:1/api/chat", "http://h:1/api/chat"),
            ("http://h:1/v1/", "http://h:1/api/chat"),
            ("http://h:1/v1/chat/completions", "http://h:1/api/chat"),
            ("http://h:1/ollama/api/generate", "http://h:1/ollama/api/chat"),
            ("http://h:1/chat", "http://h:1/chat/api/chat"), ("http://h:1/v1/api", "http://h:1/v1/api/chat"),
            ("http://h:1/api/chat/chat/chat", "http://h:1/api/chat/chat/chat/api/chat"),
        ])
    func ollamaCall(text: String, url: String) throws {
        #expect(try ServerAddress(text).ollama("/api/chat").description == url)
    }

    @Test(
        "of an OpenAI-compatible server may include a version, or not",
        arguments: [
            ("http://h:8080", "http://h:8080/v1/chat/completions"),
            ("http://h:8080/v1", "http://h:8080/v1/chat/completions"),
            ("http://h:8080/v1/chat/completions", "http://h:8080/v1/chat/completions"),
            ("http://h:8080/v1/models", "http://h:8080/v1/chat/completions"),
            ("http://h:8080/v", "http://h:8080/v/v1/chat/completions"),
            ("http://h:8080/v1a", "http://h:8080/v1a/v1/chat/completions"),
            ("https://openrouter.ai/api/v1", "https://openrouter.ai:443/api/v1/chat/completions"),
            ("https://openrouter.ai/api", "https://openrouter.ai:443/api/v1/chat/completions"),
            ("https://open.bigmodel.cn/api/paas/v4", "https://open.bigmodel.cn:443/api/paas/v4/chat/completions"),
        ])
    func openAICall(text: String, url: String) throws {
        #expect(try ServerAddress(text).versioned("/chat/completions").description == url)
    }

    @Test(
        "that makes no sense, or contains a password, is rejected",
        arguments: ["ftp://host", "http://user:secret@host", "a b", "http://ho\nst", "host\u{7}", "http://h/a b"])
    func refused(text: String) {
        #expect(throws: Fault.self) { try ServerAddress(text) }
    }

    @Test("is private only over https and on this machine")
    func privacy() throws {
        for text in [
            "https://example.com", "localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]", "my.localhost",
        ] {
            #expect(try ServerAddress(text).isPrivate, "\(text)")
        }
        for text in [
            "http://example.com", "192.168.1.5", "http://127.0.0.1.example.com", "http://localhost.example.com",
            "127.0.0", "127.0.0.1.1", "127.0.0.x",
        ] {
            #expect(try !ServerAddress(text).isPrivate, "\(text)")
        }
    }

    @Test("never gets a key unencrypted over a network, and nothing is sent")
    func key() async throws {
        let model = ModelServer(.init(address: try ServerAddress("http://192.0.2.1"), key: "secret"))
        let fault = try await fault { try await model.answer(.hello) { _ in } }
        #expect(fault.code == .usage)
        #expect(!fault.message.contains("secret"))
    }

    @Test("gets the key in its header, without the line end of the file that it came from")
    func keyHeader() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["Hi"]))
        } while: { server in
            let address = try ServerAddress(server.url)
            let model = ModelServer(.init(address: address, key: " secret\n", limits: .init(connect: .seconds(60))))
            _ = try await model.answer(.hello) { _ in }
            #expect(try await server.request().headers["authorization"] == "Bearer secret")
        }
    }

    @Test("is reached through a proxy, except for this machine")
    func proxy() async throws {
        try await FaultServer.run { request, connection in
            let reply = request.method == "CONNECT" ? "HTTP/1.1 502 No\r\n\r\n" : OllamaWire.chat(tokens: ["Hi"])
            try await connection.send(reply)
        } while: { server in
            let proxy = try ServerAddress(server.url)
            let far = ModelServer(.init(address: try ServerAddress("http://model.invalid:1234"), proxy: proxy))
            #expect(try await far.answer(.hello) { _ in }.finish == .stop)
            #expect(try await server.request(0).path == "http://model.invalid:1234/api/chat")

            let secure = ModelServer(.init(address: try ServerAddress("https://model.invalid:1234"), proxy: proxy))
            let fault = try await fault { try await secure.answer(.hello) { _ in } }
            #expect(fault.code == .modelUnreachable)
            #expect(try await server.request(1).path == "model.invalid:1234")

            let near = ModelServer(.init(address: proxy, proxy: try ServerAddress("http://proxy.invalid:1")))
            #expect(try await near.answer(.hello) { _ in }.finish == .stop)
            #expect(try await server.request(2).path == "/api/chat")
        }
    }
}
