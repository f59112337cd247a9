// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Model servers that fail")
    struct Servers {
        /// Where nothing listens.
        static let nowhere = "http://127.0.0.1:1"

        @Test("If a named server refuses the connection, that is an error, and not the demo")
        func refused() async throws {
            let end = try await UtterProgram().run(["ask", "Hi", "--url", Self.nowhere, "--events"])
            #expect(end.exitCode == 69)
            end.expectOneSentence("No model server answers at \(Self.nowhere)", "ollama serve")
            end.expectEventsInOrder()
            #expect(end.events.last?.code == "model_unreachable")
            #expect(end.answer == "")
        }

        @Test("If a server named by the environment refuses the connection, that is an error too")
        func refusedByEnvironment() async throws {
            let end = try await UtterProgram().run(["ask", "Hi"], environment: ["OLLAMA_HOST": "127.0.0.1:1"])
            #expect(end.exitCode == 69)
            end.expectOneSentence("No model server answers", "127.0.0.1:1")
        }

        @Test(
            "If no server was named and none answers, the demo speaks",
            .enabled(if: OllamaPort.isUsable, "\(OllamaPort.reasonToSkip)"))
        func demo() async throws {
            let utter = try UtterProgram()
            let end = try await OllamaPort.alone {
                try await utter.run(["ask", "Why is the sky blue?", "--output", "a.wav"])
            }
            #expect(end.exitCode == 0)
            end.expectOneSentence("provider: demo", "https://ollama.com", "ollama pull")
            #expect(end.text.contains("Why is the sky blue?"))
            #expect(try #require(WAV(utter.read("a.wav"))).seconds > 5)
        }

        @Test(
            "The demo can be disabled", .enabled(if: OllamaPort.isUsable, "\(OllamaPort.reasonToSkip)"))
        func noDemo() async throws {
            let end = try await OllamaPort.alone {
                try await UtterProgram().run(["ask", "Hi"], environment: ["UTTER_MODEL_DEMO": "false"])
            }
            #expect(end.exitCode == 69)
            end.expectOneSentence("No model server answers")
        }

        @Test("If a model is not installed, the command that installs it is shown")
        func modelMissing() async throws {
            let reply = HTTPWire.reply(#"{"error":"model 'tiny' not found"}"#, status: "404 Not Found")
            let end = try await UtterProgram().ask(reply: reply)
            #expect(end.exitCode == 69)
            end.expectOneSentence("tiny", "ollama pull tiny")
            #expect(end.events.last?.code == "model_not_found")
        }

        @Test("Without a model's name, an installed one answers, and a notice says so")
        func modelChosen() async throws {
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.chat(tokens: ["Yes."]))
            }
            try await FaultServer.run(script) { server in
                let end = try await UtterProgram().run(["ask", "Hi", "--url", server.url])
                #expect(end.exitCode == 0)
                #expect(end.text == "Yes.\n")
                end.expectOneSentence("choose another model with --model", "tiny")
            }
        }

        enum Breaking: CaseIterable {
            case finWithoutLastChunk, finInLine, reset, errorLine, endWithoutDone

            var cause: String {
                switch self {
                case .finWithoutLastChunk, .finInLine, .reset: "broke in the middle of the answer"
                case .errorLine: "llama runner process"
                case .endWithoutDone: "without saying that it was complete"
                }
            }
        }

        @Test(
            "What came before a connection broke is shown and spoken, then the fault is reported, once",
            arguments: Breaking.allCases)
        func brokenOff(breaking: Breaking) async throws {
            let utter = try UtterProgram()
            let arrived = Gate()
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scat"))
                try await arrived.opened()
                switch breaking {
                case .finWithoutLastChunk: try await connection.cut()
                case .finInLine:
                    try await connection.send(HTTPWire.chunk(#"{"model":"tiny","message":{"role":"assis"#))
                    try await connection.cut()
                case .reset: try await connection.reset()
                case .errorLine:
                    try await connection.send(
                        HTTPWire.chunk(#"{"error":"llama runner process has terminated"}"# + "\n"))
                    try await connection.send(HTTPWire.lastChunk)
                case .endWithoutDone: try await connection.send(HTTPWire.lastChunk)
                }
            }
            try await FaultServer.run(script) { server in
                let end = try await utter.run(["ask", "Why?", "--events"] + server.options) { running in
                    try await running.event("text")
                    arrived.open()
                }
                #expect(end.exitCode == 69)
                end.expectOneSentence(breaking.cause)
                end.expectEventsInOrder()
                #expect(end.events.last?.event == "failed")
                #expect(end.answer == "The sky is blue. It scat")
                // Of the second sentence, as much as there was, in one or two pieces depending on time.
                let pieces = end.events("piece").compactMap(\.spoken)
                #expect(pieces.joined(separator: " ") == "The sky is blue. It scat")
                #expect(end.events("signal").last?.spoken?.hasPrefix("Sorry, ") == true)
                #expect(end.events("heard").compactMap(\.index) == Array(pieces.indices))
                #expect(end.events.last?.heardEnd == end.answer.utf8.count)
                #expect(utter.played.contains { $0 != 0 })
            }
        }

        @Test("The text of an answer that was cut off ends with a line break, and the WAV file has its sound")
        func brokenOffToFile() async throws {
            let utter = try UtterProgram()
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scat"))
            }
            try await FaultServer.run(script) { server in
                let end = try await utter.run(["ask", "Why?", "--output", "a.wav"] + server.options)
                #expect(end.exitCode == 69)
                #expect(end.text == "The sky is blue. It scat\n")
                #expect(end.errorLines.count == 1, "\(end.errors)")
                #expect(try #require(WAV(utter.read("a.wav"))).seconds > 1)
            }
        }

        @Test("Silence before the first word is explained, and waited for")
        func slowFirstWord() async throws {
            let explained = Gate()
            let script = OllamaWire.server { _, connection in
                try await explained.opened()
                try await connection.send(OllamaWire.chat(tokens: ["Here I am."]))
            }
            try await FaultServer.run(script) { server in
                let end = try await UtterProgram().run(["ask", "Hi"] + server.options) { running in
                    try await running.errors(holding: "Waiting for the first word of tiny")
                    explained.open()
                }
                #expect(end.exitCode == 0)
                #expect(end.text == "Here I am.\n")
            }
        }

        @Test("Silence before the first word ends at the limit")
        func noFirstWord() async throws {
            let utter = try UtterProgram(config: "model: {first_byte_timeout_s: 1}\n")
            try await FaultServer.run(OllamaWire.server { _, connection in try await connection.staySilent() }) {
                server in
                let end = try await utter.run(["ask", "Hi", "--config", "config.yaml", "--events"] + server.options)
                #expect(end.exitCode == 69)
                end.expectOneSentence("model.first_byte_timeout_s")
                end.expectEventsInOrder()
                #expect(end.events.last?.code == "model_silent")
                _ = try await server.disconnect(on: "/api/chat")
            }
        }

        @Test("Silence in mid-answer ends at the limit, and what came is spoken")
        func silenceBetweenWords() async throws {
            let utter = try UtterProgram(config: "model: {idle_timeout_s: 1}\n")
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scat"))
                try await connection.staySilent()
            }
            try await FaultServer.run(script) { server in
                let end = try await utter.run(["ask", "Hi", "--config", "config.yaml", "--events"] + server.options)
                #expect(end.exitCode == 69)
                end.expectOneSentence("sent nothing for 1 s", "what had arrived was kept", "Ask again")
                end.expectEventsInOrder()
                #expect(end.events.last?.code == "model_stalled")
                #expect(end.answer == "The sky is blue. It scat")
                #expect(end.events.last?.heardEnd == end.answer.utf8.count)
                _ = try await server.disconnect(on: "/api/chat")
            }
        }
    }
}
