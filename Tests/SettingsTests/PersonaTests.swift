// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Settings

@Suite struct PersonaTests {
    @Test(arguments: [
        ("天空为什么是蓝色的？", true), ("Python 的 GIL 是什么？", true), ("Why is the sky blue?", false),
        ("What does 你好 mean?", false), ("空はなぜ青いのですか", false), ("", false), ("42?", false), ("你好", true),
    ])
    func `A question is Chinese if it has at least as many Han characters as Latin words, and no kana`(
        prompt: String, isChinese: Bool
    ) {
        #expect(prompt.isChinese == isChinese)
    }

    @Test func `A question in Chinese gets the Chinese system prompt, if there is one`() {
        var persona = Settings.Persona(systemPrompt: "Be brief.")
        #expect(persona.systemPrompt(for: "你好") == "Be brief.")
        persona.chineseSystemPrompt = "简短些。"
        #expect(persona.systemPrompt(for: "你好") == "简短些。")
        #expect(persona.systemPrompt(for: "Hello") == "Be brief.")
    }

    @Test func `The default, a storyteller and a science teacher come with the program, in English and Chinese`() {
        let personas = Settings().personas
        #expect(personas.keys.sorted() == ["assistant", "science", "story"])
        for persona in [personas["story"], personas["science"]] {
            #expect(persona?.systemPrompt?.isChinese == false)
            #expect(persona?.chineseSystemPrompt?.isChinese == true)
        }
    }

    @Test func `A persona in the file is merged into the one that comes with the program`() throws {
        let settings = try load("personas: {story: {voice: en-us+f3}, mine: {template: \"{a}: {prompt}\"}}")
        #expect(settings.personas["story"]?.voice == "en-us+f3")
        #expect(settings.personas["story"]?.systemPrompt == Settings().personas["story"]?.systemPrompt)
        #expect(settings.personas["mine"]?.template.variables == ["a"])
    }
}
