// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Speech

@Suite("Text that a voice can be given")
struct SpeakableTextTests {
    @Test(
        "keeps what the voice reads, place for place",
        arguments: [
            (WritingSystem.latin, "Naïve café — 5 €, 20 °C… Łódź, Việt", "Naïve café — 5 €, 20 °C… Łódź, Việt"),
            (.latin, "it’s “so” ‹x›", "it's \"so\" 'x'"),
            (.latin, "a\u{0}b\u{1}c\u{7F}d\u{9F}e\nf", "a b c d e f"),
            (.latin, "π 好 Я 😀 ⣟ \u{E000}.", "           ."),
            (.han, "你好，Python 3。々〇", "你好，Python 3。々〇"), (.kana, "かな カナ 漢字ー。", "かな カナ 漢字ー。"),
            (.hangul, "한글 ABC", "한글 ABC"), (.cyrillic, "Ёж и щука café", "Ёж и щука caf "),
            (.devanagari, "नमस्ते। ok", "नमस्ते। ok"), (.arabic, "سلام، abc", "سلام، abc"),
            // A hyphen belongs into a word or before a number.
            (.latin, "well-known -5 '-L - x-", "well-known -5 ' L   x-"),
        ])
    func table(script: WritingSystem, text: String, expected: String) {
        #expect(text.speakable(in: script) == expected)
        #expect(text.speakable(in: script).unicodeScalars.count == text.unicodeScalars.count)
    }

    @Test("every script keeps ASCII", arguments: WritingSystem.allCases)
    func ascii(script: WritingSystem) {
        let text = "The quick brown fox: 0123456789, (a) [b] {c} <d> x-y @ # $ % & * + = / | ~ ^ _ ; ! ?"
        #expect(text.speakable(in: script) == text)
    }

    @Test(
        "what has crashed eSpeak NG 1.51 is survived",
        arguments: [
            ("hi", "ꡒN䋚⏯"), ("hi", "ൖV珙"), ("hi", "ꠡZⳡ䐨"), ("ar", "⣟"), ("da", "‹-x"), ("vi", "'-L"), ("vi", "″-b"),
            ("vi", "₴-o"), ("ml", "‚-\u{D3B}"), ("mr", "₪-ऒॶ"), ("pa", "ⓜ "), ("ky", "T´š"), ("ba", "'-ƶ"),
            ("ky", "g'ȸ "),
        ])
    func crashes(language: String, text: String) async throws {
        let recording = Recording()
        let synthesizer = try await Synthesizer.start()
        #expect(
            try await synthesizer.synthesize([SpokenRun(language: language, text: text)], into: recording.take)
                .isComplete)
    }
}
