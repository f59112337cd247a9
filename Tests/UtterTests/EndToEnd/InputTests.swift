// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Standard input and the prompt")
    struct Input {
        static let notUTF8 = Array("Good morning. ".utf8) + [0xC4, 0xE3, 0xBA, 0xC3] + Array(" All is well.".utf8)

        @Test("An empty prompt is a usage error", arguments: [["ask", ""], ["ask", "  "], ["ask"], ["ask", "-"]])
        func emptyPrompt(arguments: [String]) async throws {
            let end = try await UtterProgram().run(arguments)
            #expect(end.exitCode == 64)
            #expect(end.text == "")
            end.expectOneSentence("prompt is empty", "utter ask \"")
        }

        @Test("Nothing to say is a usage error")
        func nothingToSay() async throws {
            let end = try await UtterProgram().run(["say", " "])
            #expect(end.exitCode == 64)
            end.expectOneSentence("nothing to say", "utter say \"")
        }

        @Test("A wrong option is reported like any other mistake, followed by the usage")
        func wrongOption() async throws {
            let end = try await UtterProgram().run(["say", "--otput", "a.wav", "Hello."])
            #expect(end.exitCode == 64)
            #expect(end.errors.hasPrefix("utter: Unknown option '--otput'. Did you mean '--output'?\nUsage: utter say"))
        }

        @Test("If a text is taken for an option, the message says how to write it")
        func textLikeAnOption() async throws {
            let end = try await UtterProgram().run(["say", "--- a text"])
            #expect(end.exitCode == 64)
            #expect(end.errors.hasPrefix("utter: ") && end.errors.contains("utter say -- \""))
        }

        @Test("A prompt of 1 MB reaches the model whole")
        func longPrompt() async throws {
            let prompt = String(repeating: "Why is the sky blue? ", count: 50_000)
            try await FaultServer.run(
                OllamaWire.server { _, connection in
                    try await connection.send(OllamaWire.chat(tokens: ["It scatters."]))
                }
            ) { server in
                let end = try await UtterProgram().run(
                    ["ask", "--url", server.url, "--model", "tiny"], input: Array(prompt.utf8))
                #expect(end.exitCode == 0, "\(end.errors)")
                #expect(end.text == "It scatters.\n")
                #expect(try await server.request().text.contains(prompt))
            }
        }

        @Test("A prompt that is not UTF-8 is rejected, with the way to convert it")
        func promptNotUTF8() async throws {
            let end = try await UtterProgram().run(["ask"], input: Self.notUTF8)
            #expect(end.exitCode == 65)
            end.expectOneSentence("not valid UTF-8", "iconv")
        }

        @Test("Text that is not UTF-8 is spoken as far as it is text, then rejected")
        func textNotUTF8() async throws {
            let utter = try UtterProgram()
            let end = try await utter.run(["say", "--events"], input: Self.notUTF8)
            #expect(end.exitCode == 65)
            end.expectOneSentence("not valid UTF-8", "iconv")
            end.expectEventsInOrder()
            #expect(end.events.last?.event == "failed")
            #expect(end.events.last?.code == "input_invalid")
            let spoken = end.events("piece").compactMap(\.spoken).joined(separator: " ")
            #expect(spoken.contains("Good morning.") && spoken.contains("All is well."))
            #expect(utter.played.contains { $0 != 0 })
        }

        @Test("Sentences of text that is not UTF-8 are shown, then it is rejected")
        func sentencesNotUTF8() async throws {
            let end = try await UtterProgram().run(["sentences"], input: Self.notUTF8)
            #expect(end.exitCode == 65)
            #expect(end.text.contains("Good morning.") && end.text.contains("All is well."))
            end.expectOneSentence("not valid UTF-8", "iconv")
        }

        @Test(
            "Sentences are cut at any valid pace, and in chunks of any size",
            arguments: [
                ("--pacing", "1e-300", 64), ("--pacing", "0", 64), ("--pacing", "-1", 64), ("--pacing", "nan", 64),
                ("--pacing", "0.001", 0), ("--pacing", "1e300", 64), ("--chunk", "0", 64), ("--chunk", "99999999", 0),
            ])
        func pace(option: String, value: String, code: Int32) async throws {
            let end = try await UtterProgram().run(["sentences", "\(option)=\(value)"], input: Array("One. Two.".utf8))
            #expect(end.exitCode == code, "\(end.errors)")
            if code != 0 { end.expectOneSentence(option) }
        }

        @Test("NUL in the input does no harm", arguments: [["say"], ["say", "--events"], ["sentences"]])
        func nul(arguments: [String]) async throws {
            let utter = try UtterProgram()
            let end = try await utter.run(arguments, input: Array("One.\0 Two\0 three.\0".utf8))
            #expect(end.exitCode == 0, "\(end.errors)")
            #expect(end.errors == "")
            #expect(!end.output.contains(0))
            #expect(end.text.contains("One.") && end.text.contains("three."))
            if arguments.first == "say" { #expect(utter.played.contains { $0 != 0 }) }
        }

        @Test("NUL in the prompt reaches the model in JSON's encoding")
        func nulInPrompt() async throws {
            try await FaultServer.run(
                OllamaWire.server { _, connection in try await connection.send(OllamaWire.chat(tokens: ["Yes."])) }
            ) { server in
                let end = try await UtterProgram().run(
                    ["ask", "--url", server.url, "--model", "tiny"], input: Array("One\0two?".utf8))
                #expect(end.exitCode == 0, "\(end.errors)")
                #expect(end.text == "Yes.\n")
                #expect(try await server.request().text.contains(#"One\u0000two?"#))
            }
        }
    }
}
