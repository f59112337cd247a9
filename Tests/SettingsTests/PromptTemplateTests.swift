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
    func `Variables are filled in once; braces in prompts and values have no meaning`(
        template: String, values: [String: String], expected: String
    ) throws {
        let template = try #require(PromptTemplate(template))
        #expect(try template.filled(prompt: "Why {topic} {{?", values: values) == expected)
    }

    @Test(arguments: [
        "", "no prompt", "{prompt", "{prompt}}", "{prompt} {", "} {prompt}", "{prompt} {}", "{a b} {prompt}",
    ])
    func `A template that can't be parsed is rejected`(text: String) {
        #expect(PromptTemplate(text) == nil)
    }

    @Test func `A missing variable, and one that the template doesn't have, are named`() throws {
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

    @Test func `A template in the file that can't be parsed is an error with its place`() {
        #expect(
            problems("personas:\n  mine:\n    template: \"{prompt} {x\"") == """
                config.yaml:3:15: personas.mine.template must be text that contains {prompt}, names in braces, \
                and {{ or }} for a brace, not the text "{prompt} {x"
                """)
    }
}
