// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Settings

@Suite struct PromptTemplateTests {
    @Test(arguments: [
        ("{prompt}", [:], "Why {topic} {{?"),
        ("About {topic}: {prompt}", ["topic": "{prompt}"], "About {prompt}: Why {topic} {{?"),
        ("{topic}{topic}{prompt}", ["topic": "x"], "xxWhy {topic} {{?"),
        ("{{{prompt}}} {{prompt}}", [:], "{Why {topic} {{?} {prompt}"),
        ("关于{主题}：{prompt}", ["主题": "河"], "关于河：Why {topic} {{?"),
        ("{prompt}{a-1_b}", ["a-1_b": ""], "Why {topic} {{?"),
    ])
    func `Variables are filled in once; braces of prompts and values mean nothing`(
        template: String, values: [String: String], expected: String
    ) throws {
        let template = try #require(PromptTemplate(template))
        #expect(try template.filled(prompt: "Why {topic} {{?", values: values) == expected)
    }

    @Test(arguments: [
        "", "no prompt", "{prompt", "{prompt}}", "{prompt} {", "} {prompt}", "{prompt} {}", "{a b} {prompt}",
    ])
    func `What can't be read is no template`(text: String) {
        #expect(PromptTemplate(text) == nil)
    }

    @Test func `A variable that is missing, and one that the template does not have, are named`() throws {
        let template = try #require(PromptTemplate("{a} {b} {a} {prompt}"))
        #expect(template.variables == ["a", "b"])
        #expect(throws: PromptTemplate.Mistake.missing("b")) { try template.filled(prompt: "", values: ["a": ""]) }
        #expect(throws: PromptTemplate.Mistake.unknown("c")) {
            try template.filled(prompt: "", values: ["a": "", "b": "", "c": ""])
        }
        #expect(throws: PromptTemplate.Mistake.unknown("prompt")) {
            try PromptTemplate.bare.filled(prompt: "", values: ["prompt": "x"])
        }
    }

    @Test func `A template of the file that can't be read is an error with its place`() {
        #expect(
            problems("personas:\n  mine:\n    template: \"{prompt} {x\"") == """
                config.yaml:3:15: personas.mine.template must be text that contains {prompt}, names in braces, \
                and {{ or }} for a brace, not the text "{prompt} {x"
                """)
    }
}
