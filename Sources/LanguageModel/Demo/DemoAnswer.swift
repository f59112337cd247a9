// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What the demo says: in Chinese to a question with Han characters (and no kana), else in English.
struct DemoAnswer {
    let text: String

    init(to question: String) {
        let scalars = question.unicodeScalars
        let isChinese = scalars.contains(where: \.isHan) && !scalars.contains(where: \.isKana)
        text = isChinese ? Self.chinese(question) : Self.english(question)
    }

    private static func english(_ question: String) -> String {
        """
        \(repeated(question, prefix: "You asked: ", end: ".")) \
        No language model runs on this machine yet, so I can only repeat your question. \
        I am the demo of Utter, and this is how an answer sounds: I was already speaking while the rest of it was still \
        being written. \
        For real answers, install Ollama from ollama.com. \
        Then type "ollama pull llama3.2" and wait until the model is there. \
        After that, just ask me again.
        """
    }

    private static func chinese(_ question: String) -> String {
        """
        \(repeated(question, prefix: "您问的是：", end: "。"))\
        这台机器上还没有语言模型，所以我只能重复您的问题。\
        我是 Utter 的演示，答案就是这样说出来的：后面的文字还在生成，前面的句子已经开始播放。\
        想听到真正的回答，请先从 ollama.com 安装 Ollama。\
        然后输入“ollama pull qwen2.5:3b”，等待模型下载完成。\
        之后再问我一次就可以了。
        """
    }

    /// The question as one sentence: blanks and line ends made single blanks, a long one cut, an end given.
    private static func repeated(_ question: String, prefix: String, end: String) -> String {
        var words = question.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if words.count > 160 { words = words.prefix(160).trimmed + "…" }
        let isEnded = words.last.map { ".!?…。！？".contains($0) } ?? false
        return prefix + words + (isEnded ? "" : end)
    }

    /// As a model would cut it: words with the blank before them, punctuation alone, Han characters one by one.
    var tokens: [String] {
        var tokens: [String] = []
        for character in text {
            if let last = tokens.last, character.continues(last) {
                tokens[tokens.count - 1].append(character)
            } else {
                tokens.append(String(character))
            }
        }
        return tokens
    }
}

extension Character {
    fileprivate func continues(_ token: String) -> Bool {
        guard let previous = token.last else { return false }
        return isLatinWord && (previous.isLatinWord || previous == " ")
    }

    private var isLatinWord: Bool {
        (isLetter || isNumber) && !unicodeScalars.contains(where: \.isHan)
    }
}

extension Unicode.Scalar {
    fileprivate var isHan: Bool { properties.isIdeographic }

    fileprivate var isKana: Bool { (0x3041...0x30FF).contains(value) }
}
