// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Speech

@Suite("Text for a voice")
struct SpeakableTextTests {
    @Test(
        "keeps what the voice reads, character for character",
        arguments: [
            (WritingSystem.latin, "Naïve café — 5 €, 20 °C… Łódź, Việt", "Naïve café — 5 €, 20 °C… Łódź, Việt"),
            (.latin, "it’s “so” ‹x›", "it's \"so\" 'x'"),
            (.latin, "a\u{0}b\u{1}c\u{7F}d\u{9F}e\nf", "a b c d e f"),
            (.latin, "π 好 Я 😀 ⣟ \u{E000}.", "           ."),
            (.han, "你好，Python 3。々〇", "你好，Python 3。々〇"), (.kana, "かな カナ 漢字ー。", "かな カナ 漢字ー。"),
            (.hangul, "한글 ABC", "한글 ABC"), (.cyrillic, "Ёж и щука café", "Ёж и щука caf "),
            (.devanagari, "नमस्ते। ok", "नमस्ते। ok"), (.arabic, "سلام، abc", "سلام، abc"),
            // A hyphen belongs inside a word or before a number.
            (.latin, "well-known -5 '-L - x-", "well-known -5 ' L   x-"),
            // Half-width marks are heard between characters without a space between them.
            (.han, "好,你?我!他;她:它", "好，你？我！他；她：它"), (.kana, "はい,そう。", "はい，そう。"),
            (.han, "好, 你 3,5 8:30 a:b", "好, 你 3,5 8:30 a:b"), (.hangul, "네,그", "네,그"),
        ])
    func table(script: WritingSystem, text: String, expected: String) {
        let speakable = text.speakable(in: script) { _ in true }
        #expect(speakable == expected)
        #expect(speakable.unicodeScalars.count == text.unicodeScalars.count)
    }

    @Test("every script keeps ASCII", arguments: WritingSystem.allCases)
    func ascii(script: WritingSystem) {
        let text = "The quick brown fox: 0123456789, (a) [b] {c} <d> x-y @ # $ % & * + = / | ~ ^ _ ; ! ?"
        #expect(text.speakable(in: script) { _ in true } == text)
    }

    @Test(
        "is checked for symbols and foreign letters, not for its own",
        arguments: [
            (WritingSystem.latin, "50 % of Łódź (x) & ~ café.", "50   of Łódź (x)     café."),
            (.cyrillic, "Ёж и 5 km.", "Ёж и 5   ."), (.han, "你好，Python 3", "你好        3"),
            (.devanagari, "नमस्ते @ 5", "नमस्ते   5"),
        ])
    func asking(script: WritingSystem, text: String, expected: String) {
        #expect(text.speakable(in: script) { _ in false } == expected)
    }

    @Test("keeps long words, and cuts those that no language has")
    func longWords() {
        let longest = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
        #expect(longest.speakable(in: .latin) { _ in true } == longest)
        let han = String(repeating: "好", count: 75)
        #expect(han.speakable(in: .han) { _ in true } == han)
        for unit in ["x", "я", "한", "x-", "ï."] {
            let text = String(repeating: unit, count: 280)
            let words = text.speakable(in: unit == "한" ? .hangul : unit == "я" ? .cyrillic : .latin) { _ in true }
                .split(separator: " ")
            #expect(words.allSatisfy { $0.utf8.count <= 120 && !$0.hasPrefix(".") }, "\(unit)")
            #expect(words.count > 1)
        }
        // What such full stops separate is one word to eSpeak NG.
        for unit in ["x  .", "a."] {
            let chain = String(repeating: unit, count: 75).speakable(in: .latin) { _ in true }
            #expect((20...21).contains(chain.count { $0 == "." }))
        }
        #expect("in .env and .git".speakable(in: .latin) { _ in true } == "in .env and .git")
    }

    @Test(
        "A voice gets what it says in its own language",
        arguments: [
            ("ru", "5 % & 3 km", "5 % & 3   "), ("hi", "५ @ # 3 km", "५     3   "),
            ("ja", "ラーメン、きゃ 50", "ラーメン、きゃ 50"), ("en-us", "A & B @ C # 5 % ± × ÷", "A & B @ C # 5 % ± × ÷"),
            ("sr", "Добар dan", "Добар dan"), ("tlh", "a % b", "a   b"),
        ])
    func voices(language: String, text: String, expected: String) {
        let signs = VoiceSymbols(language: language, version: "1.51")
        #expect(text.speakable(in: WritingSystem(language: language), says: signs.contains) == expected)
    }

