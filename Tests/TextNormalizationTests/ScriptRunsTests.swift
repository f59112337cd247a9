// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import TextNormalization

/// Which voice reads what.
@Suite struct ScriptRunsTests {
    @Test(
        "Each script has a separate run",
        arguments: [
            ("Python 语言", "en:Python |zh:语言"),
            ("你好，我是语音助手。今天天气很好！", "zh:你好，我是语音助手。今天天气很好！"),
            ("GPT-4o是OpenAI的模型", "en:GPT-4o|zh:是|en:OpenAI|zh:的模型"),
            ("A股和T恤", "en:A|zh:股和|en:T|zh:恤"),
            ("The word 你好 has two characters.", "en:The word |zh:你好 |en:has two characters."),
            ("Привет, мир!", "ru:Привет, мир!"),
            ("Їжак і кіт", "uk:Їжак і кіт"),
            ("Καλημέρα", "el:Καλημέρα"),
            ("مرحبا بالعالم", "ar:مرحبا بالعالم"),
            ("سلام پدر", "fa:سلام پدر"),
            ("नमस्ते", "hi:नमस्ते"),
            ("שלום", "he:שלום"),
            ("สวัสดี", "th:สวัสดี"),
            ("নমস্কার", "bn:নমস্কার"),
            ("வணக்கம்", "ta:வணக்கம்"),
            ("నమస్కారం", "te:నమస్కారం"),
            ("გამარჯობა", "ka:გამარჯობა"),
            ("Բարեւ", "hy:Բարեւ"),
            ("안녕하세요 세계", "ko:안녕하세요 세계"),
            ("ありがとう", "ja:ありがとう"),
        ])
    func runs(text: String, expected: String) {
        #expect(described(text) == expected)
    }

    @Test("Han is Japanese if kana is nearby, unless the sentence is clearly Chinese")
    func japanese() {
        #expect(described("東京は日本の首都です。") == "ja:東京は日本の首都です。")
        #expect(described("东京在日本。") == "zh:东京在日本。")
        #expect(described("日语里“ありがとう”是谢谢的意思，对吗") == "zh:日语里“|ja:ありがとう”|zh:是谢谢的意思，对吗")
        #expect(described("東京", language: "ja") == "ja:東京")
    }

    @Test(
        "A number is read with the text around it",
        arguments: [
            ("我有3个苹果", "zh:我有三个苹果"),
            ("3个苹果", "zh:三个苹果"),
            ("我用 iPhone 15 Pro 拍照", "zh:我用 |en:iPhone 15 Pro |zh:拍照"),
            ("用MP3播放", "zh:用|en:MP3|zh:播放"),
            ("速度90km/h，重5 kg。", "zh:速度九十公里每小时，重五公斤。"),
            ("I counted 7 of them", "en:I counted 7 of them"),
            ("Мне 5 лет", "ru:Мне 5 лет"),
        ])
    func figures(text: String, expected: String) {
        #expect(described(text) == expected)
    }

    @Test("Latin text has the configured language, or is English next to another script")
    func configured() {
        #expect(described("Guten Tag", language: "de") == "de:Guten Tag")
        #expect(described("Guten Tag 你好", language: "de-AT") == "de-AT:Guten Tag |zh:你好")
        #expect(described("你好 world", language: "zh") == "zh:你好 |en:world")
        #expect(described("2024", language: "zh") == "zh:二千零二十四" || described("2024", language: "zh") == "zh:两千零二十四")
        #expect(described("Добрий день", language: "uk") == "uk:Добрий день")
    }

    @Test("Nothing to say makes no run", arguments: ["", "...", "😀", " ", "——", "\u{200B}"])
    func nothing(text: String) {
        #expect(described(text) == "")
    }

    private func described(_ text: String, language: String = "en", question: String? = nil) -> String {
        speak(text, language: language, question: question).runs.map { "\($0.language):\($0.text)" }.joined(
            separator: "|")
    }
}
