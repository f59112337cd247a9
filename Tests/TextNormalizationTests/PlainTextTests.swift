// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// The fast path for plain sentences and the slow path for all others have the same result.
@Suite struct PlainTextTests {
    @Test(
        "Plain text is recognized",
        arguments: ["Hello there, you!", "A well-known café (in Paris).", "Don’t “quote” me; will you?"])
    func latin(text: String) {
        #expect(PlainText(text) == .latin(letters: text.unicodeScalars.count { Script($0) == .latin }))
        #expect(spoken(text) == text)
        #expect(spoken("5 " + text) == "5 " + spoken(text))
    }

    @Test("Plain Chinese is recognized", arguments: ["你好，我是小明。", "我在银行听音乐！", "一个人不对吗？", "“好”：真的……"])
    func chinese(text: String) {
        #expect(PlainText(text) == .han(characters: text.unicodeScalars.count { Script($0) == .han }))
        #expect(spoken("5，" + text) == "五，" + spoken(text))
    }

    @Test(
        "Text that needs a closer look is not plain",
        arguments: [
            "", "...", "Dr. Smith", "5 km", "World War II", "a - b", "a/b", "GPT", "你好 world", "です", "привет", "3×4",
            "a×b",
            "a\u{200B}b", "😀", "５", "-",
        ])
    func others(text: String) {
        #expect(PlainText(text) == nil)
    }
}