    @Test(
        "Half-width punctuation separates clauses as full-width punctuation does",
        arguments: [("zh", "我很好,你呢", "我很好，你呢"), ("zh", "有五;七两种", "有五；七两种"), ("ja", "はい,そう", "はい，そう")])
    func halfWidth(language: String, half: String, full: String) async throws {
        let synthesizer = try await Synthesizer.start()
        let said = try await synthesizer.phonemes(of: half, language: language)
        #expect(try await said == synthesizer.phonemes(of: full, language: language))
    }

    @Test("The table of symbols is true for every voice of this version of eSpeak NG, in a separate process")
    func signs() async {
        await #expect(processExitsWith: .success) {
            try await Self.checkSigns()
        }
    }

    /// Makes each voice say each symbol. A symbol that is wrong in the table may crash eSpeak NG, so this doesn't run
    /// where other tests speak.
    @SpeechThread
    private static func checkSigns() throws {
        let library = try ESpeak.start()
        let settings = ESpeak.Settings(rate: 175, pitch: 50, volume: 100, wordGapMilliseconds: 0)
        let signs =
            (0x21...0x7E).compactMap { Unicode.Scalar($0 as UInt32) } + "£¥§°±²³×÷।॥€‐–—…、。〜「」（），！？".unicodeScalars
        for voice in library.catalogue.voices where !voice.identifier.hasPrefix("mb/") {
            let script = WritingSystem(language: voice.language)
            let table = VoiceSymbols(language: voice.language, version: library.version)
            try library.use(voice: voice.identifier, settings: settings)
            for scalar in signs where script.contains(scalar) && !script.isHome(to: scalar) && table.contains(scalar) {
                _ = try library.phonemes(of: ".")
                let said = try library.phonemes(of: String(scalar))
                #expect(!said.contains("("), "\(voice.identifier) \(scalar): \(said)")
            }
        }
    }

    @Test("Text that has crashed eSpeak NG 1.51 is survived, in a separate process")
    func crashes() async {
        await #expect(processExitsWith: .success) {
            let synthesizer = try await Synthesizer.start()
            for (language, text) in Self.crashing {
                let recording = Recording()
                let synthesis = try await synthesizer.synthesize(
                    [SpokenRun(language: language, text: text)], into: recording.take)
                #expect(synthesis.isComplete)
            }
        }
    }

    /// Each of these crashed a voice, by itself or with the pieces before it.
    private static let crashing: [(String, String)] = [
        // A change of language in the middle of a clause.
        ("hi", "ꡒN䋚⏯"), ("hi", "ൖV珙"), ("hi", "ꠡZⳡ䐨"), ("ar", "⣟"), ("da", "‹-x"), ("vi", "'-L"), ("vi", "″-b"),
        ("vi", "₴-o"), ("ml", "‚-\u{D3B}"), ("mr", "₪-ऒॶ"), ("pa", "ⓜ "), ("ky", "T´š"), ("ba", "'-ƶ"), ("ky", "g'ȸ "),
        ("ky", "+#Ђ-y' 〠  w\""), ("hi", String(repeating: "ढ", count: 50) + " > "), ("hy", " \" ,]=՝ռօ֏ԶկՈ "),
        ("ky", String(repeating: "Ｄ'", count: 15)),
        // A word of more than 160 bytes; 1.51 cuts some of them by itself, but not those that it spells.
        (
            "es",
            ".K.sscihrmefaxktlpzqnyqkpizkenuolxwaloseevmksxwrklixwtbuipagsvianhtregphbcquxejwumyrnfoxwtizcdyeonjekxhqakz"
                + "btctoqiuyuvbbpelrykltdonnpkuclgwnkytehgabmnoxfpuybhlpuipigcqbea"
        ),
        (
            "da",
            "vvhqrkpontkxdvfowvshgnnuixpsytkerdfoayqdzzctgmdoihgxdahbbjqgczmwdnpcmgsnajangibqyuyvbzkfwjepaxqwyfrsxybulcrc"
                + "wuscvlgjztxsdnztqxquzxckrbpifupenvsdjlarwvhatayvprxwbfldysjkmjkookjxtycoypannvkjwywwqnsbwssydknfam"
        ),
        ("en", String(repeating: "s'", count: 145)), ("fr", String(repeating: "s'", count: 145)),
        // Letters that full stops join to one word.
        ("qdb", String(repeating: "ï  .", count: 75)), ("en", String(repeating: "a.", count: 100)),
    ]
}
