// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Glibc
import Synchronization
import TestSupport
import Testing

extension EndToEnd {
    @Suite("The daemon")
    struct ServedAnswer {
        /// The first words of an answer whose rest is never written.
        static let endless = OllamaWire.serverOfDaemon(answering: { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scatters light. And"))
            try await connection.staySilent()
        })

        static func config(_ server: FaultServer, _ more: String = "") -> String {
            "model: {url: \"\(server.url)\", name: tiny}\nserver: {listen: []}\n" + more
        }

        static let serve = ["serve", "--config", "config.yaml"]
        static let question = #"{"prompt": "Why?"}"#

        @Test("answers over its socket, and keeps what was said")
        func answers() async throws {
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.chat(tokens: ["The sky", " is blue."]))
            }
            try await FaultServer.run(script) { server in
                let utter = try UtterProgram(config: Self.config(server))
                let end = try await utter.serve { _ in
                    #expect(try await HTTPExchange.send("GET /readyz", to: utter.daemon).status == 200)
                    for _ in 0..<2 {
                        let reply = try await HTTPExchange.send("POST /v1/ask", json: Self.question, to: utter.daemon)
                        #expect(reply.status == 200 && reply.text.contains(#""heard":"The sky is blue.""#), "\(reply)")
                    }
                }
                #expect(end.exitCode == 0)
                #expect(utter.played.contains { $0 != 0 })
                // Two to warm up, and two questions, the second of which includes the first.
                let bodies = server.requests.filter { $0.path == "/api/chat" }.map {
                    String(decoding: $0.body, as: UTF8.self)
                }
                #expect(bodies.count == 4)
                #expect(bodies.last?.contains("The sky is blue.") == true)
            }
        }

        @Test(
            "falls silent when stopped in mid-sentence, tells its clients how far the answer was heard, and leaves nothing"
        )
        func terminated() async throws {
            try await FaultServer.run(Self.endless) { server in
                let utter = try UtterProgram(config: Self.config(server))
                let end = try await utter.run(Self.serve) { running in
                    try await running.errors(holding: "The model is loaded.")
                    async let reply = HTTPExchange.send("POST /v1/ask", json: Self.question, to: utter.daemon)
                    _ = try await HTTPExchange.send(
                        "GET /v1/events", headers: ["Last-Event-ID: 0-0"], to: utter.daemon,
                        until: "event: heard")
                    running.send(.terminate)
                    #expect(try await reply.text.contains(#""ending":"stopped""#))
                    _ = try await server.disconnect(on: "/api/chat")
                    try await running.end()
                }
                #expect(end.exitCode == 0)
                #expect(utter.files(endingIn: ".sock") == [])
                #expect(unsafe access(utter.daemon, F_OK) != 0)
            }
        }

        @Test("is not ready before the model is, and says why")
        func notReady() async throws {
            let utter = try UtterProgram(
                config: "model: {url: \"http://127.0.0.1:9\", name: tiny}\nserver: {listen: []}\n")
            _ = try await utter.run(Self.serve) { running in
                try await running.errors(holding: "trying again")
                let reply = try await HTTPExchange.send("GET /readyz", to: utter.daemon)
                #expect(reply.status == 503 && reply.text.contains("http://127.0.0.1:9"), "\(reply)")
                #expect(try await HTTPExchange.send("GET /healthz", to: utter.daemon).status == 200)
                running.send(.terminate)
                try await running.end()
            }
        }

        @Test("is not ready from when an answer can't reach a server until one can")
        func lostServer() async throws {
            let isClosed = Mutex(false)
            let script = OllamaWire.server { _, connection in
                let isClosed = isClosed.withLock { $0 }
                try await connection.send(
                    isClosed
                        ? HTTPWire.reply(#"{"error":"unauthorized"}"#, status: "401 Unauthorized")
                        : OllamaWire.chat(tokens: ["The sky is blue."]))
            }
            try await FaultServer.run(script) { server in
                let utter = try UtterProgram(config: Self.config(server))
                try await utter.serve { running in
                    func ready() async throws -> HTTPExchange.Reply {
                        try await HTTPExchange.send("GET /readyz", to: utter.daemon)
                    }
                    #expect(try await ready().status == 200)
                    isClosed.withLock { $0 = true }
                    let answer = try await HTTPExchange.send("POST /v1/ask", json: Self.question, to: utter.daemon)
                    #expect(answer.status == 502, "\(answer)")
                    try await running.errors(holding: "trying again")
                    let lost = try await ready()
                    #expect(lost.status == 503 && lost.text.contains("UTTER_MODEL_API_KEY"), "\(lost)")
                    isClosed.withLock { $0 = false }
                    while try await ready().status != 200 {}
                }
            }
        }

        @Test("without a sound device answers with text and the device's fault, and writes no file")
        func noDevice() async throws {
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.chat(tokens: ["The sky is blue."]))
            }
            try await FaultServer.run(script) { server in
                let utter = try UtterProgram(config: Self.config(server, "playback: {device: nowhere}\n"))
                try await utter.serve { _ in
                    let reply = try await HTTPExchange.send("POST /v1/ask", json: Self.question, to: utter.daemon)
                    #expect(reply.text.contains(#""text":"The sky is blue.""#), "\(reply)")
                    #expect(reply.text.contains("device_unknown"))
                }
                #expect(utter.files(endingIn: ".wav") == [])
            }
        }

        @Test("remembers controls and conversations across a restart")
        func restart() async throws {
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.chat(tokens: ["The sky is blue."]))
            }
            try await FaultServer.run(script) { server in
                let utter = try UtterProgram(config: Self.config(server, "conversation: {file: talk.json}\n"))
                for round in 0..<2 {
                    try await utter.serve { _ in
                        let status = try await HTTPExchange.send("GET /v1/status", to: utter.daemon)
                        #expect(status.text.contains(round == 0 ? #""volume":null"# : #""volume":40"#), "\(status)")
                        _ = try await HTTPExchange.send("PUT /v1/status", json: #"{"volume": 40}"#, to: utter.daemon)
                        _ = try await HTTPExchange.send("POST /v1/ask", json: Self.question, to: utter.daemon)
                    }
                }
                let last = try #require(server.requests.last { $0.path == "/api/chat" })
                #expect(String(decoding: last.body, as: UTF8.self).contains("The sky is blue."))
            }
        }

        @Test("adopts another voice from its settings without a restart")
        func reload() async throws {
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.chat(tokens: ["The sky is blue."]))
            }
            try await FaultServer.run(script) { server in
                let utter = try UtterProgram(config: Self.config(server))
                try await utter.serve { running in
                    let config = Self.config(server, "speech: {voice: de}\n")
                    try Data(config.utf8).write(to: URL(filePath: utter.path("config.yaml")))
                    running.send(.hangUp)
                    try await running.errors(holding: "The settings were reloaded.")
                    let reply = try await HTTPExchange.send(
                        "POST /v1/ask", json: Self.question, headers: ["Accept: text/event-stream"], to: utter.daemon)
                    #expect(reply.text.contains(#""voice":"de""#), "\(reply)")
                }
            }
        }
    }
}
