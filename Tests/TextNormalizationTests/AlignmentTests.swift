// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import TextNormalization

/// Finds the words heard in the answer as it was written.
@Suite struct AlignmentTests {
    @Test(
        "A word that is spoken maps to what it stands for",
        arguments: [
            ("It costs $29.95 today.", "dollars", "$29.95"), ("It costs $29.95 today.", "today", "today"),
            ("Dr. Smith came.", "Doctor", "Dr."), ("Dr. Smith came.", "Smith", "Smith"),
            ("at 60 km/h now", "hour", "km/h"),
            ("at 60 km/h now", "60", "60"), ("Hi\u{200B} there 😀 you", "there", "there"), ("今年是2024年吗", "二零", "2024"),
            ("今年是2024年吗", "年吗", "年吗"), ("ＡＢ wide", "wide", "wide"), ("in 5–10 days", "to", "–"),
        ])
    func words(text: String, word: String, source: String) throws {
        let (runs, alignment) = speak(text)
        let all = runs.map(\.text).joined()
        let place = try #require(offset(of: word, in: all))
        let start = try #require(offset(of: source, in: text))
        #expect(
            alignment.source(of: place..<place + word.utf8.count) == start..<start + source.utf8.count, "\(all)")
    }

    @Test("Places are ascending, and stay inside the text", arguments: texts)
    func rising(text: String) throws {
        let (runs, alignment) = speak(text)
        let spoken = runs.map(\.text).joined()
        var last = Alignment.Anchor(spoken: 0, source: 0)
        for anchor in alignment.anchors {
            #expect(anchor.spoken >= last.spoken && anchor.source >= last.source)
            last = anchor
        }
        #expect(last == Alignment.Anchor(spoken: spoken.utf8.count, source: text.utf8.count))
        for place in 0..<spoken.utf8.count {
            let source = alignment.source(of: place..<place + 1)
            #expect(source.lowerBound >= 0 && source.upperBound <= text.utf8.count)
        }
    }

    @Test("Words spoken for text with mark-up map through both", arguments: texts)
    func composed(text: String) {
        // Each byte of the text shown stands for one in "__text__"; its ends include the mark-up.
        let end = text.utf8.count
        let anchors = [
            Alignment.Anchor(spoken: 0, source: 0), Alignment.Anchor(spoken: 0, source: 2),
            Alignment.Anchor(spoken: end, source: end + 2), Alignment.Anchor(spoken: end, source: end + 4),
        ]
        let inner = speak(text)
        var speech = SpeechText(AnswerLanguage(configured: "en"))
        let outer = speech.speak(MappedText(text: text, anchors: anchors))
        #expect(outer.runs == inner.runs)
        let length = inner.runs.map(\.text).joined().utf8.count
        for place in 0..<length where place + 1 < length {
            let expected = inner.alignment.source(of: place..<place + 1)
            let mapped = outer.alignment.source(of: place..<place + 1)
            #expect(mapped == expected.lowerBound + 2..<expected.upperBound + 2)
        }
    }

    @Test("A link's label that stands for its whole URL still does if part of it is said in other words")
    func wholeStretches() {
        // "example.com/5%" stands for 40 bytes.
        let text = MappedText(
            text: "see 5 km now",
            anchors: [
                Alignment.Anchor(spoken: 0, source: 0), Alignment.Anchor(spoken: 4, source: 4),
                Alignment.Anchor(spoken: 8, source: 44), Alignment.Anchor(spoken: 12, source: 48),
            ])
        var speech = SpeechText(AnswerLanguage(configured: "en"))
        let (runs, alignment) = speech.speak(text)
        #expect(runs.map(\.text) == ["see 5 kilometers now"])
        #expect(alignment.source(of: 6..<16) == 4..<44)
        #expect(alignment.source(of: 17..<20) == 45..<48)
    }

    static let texts = [
        "", "Hello there.", "It costs $29.95, i.e. 5% of 1/2.", "你好，2024年5月3日在银行。", "Mix 中文 and 5 km 😀 of it",
        "a\u{200B}b\u{200B}c",
        "ＦＵＬＬ ① ② x² → y", "3️⃣ 1 2 3 ２", "At 5 a.m. Mr. Smith met J. R. R. Tolkien on 2024-05-03 at 10:00.",
        "これは100円、3.14です。", "Привет, 5 руб. за 3 кг", "(555) 123-4567 #1 <3 *a* 2*3",
    ]

    private func offset(of part: String, in text: String) -> Int? {
        let text = Array(text.utf8)
        let part = Array(part.utf8)
        guard text.count >= part.count else { return nil }
        return (0...text.count - part.count).first { text[$0...].starts(with: part) }
    }
}
