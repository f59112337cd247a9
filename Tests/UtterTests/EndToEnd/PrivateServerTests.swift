// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("A model server that is reached over TLS")
    struct PrivateServers {
        @Test("answers if the system, or SSL_CERT_FILE, knows its certificate", arguments: ["localhost", "127.0.0.1"])
        func known(host: String) async throws {
            let utter = try UtterProgram()
            let end = try await TLSServer.run(in: utter.folder) { server in
                try await utter.run(
                    ["ask", "Hi", "--model", "tiny", "--url", "https://\(host):\(server.port)"],
                    environment: ["SSL_CERT_FILE": server.certificate, "UTTER_MODEL_API_KEY": "secret"]
                ) { _ in
                    #expect(await server.received("POST /api/chat HTTP/1.1"))
                    #expect(await server.received("Authorization: Bearer secret"))
                    #expect(await server.received(#""model":"tiny""#))
                    let head = HTTPWire.head(type: "application/x-ndjson", isChunked: false)
                    try await server.send(head + OllamaWire.chatLine("All is well. ") + OllamaWire.chatDoneLine())
                }
            }
            #expect(end.exitCode == 0)
            #expect(end.text.contains("All is well."))
        }

        @Test("is not trusted otherwise, and the message says why")
        func unknown() async throws {
            let utter = try UtterProgram()
            let end = try await TLSServer.run(in: utter.folder) { server in
                try await utter.run(["ask", "Hi", "--model", "tiny", "--url", "https://localhost:\(server.port)"])
            }
            #expect(end.exitCode == 69)
            end.expectOneSentence("https://localhost", "self-signed certificate", "SSL_CERT_FILE")
        }

        @Test("is not trusted under another name")
        func anotherName() async throws {
            let utter = try UtterProgram()
            let end = try await TLSServer.run(in: utter.folder) { server in
                try await utter.run(
                    ["ask", "Hi", "--model", "tiny", "--url", "https://127.0.0.2:\(server.port)"],
                    environment: ["SSL_CERT_FILE": server.certificate])
            }
            #expect(end.exitCode == 69)
            end.expectOneSentence("https://127.0.0.2")
        }
    }
}
