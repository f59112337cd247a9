// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing

extension EndToEnd {
    @Suite("A chat with the daemon")
    struct ChatWithDaemon {
        private struct Asked: Decodable {
            var prompt: String?
            var text: String?
            var session: String?
            var persona: String?
            var model: String?
            var voice: String?
            var rate: Int?
        }

        /// Chats with `lines`; the daemon answers every question with its prompt.
        private static func chat(_ lines: String..., arguments: [String] = []) async throws -> (
            end: UtterProgram.Result, utter: UtterProgram, requests: [FaultServer.Request], asked: [Asked]
        ) {
            let utter = try UtterProgram()
            let socket = utter.path("utter.sock")
            return try await FaultServer.run(at: socket) { request, connection in
                switch (request.method, request.path) {
                case ("POST", "/v1/ask"), ("POST", "/v1/say"):
                    let asked = try JSONDecoder().decode(Asked.self, from: Data(request.body))
                    guard asked.persona != "nobody" else {
                        let message = "There is no persona nobody."
                        return try await connection.send(
                            DaemonWire.fault("usage", message, status: "400 Bad Request"))
                    }
                    try await connection.send(DaemonWire.answer("Answer to \(asked.prompt ?? "nothing")."))
                case ("GET", "/v1/status"):
                    // The model server decides the model's name.
                    let status = DaemonWire.status().replacing("tiny", with: #"ti\u001b[31mny"#)
                    try await connection.send(HTTPWire.reply(status))
                case ("GET", "/v1/models"):
                    try await connection.send(HTTPWire.reply(#"{"data":[{"id":"other"},{"id":"tiny"}]}"#))
                default: try await connection.send(HTTPWire.reply("{}"))
                }
            } while: { server in
                let end = try await utter.run(
                    ["chat"] + arguments, input: Array(lines.joined(separator: "\n").utf8),
                    environment: ["UTTER_SOCKET": socket])
                let spoken = server.requests.filter { $0.path == "/v1/ask" || $0.path == "/v1/say" }
                let asked = try spoken.map { try JSONDecoder().decode(Asked.self, from: Data($0.body)) }
                return (end, utter, server.requests, asked)
            }
        }

        @Test("has its own session, which ends with it")
        func session() async throws {
            let (end, _, requests, asked) = try await Self.chat("One?", "Two?")
            #expect(end.exitCode == 0, "\(end.errors)")
            #expect(end.text == "Answer to One?.\nAnswer to Two?.\n")
            #expect(asked.map(\.prompt) == ["One?", "Two?"])
            let session = try #require(asked.first?.session)
            #expect(session.hasPrefix("chat-") && asked.last?.session == session)
            #expect(requests.last?.method == "DELETE" && requests.last?.path == "/v1/sessions/\(session)")
        }

        @Test("continues a named session, which stays")
        func named() async throws {
            let (end, _, requests, asked) = try await Self.chat("One?", arguments: ["--session", "kitchen"])
            #expect(end.exitCode == 0, "\(end.errors)")
            #expect(asked.first?.session == "kitchen")
            #expect(!requests.contains { $0.method == "DELETE" })
        }

        @Test("sends voice, rate, model and persona with each question")
        func changes() async throws {
            let (end, _, _, asked) = try await Self.chat(
                "/voice", "/voice de", "/rate 9", "/rate 300", "/model", "/model othr", "/model other",
                "/persona nobody", "One?",
                "/persona story", "Two?")
            #expect(end.exitCode == 64)
            #expect(
                end.errors == """
                    voice: as in the daemon's configuration
                    voice: de
                    utter: A rate of 9 is out of range: 80 to 450 words per minute.
                    rate: 300 words per minute
                    model: ti [31mny
                    utter: The model "othr" is not installed. Did you mean other? Installed: other, tiny.
                    model: other
                    persona: nobody
                    utter: There is no persona nobody.
                    persona: story

                    """)
            #expect(
                asked.last?.voice == "de" && asked.last?.model == "other" && asked.last?.rate == 300
                    && asked.last?.persona == "story")
            #expect(end.text == "Answer to Two?.\n")
        }

        @Test("has /again and /save as without a daemon")
        func againAndSave() async throws {
            let (end, utter, _, asked) = try await Self.chat("One?", "/again", "/save talk.md")
            #expect(end.exitCode == 0, "\(end.errors)")
            #expect(asked.last?.text == "Answer to One?." && asked.last?.session == nil)
            #expect(String(decoding: utter.read("talk.md"), as: UTF8.self).hasPrefix("> One?\n\nAnswer to"))
        }
    }
}
