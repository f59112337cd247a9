// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Ollama's API")
    struct OllamaAPI {
        private static let path = "POST /api/chat"
        private static let call = #"{"model":"tiny","messages":[{"role":"user","content":"Why?"}]}"#

        private static func daemon(
            chat: @escaping FaultServer.Script, _ body: (UtterProgram, FaultServer) async throws -> Void
        ) async throws {
            try await FaultServer.run(OllamaWire.serverOfDaemon(answering: chat)) { server in
                let utter = try UtterProgram(
                    config: """
                        model: {url: "\(server.url)", name: tiny}
                        server: {listen: [], ollama_api: true}
                        """)
                try await utter.serve { _ in try await body(utter, server) }
            }
        }

        private static let skyIsBlue: FaultServer.Script = { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["The sky", " is blue."]))
        }

        @Test("relays an answer byte for byte while it is spoken")
        func answer() async throws {
            try await Self.daemon(chat: Self.skyIsBlue) { utter, server in
                let reply = try await HTTPExchange.send(Self.path, json: Self.call, to: utter.daemon)
                #expect(reply.status == 200 && reply.text.contains("Content-Type: application/x-ndjson"))
                let lines = ["The sky", " is blue."].map { OllamaWire.chatLine($0) } + [OllamaWire.chatDoneLine()]
                #expect(String(decoding: reply.body, as: UTF8.self) == lines.joined())
                let asked = server.requests.last { $0.path == "/api/chat" }
                #expect(asked.map { String(decoding: $0.body, as: UTF8.self) } == Self.call)
                _ = try await HTTPExchange.send(
                    "GET /v1/events", headers: ["Last-Event-ID: 0-0"], to: utter.daemon, until: "event: finished")
                #expect(utter.played.contains { $0 != 0 })
            }
        }

        @Test(
            "speaks only streamed conversations, or whatever the client wants to be spoken",
            arguments: [
                ("", [], true), (#","stream":false"#, [], false), (#","format":"json""#, [], false),
                (#","tools":[{"type":"function"}]"#, [], false), (#","tools":[],"format":"""#, [], true),
                ("", ["X-Utter-Speak: false"], false), (#","stream":false"#, ["X-Utter-Speak: true"], true),
            ])
        func spoken(more: String, headers: [String], isSpoken: Bool) async throws {
            try await Self.daemon(chat: Self.skyIsBlue) { utter, _ in
                let call = #"{"model":"tiny","messages":[{"role":"user","content":"Why?"}]\#(more)}"#
                let reply = try await HTTPExchange.send(Self.path, json: call, headers: headers, to: utter.daemon)
                #expect(reply.status == 200 && reply.text.contains("is blue."), "\(reply)")
                #expect(try await utter.answersHeard() == (isSpoken ? 1 : 0))
            }
        }

        @Test("A client that hangs up stops the model and the sound")
        func hangUp() async throws {
            let endless: FaultServer.Script = { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scatters light. And"))
                try await connection.staySilent()
            }
            try await Self.daemon(chat: endless) { utter, server in
                _ = try await HTTPExchange.send(Self.path, json: Self.call, to: utter.daemon, until: "scatters")
                _ = try await server.disconnect(on: "/api/chat")
                _ = try await HTTPExchange.send(
                    "GET /v1/events", headers: ["Last-Event-ID: 0-0"], to: utter.daemon, until: "event: stopped")
            }
        }

        @Test("A client that hangs up while the model is being loaded is noticed at the first word")
        func hangUpBefore() async throws {
            let asked = Gate()
            let loaded = Gate()
            let slow: FaultServer.Script = { _, connection in
                asked.open()
                try await loaded.opened()
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scatters light. And"))
                try await connection.staySilent()
            }
            try await Self.daemon(chat: slow) { utter, _ in
                let client = Task { try await HTTPExchange.send(Self.path, json: Self.call, to: utter.daemon) }
                try await asked.opened()
                client.cancel()
                _ = await client.result
                loaded.open()
                _ = try await HTTPExchange.send(
                    "GET /v1/events", headers: ["Last-Event-ID: 0-0"], to: utter.daemon, until: "event: stopped")
            }
        }

        @Test("Ollama's own errors are relayed unchanged")
        func errors() async throws {
            let unknown: FaultServer.Script = { _, connection in
                let body = #"{"error":"model 'nope' not found"}"#
                try await connection.send(HTTPWire.reply(body, status: "404 Not Found"))
            }
            try await Self.daemon(chat: unknown) { utter, _ in
                let reply = try await HTTPExchange.send(Self.path, json: Self.call, to: utter.daemon)
                #expect(reply.status == 404 && reply.text.contains(#"{"error":"model 'nope' not found"}"#), "\(reply)")
            }
        }

        @Test("calls that only read are relayed, calls that change something are rejected")
        func others() async throws {
            try await Self.daemon(chat: Self.skyIsBlue) { utter, _ in
                let version = try await HTTPExchange.send("GET /api/version", to: utter.daemon)
                #expect(version.status == 200 && version.text.contains(#"{"version":"0.32.15"}"#))
                let tags = try await HTTPExchange.send("GET /api/tags", to: utter.daemon)
                #expect(tags.text.contains("tiny:latest"))
                for call in ["POST /api/pull", "POST /api/create", "DELETE /api/delete", "POST /api/embed"] {
                    let reply = try await HTTPExchange.send(call, json: #"{"model":"tiny"}"#, to: utter.daemon)
                    #expect(reply.status == 403 && reply.text.contains(#"{"error":"Only answers pass"#), "\(reply)")
                }
            }
        }

        @Test("relays to a fallback what the preferred server rejects, including lists of models")
        func fallback() async throws {
            try await FaultServer.run(OllamaWire.serverOfDaemon(answering: Self.skyIsBlue)) { server in
                let port = try ReservedPort()
                defer { withExtendedLifetime(port) {} }
                let utter = try UtterProgram(
                    config: """
                        model:
                          url: "http://127.0.0.1:\(port.port)"
                          name: tiny
                          fallback_servers: [{url: "\(server.url)", name: tiny}]
                        server: {listen: [], ollama_api: true}
                        """)
                try await utter.serve { _ in
                    let reply = try await HTTPExchange.send(Self.path, json: Self.call, to: utter.daemon)
                    #expect(reply.status == 200 && reply.text.contains(" is blue."), "\(reply)")
                    let tags = try await HTTPExchange.send("GET /api/tags", to: utter.daemon)
                    #expect(tags.status == 200 && tags.text.contains("tiny:latest"), "\(tags)")
                    let models = try await HTTPExchange.send("GET /v1/models", to: utter.daemon)
                    #expect(models.text.contains(#""id":"tiny:latest""#), "\(models)")
                }
            }
        }

        @Test("doesn't exist unless the settings say so")
        func off() async throws {
            let utter = try UtterProgram(config: "model: {provider: demo}\nserver: {listen: []}\n")
            try await utter.serve { _ in
                let tags = try await HTTPExchange.send("GET /api/tags", to: utter.daemon)
                #expect(tags.status == 404)
            }
        }
    }
}
