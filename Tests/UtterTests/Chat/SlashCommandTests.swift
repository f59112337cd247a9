// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import utter

@Suite struct SlashCommandTests {
    @Test(
        "Commands are parsed with their values",
        arguments: [
            ("/voice de", .voice("de")), ("/voice", .voice(nil)), ("/rate 200", .rate(200)), ("/rate", .rate(nil)),
            ("/model  llama3.2 ", .model("llama3.2")), ("/persona story", .persona("story")), ("/again", .again),
            ("/volume 80", .volume(80)), ("/volume", .volume(nil)), ("/models", .models), ("/new", .new),
            ("/clear", .new),
            ("/save my talk.md", .save("my talk.md")), ("/help", .help), ("/quit", .quit),
        ] as [(String, SlashCommand)])
    func commands(line: String, command: SlashCommand) throws {
        #expect(try SlashCommand(line) == command)
    }

    @Test("Everything else is a question", arguments: ["Why?", "what is /voice", " /help"])
    func questions(line: String) throws {
        #expect(try SlashCommand(line) == nil)
    }

    @Test(
        "Mistakes are reported, with what was probably meant",
        arguments: [
            ("/voise de", "Did you mean /voice?"), ("/x", "/help lists them all"), ("/rate fast", "/rate 200"),
            ("/volume 300", "0 to 200"), ("/save", "/save talk.md"), ("/", "/help lists them all"),
        ])
    func mistakes(line: String, hint: String) {
        let fault = #expect(throws: Fault.self) { try SlashCommand(line) }
        #expect(fault?.code == .usage)
        #expect(fault?.message.contains(hint) == true)
    }

    @Test(
        "Tab completes commands and their values",
        arguments: [
            ("/vo", ["/voice", "/volume"]), ("/pers", ["/persona"]), ("/persona s", ["/persona story"]),
            ("/model ", ["/model a", "/model b"]), ("/voice a", ["/voice auto"]), ("/save x", []), ("Why /v", []),
        ])
    func completions(line: String, expected: [String]) {
        let choices = SlashCommand.Choices(voices: ["de"], models: ["a", "b"], personas: ["assistant", "story"])
        #expect(choices.completions(of: line) == expected)
    }
}
