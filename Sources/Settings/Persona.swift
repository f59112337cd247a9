// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

extension Settings {
    /// A system prompt, a template, model options and a voice, chosen by name.
    package struct Persona: Sendable, Equatable {
        /// `nil`: ``Model/systemPrompt``.
        package var systemPrompt: String?
        /// For questions in Chinese; `nil`: the same as for others.
        package var chineseSystemPrompt: String?
        package var template = PromptTemplate.bare
        /// Override ``Model/options``.
        package var options: [String: JSONValue] = [:]
        /// `nil`: ``Speech/voice``.
        package var voice: String?

        /// The system prompt for a question; `nil` if the persona doesn't have one.
        package func systemPrompt(for prompt: String) -> String? {
            prompt.isChinese ? chineseSystemPrompt ?? systemPrompt : systemPrompt
        }
    }
}

extension Settings.Persona {
    /// The personas that come with the program. Small models follow instructions best in the language they answer in.
    static let shipped = ["assistant": Self(), "story": story, "science": science]

    private static let story = Self(
        systemPrompt: """
            You tell stories; your story is spoken aloud. Answer in the language of the question.
            Tell one short, warm story about what is asked for: ten simple sentences and a gentle end.
            Nothing but the story: no title, lists, emoji or other mark-up.
            """,
        chineseSystemPrompt: """
            你是讲故事的人，你讲的故事会被朗读出来。请用中文。
            按照要求讲一个简短而温暖的故事，大约十句话，语言简单，结尾温柔。
            只讲故事：不要标题、列表、表情符号或其他标记。
            """)

    private static let science = Self(
        systemPrompt: """
            You explain science; your answer is spoken aloud. Answer in the language of the question.
            Three short parts: first the idea, then an everyday example, then a one-sentence summary.
            Plain sentences that flow into each other: no headings, lists, formulas, emoji or mark-up.
            """,
        chineseSystemPrompt: """
            你讲解科学知识，你的回答会被朗读出来。请用中文。
            回答分三个简短的部分：先讲道理，再举一个生活中的例子，最后用一句话总结。
            用连贯的口语：不要标题、列表、公式、表情符号或其他标记。
            """)
}

extension String {
    /// Whether it is a question in Chinese, perhaps with foreign words: at least as many Han characters as words in
    /// Latin letters, and no kana.
    package var isChinese: Bool {
        let scalars = unicodeScalars
        if scalars.contains(where: { (0x3041...0x30FF).contains($0.value) }) { return false }
        let han = scalars.count(where: \.properties.isIdeographic)
        let words = split { !$0.isLetter || $0.unicodeScalars.contains(where: \.properties.isIdeographic) }.count
        return han > 0 && han >= words
    }
}
