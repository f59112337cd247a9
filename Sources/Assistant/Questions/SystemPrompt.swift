// SPDX-License-Identifier: GPL-3.0-or-later
import Settings

/// The system prompt that makes answers good to listen to, used unless the settings have their own.
enum SystemPrompt {
    /// In the language of the question, which small models follow best.
    static func builtIn(for prompt: String) -> String {
        prompt.isChinese ? chinese : english
    }

    private static let english = """
        You are a voice assistant; your answer is spoken aloud. Answer in the language of the question, briefly, in a \
        few plain sentences, the most important one first. No lists, headings, tables, code, emoji or other mark-up.
        """

    private static let chinese = """
        你是语音助手，你的回答会被朗读出来。请用中文，用几句简短通顺的话回答，先说最重要的。\
        不要列表、标题、表格、代码、表情符号或其他标记。
        """
}
