// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    /// The commands and the daemon together, both as built.
    @Suite("With the real daemon")
    struct ServedCommands {
        /// Runs `body` while `utter serve` runs with a server that follows `script`.
        private static func serve(
            answering script: @escaping FaultServer.Script = { request, connection in
                try await connection.send(OllamaWire.chat(tokens: ["Good ", "answer."]))
            },
            while body: (UtterProgram, [String: String], FaultServer, UtterProgram.Running) async throws -> Void
        ) async throws {
            try await FaultServer.run(OllamaWire.server(chat: script)) { server in
                let utter = try UtterProgram(
                    config: "model: {url: \"\(server.url)\", name: tiny}\nserver: {listen: []}\n")
                try await utter.serve { daemon in
                    try await body(utter, ["UTTER_SOCKET": utter.daemon], server, daemon)
                }
            }
        }

        @Test("ask is answered, the next question continues the conversation, and both are counted")
        func ask() async throws {
            try await Self.serve { utter, environment, server, _ in
                for prompt in ["First?", "Second?"] {
                    let end = try await utter.run(["ask", prompt, "--events"], environment: environment)
                    #expect(end.exitCode == 0, "\(end.errors)")
                    end.expectEventsInOrder()
                    #expect(end.answer == "Good answer.")
                }
                let asked = server.requests.last { $0.path == "/api/chat" }?.text ?? ""
                #expect(asked.contains("First?") && asked.contains("Good answer.") && asked.contains("Second?"))
                let own = try await utter.run(["ask", "Third?", "--session", "other"], environment: environment)
                #expect(own.text == "Good answer.\n", "\(own.errors)")
                #expect(server.requests.last { $0.path == "/api/chat" }?.text.contains("First?") == false)
                let status = try await utter.run(["status"], environment: environment)
                #expect(status.text.contains("answers    3 finished, 0 stopped, 0 failed\n"), "\(status.text)")
            }
        }

        @Test(
            "A chat that a signal ends, in an answer or between two, leaves no conversation behind",
            arguments: [true, false])
        func chat(isAnswering: Bool) async throws {
            let script: FaultServer.Script = { request, connection in
                guard request.text.contains("First?"), isAnswering else {
                    return try await connection.send(OllamaWire.chat(tokens: ["Good."]))
                }
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scatters"))
                try await connection.staySilent()
            }
            try await Self.serve(answering: script) { utter, environment, _, _ in
                let end = try await utter.run(["chat"], input: nil, environment: environment) { chat in
                    try await chat.write(Array("First?\n/rate\n".utf8))
                    if isAnswering {
                        try await chat.output(holding: "The sky is blue.")
                    } else {
                        try await chat.errors(holding: "rate:")
                    }
                    let sessions = try await HTTPExchange.send("GET /v1/sessions", to: utter.daemon)
                    #expect(sessions.text.contains("chat-"))
                    chat.send(.terminate)
                    try? await chat.errors(holding: "never said")
                }
                #expect(end.exitCode == 143)
                // For the daemon, it is over once it is idle.
                while !(try await HTTPExchange.send("GET /v1/status", to: utter.daemon)).text
                    .contains(#""speaking":null"#)
                {}
                let sessions = try await HTTPExchange.send("GET /v1/sessions", to: utter.daemon)
                #expect(sessions.text.contains(#""sessions":[]"#), "\(sessions)")
            }
        }

        @Test("A signal stops the answer in the daemon, and its last event says so")
        func stop() async throws {
            let endless: FaultServer.Script = { request, connection in
                guard request.text.contains("Go on") else {
                    return try await connection.send(OllamaWire.chat(tokens: ["Good."]))
                }
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scatters"))
                try await connection.staySilent()
            }
            try await Self.serve(answering: endless) { utter, environment, server, _ in
                let end = try await utter.run(["ask", "Go on", "--events"], environment: environment) { running in
                    try await running.event("heard") { $0.index == 0 }
                    running.send(.interrupt)
                }
                #expect(end.exitCode == 130)
                end.expectEventsInOrder()
                #expect(end.events.last?.event == "stopped")
                #expect((end.events.last?.heardEnd ?? 0) >= "The sky is blue.".utf8.count)
                _ = try await server.disconnect(on: "/api/chat")

                let left = try await utter.run(["ask", "Go on", "--detach"], environment: environment)
                let stopped = try await utter.run(
                    ["stop", left.text.filter { !$0.isNewline }], environment: environment)
                #expect(stopped.text == left.text && !left.text.isEmpty)
            }
        }

        @Test("From standard input the first sentence is heard while the rest is still to be written")
        func sayStreams() async throws {
            try await Self.serve { utter, environment, _, _ in
                let end = try await utter.run(["say", "--events"], input: nil, environment: environment) { running in
                    try await running.write(Array("The sky is blue. ".utf8))
                    try await running.event("heard") { $0.index == 0 }
                    try await running.write(Array("It scatters.".utf8))
                }
                #expect(end.exitCode == 0, "\(end.errors)")
                end.expectEventsInOrder()
                #expect(end.events("piece").compactMap(\.text) == ["The sky is blue.", "It scatters."])
                let broken = try await utter.run(
                    ["say"], input: Array("Good. ".utf8) + [0xFF], environment: environment)
                #expect(broken.exitCode == 65)
                broken.expectOneSentence("not valid UTF-8")
            }
        }

        @Test("Controls stay set until they are reset; the daemon reports invalid or unavailable values")
        func set() async throws {
            try await Self.serve { utter, environment, _, _ in
                let sound = { (changes: [String]) in
                    let end = try await utter.run(["set"] + changes, environment: environment)
                    #expect(end.exitCode == 0, "\(end.errors)")
                    return try await utter.run(["status"], environment: environment).text
                }
                #expect(
                    try await sound(["volume=80", "rate=200", "voice=de", "mute=on"])
                        .contains("muted (utter set mute=off), volume 80 %, 200 words per minute, voice de\n"))
                #expect(
                    try await sound(["volume=default", "rate=default", "voice=default", "mute=default"])
                        .contains("sound      volume 100 %, 175 words per minute, voice auto\n"))
                for (arguments, word) in [
                    (["set", "rate=9"], "80 to 450"), (["ask", "Why?", "--voice", "nobody"], "nobody"),
                    (["ask", "Why?", "--persona", "nobody"], "nobody"),
                ] {
                    let end = try await utter.run(arguments, environment: environment)
                    #expect(end.exitCode == 64)
                    end.expectOneSentence(word)
                }
                let idle = try await utter.run(["pause"], environment: environment)
                #expect(idle.exitCode == 0 && idle.errors == "utter: Nothing is being said.\n")
            }
        }

        @Test("A chat has its own conversation, which the daemon forgets with it")
        func chat() async throws {
            try await Self.serve { utter, environment, server, _ in
                let end = try await utter.run(
                    ["chat"], input: Array("First?\n/rate 300\nSecond?\n/again\n".utf8), environment: environment)
                #expect(end.exitCode == 0, "\(end.errors)")
                #expect(end.text == "Good answer.\nGood answer.\nGood answer.\n")
                let asked = server.requests.last { $0.path == "/api/chat" }?.text ?? ""
                #expect(asked.contains("First?") && asked.contains("Second?"))
                let status = try await utter.run(["status", "--json"], environment: environment)
                #expect(status.text.contains(#""sessions":0"#), "\(status.text)")
            }
        }

        @Test("A daemon that is killed in mid-answer is reported, and the text that came is kept")
        func killed() async throws {
            let endless: FaultServer.Script = { request, connection in
                guard request.text.contains("Go on") else {
                    return try await connection.send(OllamaWire.chat(tokens: ["Good."]))
                }
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. "))
                try await connection.staySilent()
            }
            try await Self.serve(answering: endless) { utter, environment, _, daemon in
                let end = try await utter.run(["ask", "Go on"], environment: environment) { running in
                    try await running.output(holding: "The sky is blue.")
                    daemon.send(.kill)
                }
                try await daemon.end()
                #expect(end.exitCode == 69)
                #expect(end.text == "The sky is blue. \n")
                end.expectOneSentence("The daemon ended in the middle of the answer")
                let after = try await utter.run(["status"], environment: environment)
                #expect(after.exitCode == 69)
                after.expectOneSentence("No daemon answers at")
            }
        }
    }
}
