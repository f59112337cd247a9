// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("SIGINT and SIGTERM")
    struct Stop {
        static let signals: [(UtterProgram.Signal, Int)] = [(.interrupt, 130), (.terminate, 143)]

        @Test(
            "A signal in mid-answer closes the connection, keeps what was heard, and sets the exit code",
            arguments: signals)
        func midAnswer(signal: UtterProgram.Signal, exitCode: Int) async throws {
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scatters"))
                try await connection.staySilent()
            }
            try await FaultServer.run(script) { server in
                let end = try await UtterProgram().run(["ask", "Why?", "--events"] + server.options) { running in
                    try await running.event("heard") { $0.index == 0 }
                    running.send(signal)
                    _ = try await server.disconnect(on: "/api/chat")
                }
                #expect(end.exitCode == exitCode)
                #expect(end.errors == "")
                end.expectEventsInOrder()
                #expect(end.events.last?.event == "stopped")
                #expect((end.events.last?.heardEnd ?? 0) >= "The sky is blue.".utf8.count)
                #expect(end.answer == "The sky is blue. It scatters")
            }
        }

        @Test("A signal before the first word ends the wait", arguments: signals)
        func waiting(signal: UtterProgram.Signal, exitCode: Int) async throws {
            try await FaultServer.run(OllamaWire.server { _, connection in try await connection.staySilent() }) {
                server in
                let end = try await UtterProgram().run(["ask", "Why?", "--events"] + server.options) { running in
                    try await running.event("accepted")
                    _ = try await server.request()
                    running.send(signal)
                    _ = try await server.disconnect(on: "/api/chat")
                }
                #expect(end.exitCode == exitCode)
                #expect(end.errors == "")
                end.expectEventsInOrder()
                #expect(end.events.map(\.event) == ["accepted", "stopped"])
                #expect(end.events.last?.heardEnd == 0)
            }
        }

        @Test("A signal while connecting ends that", arguments: signals)
        func connecting(signal: UtterProgram.Signal, exitCode: Int) async throws {
            let server = try UnansweringServer()
            let end = try await UtterProgram().run(["ask", "Why?", "--events", "--url", server.url]) { running in
                try await running.event("accepted")
                running.send(signal)
            }
            #expect(end.exitCode == exitCode)
            #expect(end.errors == "")
            end.expectEventsInOrder()
            #expect(end.events.map(\.event) == ["accepted", "stopped"])
        }

        @Test("A signal while waiting for text on standard input ends that", arguments: signals)
        func awaitingInput(signal: UtterProgram.Signal, exitCode: Int) async throws {
            let utter = try UtterProgram()
            let end = try await utter.run(["say", "--events"], input: nil) { running in
                try await running.write(Array("The first sentence plays while this is open. ".utf8))
                try await running.event("heard") { $0.index == 0 }
                running.send(signal)
                try await running.end()
            }
            #expect(end.exitCode == exitCode)
            #expect(end.errors == "")
            end.expectEventsInOrder()
            #expect(end.events.last?.event == "stopped")
            #expect(utter.played.contains { $0 != 0 })
        }

        @Test("A second signal ends the program at once, even if nobody reads its output", arguments: signals)
        func secondSignal(signal: UtterProgram.Signal, exitCode: Int) async throws {
            let utter = try UtterProgram()
            let pipe = try FullPipe(at: utter.path("full"))
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. "))
                try await connection.staySilent()
            }
            try await FaultServer.run(script) { server in
                let shell = #"exec "$@" >full"#
                let arguments = ["ask", "Why?", "--url", server.url, "--output", "a.wav"]
                let end = try await utter.run(arguments, shell: shell) { running in
                    // Shown once the answer runs; from here on its text waits for room in the pipe.
                    try await running.errors(holding: "choose another model with --model")
                    _ = try await server.request(2)
                    running.send(signal)
                    _ = try await server.disconnect(on: "/api/chat")
                    running.send(signal)
                }
                #expect(end.exitCode == exitCode)
                #expect(end.errorLines.count == 1, "\(end.errors)")
            }
            withExtendedLifetime(pipe) {}
        }

        @Test("A WAV file of a program that was killed is valid up to that point")
        func killed() async throws {
            let utter = try UtterProgram()
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It is blue. And"))
                try await connection.staySilent()
            }
            try await FaultServer.run(script) { server in
                let arguments = ["ask", "Why?", "--events", "--output", "a.wav"]
                let end = try await utter.run(arguments + server.options) { running in
                    try await running.event("synthesized") { $0.index == 1 }
                    running.send(.kill)
                }
                #expect(end.exitCode == 137)
                let wav = try #require(WAV(utter.read("a.wav")))
                #expect(wav.seconds > 1 && wav.samples.contains { $0 != 0 })
            }
        }
    }
}
