// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing

extension EndToEnd {
    /// The commands' side, against a daemon that does what the test says.
    @Suite("With a daemon")
    struct WithDaemon {
        /// Runs `body` while `script` plays the daemon at the program's own socket.
        static func daemon<Result: Sendable>(
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

        @Test("ask sends the question with all its options, and shows the answer")
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

        @Test("signal names its sound, and ends when it was heard")
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

        @Test("Options that were not given are not sent")
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
            "A signal stops that answer in the daemon, which still reports what was heard",
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

        @Test("A signal while the answer waits in the queue hangs up if the daemon can't be asked to stop it")
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

        @Test("A text of any length is accepted, and long ones are sent as they come")
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

        @Test("--detach prints the answer's name and exits")
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
            "Options for the server, the output or the configuration don't use the daemon",
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
