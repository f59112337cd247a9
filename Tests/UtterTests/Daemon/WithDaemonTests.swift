// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing

extension EndToEnd {
    /// The commands' side, against a daemon that does what the test says.
    @Suite("With a daemon")
    struct WithDaemon {
        /// Runs `body` while `script` plays the daemon at the program's own socket.
        private static func daemon<Result: Sendable>(
            _ script: @escaping FaultServer.Script,
            while body: (UtterProgram, [String: String], FaultServer) async throws -> Result
        ) async throws -> Result {
            let utter = try UtterProgram()
            let socket = utter.path("utter.sock")
            return try await FaultServer.run(at: socket, script) { server in
                try await body(utter, ["UTTER_SOCKET": socket], server)
            }
        }

        private struct Asked: Decodable, Equatable {
            var prompt: String
            var session: String?
            var persona: String?
            var variables: [String: String]?
            var options: [String: Double]?
            var policy: String?
            var priority: String?
            var voice: String?
            var rate: Int?
            var speak: Bool?
        }

        @Test("ask sends the question with all that was said about it, and shows the answer")
        func ask() async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.answer("It scatters.\n"))
            }
            try await Self.daemon(answering) { utter, environment, server in
                let end = try await utter.run(
                    [
                        "ask", "Why", "blue?", "--session", "kitchen", "--persona", "story", "--set", "topic=sky",
                        "--option", "temperature=0.5", "--queue", "--priority", "important", "--voice", "de", "--rate",
                        "200", "--no-speak",
                    ], environment: environment)
                #expect(end.exitCode == 0, "\(end.errors)")
                #expect(end.text == "It scatters.\n")
                #expect(end.errors == "")
                let request = try await server.request()
                #expect(request.method == "POST" && request.path == "/v1/ask")
                #expect(request.headers["accept"] == "text/event-stream")
                let asked = try JSONDecoder().decode(Asked.self, from: Data(request.body))
                #expect(
                    asked
                        == Asked(
                            prompt: "Why blue?", session: "kitchen", persona: "story", variables: ["topic": "sky"],
                            options: ["temperature": 0.5], policy: "queue", priority: "important", voice: "de",
                            rate: 200, speak: false))
            }
        }

        @Test("signal names its sound, and ends when that was heard")
        func signal() async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.answer(""))
            }
            try await Self.daemon(answering) { utter, environment, server in
                let end = try await utter.run(["signal", "listening"], environment: environment)
                #expect(end.exitCode == 0, "\(end.errors)")
                #expect(end.text == "" && end.errors == "")
                let request = try await server.request()
                #expect(request.method == "POST" && request.path == "/v1/signal")
                #expect(request.text == #"{"signal":"listening"}"#)
            }
        }

        @Test("What was not said is not sent")
        func plain() async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.answer("Yes."))
            }
            try await Self.daemon(answering) { utter, environment, server in
                let end = try await utter.run(["ask", "Why?", "--events"], environment: environment)
                #expect(end.exitCode == 0, "\(end.errors)")
                end.expectEventsInOrder()
                #expect(end.events.map(\.event) == ["accepted", "text", "finished"])
                let request = try await server.request()
                #expect(request.text == #"{"prompt":"Why?"}"#)
            }
        }

        @Test(
            "A signal stops that answer in the daemon, which still says what was heard",
            arguments: EndToEnd.Stop.signals)
        func stop(signal: UtterProgram.Signal, exitCode: Int) async throws {
            let stopped = Gate()
            let answering: FaultServer.Script = { request, connection in
                if request.path == "/v1/stop" {
                    stopped.open()
                    return try await connection.send(HTTPWire.reply(#"{"stopped":["a1"]}"#))
                }
                try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0))
                try await connection.send(DaemonWire.event("text", 1, #""text":"The sky is blue.""#))
                try await stopped.opened()
                try await connection.send(DaemonWire.last("stopped", 2, heard: 7, of: 16))
            }
            try await Self.daemon(answering) { utter, environment, server in
                let end = try await utter.run(["ask", "Why?", "--events"], environment: environment) { running in
                    try await running.event("text")
                    running.send(signal)
                }
                #expect(end.exitCode == exitCode)
                #expect(end.errors == "")
                end.expectEventsInOrder()
                #expect(end.events.last?.event == "stopped" && end.events.last?.heardEnd == 7)
                #expect(server.requests.last?.text == #"{"answer":"a1"}"#)
            }
        }

        @Test("A signal while the answer waits for its turn hangs up where the daemon can't be asked to stop it")
        func stopWaiting() async throws {
            let answering: FaultServer.Script = { request, connection in
                guard request.path == "/v1/ask" else { return }
                try await connection.send(DaemonWire.head + DaemonWire.queued(ahead: 2))
                try await connection.staySilent()
            }
            try await Self.daemon(answering) { utter, environment, server in
                let end = try await utter.run(["ask", "Why?"], environment: environment) { running in
                    _ = try await server.request()
                    running.send(.interrupt)
                    _ = try await server.disconnect(on: "/v1/ask")
                }
                #expect(end.exitCode == 130)
                #expect(end.output.isEmpty && end.errors == "")
            }
        }

        @Test("A second signal ends the program at once")
        func secondSignal() async throws {
            let answering: FaultServer.Script = { request, connection in
                if request.path == "/v1/ask" {
                    try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0))
                }
                try await connection.staySilent()
            }
            try await Self.daemon(answering) { utter, environment, server in
                let end = try await utter.run(["ask", "Why?", "--events"], environment: environment) { running in
                    try await running.event("accepted")
                    running.send(.interrupt)
                    _ = try await server.request(1)
                    running.send(.interrupt)
                    _ = try await server.disconnect(on: "/v1/ask")
                }
                #expect(end.exitCode == 130)
            }
        }

        @Test(
            "A daemon that dies in mid-answer is named, and what came of the text is kept",
            arguments: [DaemonWire.event("text", 1, #""text":"The sky""#), "1f\r\nda"])
        func dies(rest: String) async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0))
                try await connection.send(rest)
            }
            try await Self.daemon(answering) { utter, environment, _ in
                let end = try await utter.run(["ask", "Why?", "--events"], environment: environment)
                #expect(end.exitCode == 69)
                end.expectOneSentence("The daemon ended in the middle of the answer")
                end.expectEventsInOrder()
                #expect(end.events.last?.event == "failed" && end.events.last?.code == "daemon_unreachable")
            }
        }

        private static let missed = HTTPWire.chunk("event: missed\ndata: {\"event\":\"missed\",\"count\":3}\n\n")

        @Test("What of the answer's text was lost on the way is said, and is no success")
        func missedText() async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0) + Self.missed)
                try await connection.send(DaemonWire.event("text", 4, #""text":"scatters.""#))
                try await connection.send(DaemonWire.last("finished", 5, heard: 12, of: 12) + HTTPWire.lastChunk)
            }
            try await Self.daemon(answering) { utter, environment, _ in
                let end = try await utter.run(["ask", "Why?"], environment: environment)
                #expect(end.exitCode == 74)
                #expect(end.text == "scatters.\n")
                end.expectOneSentence("lost, since it was read too slowly")
                let events = try await utter.run(["ask", "Why?", "--events"], environment: environment).events
                #expect(events.map(\.event) == ["accepted", "notice", "text", "finished"])
                #expect(events[1].code == "events_lost" && events[1].seq == 3)
            }
        }

        @Test("Lost events that are not of its text change nothing of an answer's success")
        func missedWords() async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0))
                try await connection.send(DaemonWire.event("text", 1, #""text":"It scatters.""#) + Self.missed)
                try await connection.send(DaemonWire.last("finished", 5, heard: 12, of: 12) + HTTPWire.lastChunk)
            }
            try await Self.daemon(answering) { utter, environment, _ in
                let end = try await utter.run(["ask", "Why?"], environment: environment)
                #expect(end.exitCode == 0 && end.text == "It scatters.\n")
                end.expectOneSentence("lost, since it was read too slowly")
            }
        }

        @Test("An answer whose end was lost is not a daemon that died")
        func missedEnd() async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0) + Self.missed)
                try await connection.send(HTTPWire.lastChunk)
            }
            try await Self.daemon(answering) { utter, environment, _ in
                let end = try await utter.run(["ask", "Why?"], environment: environment)
                #expect(end.exitCode == 74)
                end.expectOneSentence("The end of the answer was lost")
            }
        }

        @Test(
            "What the daemon says against a request is said, and the exit code is the fault's",
            arguments: [
                ("queue_full", "429 Too Many Requests", 69), ("speaker_busy", "409 Conflict", 69),
                ("voice_unknown", "400 Bad Request", 64), ("daemon_stopping", "503 Service Unavailable", 69),
                ("not_known_here", "422 Unprocessable Content", 64),
                ("internal_error", "500 Internal Server Error", 70),
            ])
        func refused(code: String, status: String, exitCode: Int) async throws {
            let refusing: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.fault(code, "Not now\u{1B}[2J; later.", status: status))
            }
            try await Self.daemon(refusing) { utter, environment, _ in
                let end = try await utter.run(["ask", "Why?"], environment: environment)
                #expect(end.exitCode == exitCode)
                #expect(end.errors == "utter: Not now [2J; later.\n")
            }
        }

        @Test("A fault of the answer has its own exit code, too")
        func failed() async throws {
            let failing: FaultServer.Script = { _, connection in
                let summary = DaemonWire.summary(heard: 0, of: 0)
                let fault =
                    #""code":"device_busy","message":"The device is taken; stop the other program.",\#(summary)"#
                try await connection.send(
                    DaemonWire.head + DaemonWire.event("accepted", 0) + DaemonWire.event("failed", 1, fault))
            }
            try await Self.daemon(failing) { utter, environment, _ in
                let end = try await utter.run(["ask", "Why?"], environment: environment)
                #expect(end.exitCode == 69)
                end.expectOneSentence("The device is taken")
            }
        }

        @Test(
            "Who is no daemon is not taken for one",
            arguments: [
                HTTPWire.reply("<html>nginx</html>", status: "404 Not Found", type: "text/html"),
                HTTPWire.reply("{}", type: "application/json"), "SSH-2.0-OpenSSH_9.6\r\n", "",
            ])
        func foreign(reply: String) async throws {
            let other: FaultServer.Script = { _, connection in try await connection.send(reply) }
            try await Self.daemon(other) { utter, environment, _ in
                for command in [["ask", "Why?"], ["status"], ["stop"]] {
                    let end = try await utter.run(command, environment: environment)
                    #expect(end.exitCode == 69, "\(command)")
                    end.expectOneSentence("daemon")
                }
            }
        }

        @Test("say sends standard input while it is still being written")
        func sayStreams() async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0))
                await connection.body(holding: "The sky is blue.")
                try await connection.send(DaemonWire.event("text", 1, #""text":"The sky is blue. Yes.""#))
                await connection.body(holding: "Yes.")
                try await connection.send(DaemonWire.last("finished", 2, heard: 21, of: 21) + HTTPWire.lastChunk)
            }
            try await Self.daemon(answering) { utter, environment, server in
                let end = try await utter.run(
                    ["say", "--events", "--rate", "200", "--policy", "queue"], input: nil, environment: environment
                ) { running in
                    try await running.write(Array("The sky is blue. ".utf8))
                    try await running.event("text")
                    try await running.write(Array("Yes.".utf8))
                    try await running.event("finished")
                }
                #expect(end.exitCode == 0, "\(end.errors)")
                let request = try await server.request()
                #expect(request.path == "/v1/say?policy=queue&rate=200")
                #expect(request.headers["content-type"] == "text/plain; charset=utf-8")
            }
        }

        @Test("say sends its words as they are")
        func sayText() async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(DaemonWire.answer("天空 is \"blue\"."))
            }
            try await Self.daemon(answering) { utter, environment, server in
                let end = try await utter.run(["say", "天空", "is", "\"blue\"."], environment: environment)
                #expect(end.exitCode == 0, "\(end.errors)")
                let request = try await server.request()
                #expect(request.text == #"{"text":"天空 is \"blue\"."}"#)
            }
        }

        @Test("A text of any length is taken, the long ones as they come")
        func sayLong() async throws {
            let answering: FaultServer.Script = { _, connection in
                await connection.body(holding: "The end.")
                try await connection.send(DaemonWire.answer("Long."))
            }
            try await Self.daemon(answering) { utter, environment, server in
                let text = String(repeating: "Long. ", count: 10_000) + "The end."
                let end = try await utter.run(["say", text], environment: environment)
                #expect(end.exitCode == 0, "\(end.errors)")
                let request = try await server.request()
                #expect(request.isChunked)
            }
        }

        @Test("--detach says the answer's name and leaves")
        func detach() async throws {
            let answering: FaultServer.Script = { _, connection in
                try await connection.send(HTTPWire.reply(#"{"answer":"a7","session":null}"#, status: "202 Accepted"))
            }
            try await Self.daemon(answering) { utter, environment, server in
                let ask = try await utter.run(["ask", "Why?", "--detach"], environment: environment)
                #expect(ask.exitCode == 0, "\(ask.errors)")
                #expect(ask.text == "a7\n")
                let say = try await utter.run(["say", "--detach"], input: Array("Hi.".utf8), environment: environment)
                #expect(say.text == "a7\n")
                #expect(
                    server.requests.map(\.text) == [
                        #"{"detach":true,"prompt":"Why?"}"#, #"{"detach":true,"text":"Hi."}"#,
                    ])
                #expect(server.requests.allSatisfy { $0.headers["accept"] == "application/json" })
            }
        }

        @Test(
            "Options that choose the server, the output or the configuration do without the daemon",
            arguments: [["--provider", "demo"], ["--standalone", "--provider", "demo"], ["--output", "/dev/null"]])
        func standalone(options: [String]) async throws {
            try await Self.daemon({ _, _ in }) { utter, environment, server in
                let end = try await utter.run(
                    ["ask", "Why?", "--provider", "demo"] + options, environment: environment)
                #expect(end.exitCode == 0, "\(end.errors)")
                #expect(end.text.contains("Why?"))
                #expect(server.requests.isEmpty)
            }
        }
    }
}
