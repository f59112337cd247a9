// SPDX-License-Identifier: GPL-3.0-or-later
import Settings
import Testing
import Utterance

@testable import Assistant

@Suite struct TemplateVariablesTests {
    private func fill(_ template: String, _ arguments: [String]) throws -> String {
        var settings = Settings()
        settings.personas["assistant"]?.template = try #require(PromptTemplate(template))
        return try TemplateVariables(arguments).fill(settings, prompt: "How long?")
    }

    @Test("--set gives the persona's template its variables, whatever their values contain")
    func filled() throws {
        #expect(try fill("{topic}: {prompt}", ["topic=a = {b}"]) == "a = {b}: How long?")
        #expect(try fill("{topic}: {prompt}", ["topic="]) == ": How long?")
    }

    @Test(
        "A missing, unknown, repeated or malformed variable is a usage fault that names it",
        arguments: [
            (["a=1"], "needs a value for {b}: add --set b=TEXT"),
            (["a=1", "b=2", "c=3"], "no variable {c}; it has {a}, {b}"),
            (["a=1", "a=2", "b=3"], "--set gives a twice"), (["a"], "\"a\" sets no variable"),
            (["=a"], "sets no variable"),
        ])
    func faults(arguments: [String], message: String) throws {
        let fault = try #require(throws: Fault.self) { try fill("{a}{b}{prompt}", arguments) }
        #expect(fault.code == .usage)
        #expect(fault.message.contains(message))
    }
}
