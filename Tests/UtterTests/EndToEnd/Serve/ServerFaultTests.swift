// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    /// The rows of docs/reliability.md about the model server, with the built daemon: what is heard, what is reported,
    /// and that the next prompt is answered.
    @Suite("The daemon whose model server")
    struct ServerFaults {
        struct Row: Sendable, CustomTestStringConvertible {
            let testDescription: String
            /// What is heard of the answer.
            let heard: String
            /// What is reported; `nil` if the answer is complete.
            let code: String?
            let script: FaultServer.Script

            init(_ name: String, heard: String = "", code: String?, _ script: @escaping FaultServer.Script) {
                (testDescription, self.heard, self.code, self.script) = (name, heard, code, script)
            }
        }

        private static let sky = "The sky is blue."
        private static let begun = OllamaWire.head + OllamaWire.chat(sky + " It scatters light.")

        static let rows = [
            Row("hangs up without a reply", code: "model_failed") { _, connection in try await connection.cut() },
            Row("resets the connection", code: "model_failed") { _, connection in try await connection.reset() },
            Row("is gone in the middle of an answer", heard: sky, code: "model_truncated") { _, connection in
                try await connection.send(begun + OllamaWire.chat(" It"))
            },
            Row("is gone after the last word", heard: sky, code: "model_truncated") { _, connection in
                try await connection.send(begun)
            },
            Row("says goodbye and not that it is done", heard: sky, code: "model_truncated") { _, connection in
                try await connection.send(begun + HTTPWire.lastChunk)
            },
            Row("sends one byte at a time", heard: sky, code: nil) { _, connection in
                try await connection.send(Array(OllamaWire.chat(tokens: [sky]).utf8), by: 1)
            },
            Row("holds the answer back until it is complete", heard: sky, code: nil) { _, connection in
                let lines = OllamaWire.chatLine(sky) + OllamaWire.chatDoneLine()
                try await connection.send(HTTPWire.reply(lines, type: "application/x-ndjson"))
            },
            Row("never ends the head of its reply", code: "model_protocol") { _, connection in
                try await connection.send("HTTP/1.1 200 OK\r\n")
                while true { try await connection.send("X-More: " + String(repeating: "x", count: 1000) + "\r\n") }
            },
            Row("never ends a line", heard: sky, code: "model_protocol") { _, connection in
                try await connection.send(begun)
                while true { try await connection.send(HTTPWire.chunk(String(repeating: "x", count: 1 << 20))) }
            },
            Row("compresses a reply that should not be", code: "model_protocol") { _, connection in
                try await connection.send(
                    HTTPWire.reply("\u{1F}\u{8B}", type: "application/x-ndjson", more: ["Content-Encoding: gzip"]))
            },
            Row("redirects", code: "model_protocol") { _, connection in
                let more = ["Location: http://127.0.0.1:9/"]
                try await connection.send(HTTPWire.reply("", status: "302 Found", type: "text/html", more: more))
            },
            Row("is behind a proxy that finds nobody", code: "model_failed") { _, connection in
                let page = "<html><title>502 Bad Gateway</title></html>"
                try await connection.send(HTTPWire.reply(page, status: "502 Bad Gateway", type: "text/html"))
            },
            Row("does not speak HTTP", code: "model_protocol") { _, connection in
                try await connection.send("SSH-2.0-OpenSSH_9.2\r\n")
            },
            Row("runs out of memory in the middle of an answer", heard: sky, code: "model_out_of_memory") {
                _, connection in
                let error = #"{"error":"CUDA error: out of memory"}"# + "\n"
                try await connection.send(begun + HTTPWire.chunk(error) + HTTPWire.lastChunk)
            },
        ]

        @Test("has a fault reports what was heard and why no more, and answers the next prompt", arguments: rows)
        func row(_ row: Row) async throws {
            try await FaultServer.run(OllamaWire.serverOfDaemon(answering: row.script)) { server in
                let config = "model: {url: \"\(server.url)\", name: tiny}\nserver: {listen: []}\n"
                let utter = try UtterProgram(config: config)
                try await utter.serve { _ in
                    let answer = try await HTTPExchange.send("POST /v1/ask", json: Self.why, to: utter.daemon)
                    if row.heard != "" {
                        #expect(answer.text.contains(#""heard":"\#(row.heard)"#), "\(answer)")
                        #expect(utter.played.contains { $0 != 0 })
                    }
                    if let code = row.code {
                        #expect(answer.text.contains(#""code":"\#(code)""#), "\(answer)")
                    } else {
                        #expect(answer.text.contains(#""ending":"finished""#), "\(answer)")
                    }
                    try await Self.expectNextAnswer(from: utter)
                }
            }
        }

        struct Address: Sendable, CustomTestStringConvertible {
            let url: String
            let code: String
            var testDescription: String { url }
        }

        static let addresses = [
            Address(url: "http://127.0.0.1:9", code: "model_unreachable"),
            Address(url: "http://nowhere.invalid:11434", code: "model_unreachable"),
            Address(url: "http://[2001:db8::1]:11434", code: "model_unreachable"),
        ]

        @Test("can't be found says so, and answers once the settings name another one", arguments: addresses)
        func wrongAddress(_ address: Address) async throws {
            try await FaultServer.run(OllamaWire.serverOfDaemon(answering: { _, _ in })) { server in
                try await Self.expectFailure(code: address.code, at: address.url, then: server)
            }
        }

        @Test("doesn't speak TLS reports it, and answers once the settings don't ask for TLS")
        func noTLS() async throws {
            try await FaultServer.run(OllamaWire.serverOfDaemon(answering: { _, _ in })) { server in
                let url = server.url.replacing("http:", with: "https:")
                try await Self.expectFailure(code: "model_unreachable", at: url, then: server)
            }
        }

        @Test("listens only on IPv6 finds it by its address")
        func onlyIPv6() async throws {
            let script = OllamaWire.serverOfDaemon(answering: { _, _ in })
            try await FaultServer.run(host: "::1", script) { server in
                let config = "model: {url: \"http://[::1]:\(server.port)\", name: tiny}\nserver: {listen: []}\n"
                let utter = try UtterProgram(config: config)
                try await utter.serve { _ in try await Self.expectNextAnswer(from: utter) }
            }
        }

        private static let why = #"{"prompt": "Why?"}"#

        /// Another conversation, which has not seen the fault.
        private static func expectNextAnswer(from utter: UtterProgram) async throws {
            let next = #"{"prompt": "How?", "session": "next"}"#
            let reply = try await HTTPExchange.send("POST /v1/ask", json: next, to: utter.daemon)
            #expect(reply.text.contains(#""heard":"Hello.""#), "\(reply)")
        }

        /// Asks a server that can't answer, and then another one in the settings.
        private static func expectFailure(code: String, at url: String, then server: FaultServer) async throws {
            func config(_ url: String) -> String {
                "model: {url: \"\(url)\", name: tiny}\nserver: {listen: []}\n"
            }
            let utter = try UtterProgram(config: config(url))
            // A server without TLS waits for more of what it takes for a request.
            let limit = ["UTTER_MODEL_CONNECT_TIMEOUT_S": "2"]
            _ = try await utter.run(["serve", "--config", "config.yaml"], environment: limit) { running in
                try await running.errors(holding: "trying again")
                let answer = try await HTTPExchange.send("POST /v1/ask", json: why, to: utter.daemon)
                #expect(answer.text.contains(#""code":"\#(code)""#), "\(answer)")
                writeFile(utter.path("config.yaml"), config(server.url))
                running.send(.hangUp)
                try await running.errors(holding: "The model is loaded.")
                try await expectNextAnswer(from: utter)
                running.send(.terminate)
                try await running.end()
            }
        }
    }
}
