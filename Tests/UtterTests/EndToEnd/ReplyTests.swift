// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Replies with little, nothing or too much")
    struct Replies {
        @Test(
            "A reply without anything to speak ends normally and says so",
            arguments: [".", "…", "😀🎉", "***", "?!"])
        func onlySigns(reply: String) async throws {
            let utter = try UtterProgram()
            let end = try await utter.ask(reply: OllamaWire.chat(tokens: [reply]))
            #expect(end.exitCode == 0)
            end.expectOneSentence("only symbols")
            end.expectEventsInOrder()
            #expect(end.answer == reply)
            #expect(end.events.last?.event == "finished")
            #expect(!utter.played.contains { $0 != 0 })
        }

        @Test(
            "An empty reply is a fault",
            arguments: [[""], [" "], ["\n", "\n", "  "]])
        func empty(tokens: [String]) async throws {
            let end = try await UtterProgram().ask(reply: OllamaWire.chat(tokens: tokens))
            #expect(end.exitCode == 69)
            end.expectOneSentence("empty answer", "another model")
            end.expectEventsInOrder()
            #expect(end.events.last?.code == "answer_empty")
        }

        @Test(
            "A reply of only reasoning is a fault, and the reasoning is not spoken",
            arguments: [
                OllamaWire.head + OllamaWire.chat("", thinking: "Hmm, let me see.") + OllamaWire.chatDone()
                    + HTTPWire.lastChunk,
                OllamaWire.chat(tokens: ["<think>", "Hmm, let me see.", "</think>"]),
                OllamaWire.chat(tokens: ["<th", "ink>Hmm, let me see.", "</thi", "nk>\n\n"]),
            ])
        func onlyReasoning(reply: String) async throws {
            let end = try await UtterProgram().ask(reply: reply)
            #expect(end.exitCode == 69)
            end.expectOneSentence("only reasoned", "think")
            end.expectEventsInOrder()
            #expect(end.events("thinking").count == 1)
            #expect(!end.text.contains("let me see"))
        }

        @Test("Reasoning that was cut off before its end is a fault")
        func reasoningCutOff() async throws {
            let reply = OllamaWire.chat(tokens: ["<think>", "Hmm, let me see"], reason: "length")
            let end = try await UtterProgram().ask(reply: reply)
            #expect(end.exitCode == 69)
            end.expectOneSentence("only reasoned until its token limit", "num_predict")
        }

        @Test("Reasoning before an answer is not spoken, the answer is")
        func reasoningFirst() async throws {
            let reply = OllamaWire.chat(tokens: ["<thi", "nk>Hmm, let me see.</th", "ink>\n\nIt ", "scatters."])
            let utter = try UtterProgram()
            let end = try await utter.ask(reply: reply)
            #expect(end.exitCode == 0)
            #expect(end.errors == "")
            end.expectEventsInOrder()
            #expect(end.answer.contains("It scatters."))
            #expect(end.events("piece").compactMap(\.spoken) == ["It scatters."])
            #expect(end.events("heard").map(\.index) == [0])
            #expect(utter.played.contains { $0 != 0 })
        }

        @Test("An answer that the token limit cuts off is spoken, and a notice says so")
        func tokenLimit() async throws {
            let end = try await UtterProgram().ask(
                reply: OllamaWire.chat(tokens: ["It scatters and"], reason: "length"))
            #expect(end.exitCode == 0)
            end.expectOneSentence("token limit", "num_predict")
            #expect(end.events("notice").map(\.code) == ["truncated"])
            #expect(end.events("heard").count == 1)
        }

        @Test("An endless answer is ended by the time limit, and the server is told to stop")
        func endless() async throws {
            let utter = try UtterProgram(config: "playback: {longest_answer_min: 0.1}\n")
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head)
                while true { try await connection.send(OllamaWire.chat("It goes on and on and never ends. ")) }
            }
            try await FaultServer.run(script) { server in
                let end = try await utter.run(
                    ["ask", "Go on", "--config", "config.yaml", "--output", "a.wav", "--events"]
                        + server.options)
                #expect(end.exitCode == 0)
                end.expectOneSentence("stopped after 6 seconds of sound", "playback.longest_answer_min")
                end.expectEventsInOrder()
                #expect(end.events.last?.event == "finished")
                #expect(end.events("notice").map(\.code) == ["longest_answer"])
                let wav = try #require(WAV(utter.read("a.wav")))
                #expect((6.0...12).contains(wav.seconds))
                _ = try await server.disconnect(on: "/api/chat")
            }
        }
    }
}
