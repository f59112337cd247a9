// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing
import Utterance

/// Input that never ends what it begins: it must come out, and in pieces.
@Suite struct BoundsTests {
    private let now = Moment(sinceZero: .zero)

    @Test(
        "Anything that never closes ends up as text",
        arguments: [
            "[", "(", "`", "```", "“", "\"", "$", "\\(", "<b", "https://x/", "【", "«", "|", "*", "# ", "> ", "![",
            "[a](",
        ])
    func unclosed(opener: String) {
        let words = String(repeating: "word ", count: 1_200)
        let pieces = pieces(opener + words + "end.", chunk: 50)
        guard opener != "```" else {
            #expect(pieces.map(\.kind) == [.note])
            return
        }
        #expect(pieces.count >= 20)
        #expect(pieces.last?.text.hasSuffix("end.") ?? false)
        #expect(pieces.allSatisfy { $0.text.count <= 300 })
    }

    @Test(
        "Text that never ends a sentence comes out as it arrives",
        arguments: ["word ", "天", "abcdefgh", "1,", "a.b", "[x "])
    func noTerminator(unit: String) {
        var stream = SentenceStream(TextOptions())
        var given = 0
        let fragment = String(repeating: unit, count: 1_000 / unit.utf8.count)
        for round in 1...100 {
            for piece in stream.append(fragment, at: now, ahead: nil).pieces {
                given = piece.source.upperBound
                #expect(piece.text.unicodeScalars.count <= 300)
            }
            #expect(given + 8_192 > round * fragment.utf8.count)
        }
    }

    @Test(
        "Text without anything to say produces no pieces",
        arguments: [".", "*", "😀", " ", "\n", "—", "[", "|\n", "_ ", "\u{200B}", "。", "…"])
    func nothingToSay(unit: String) {
        #expect(pieces(String(repeating: unit, count: 5_000), chunk: 100).isEmpty)
    }

    @Test("A long sentence is cut at a clause, and only the last part ends as a sentence")
    func longSentence() {
        let clause = "this is a clause of some words, "
        let pieces = pieces(String(repeating: clause, count: 30) + "and this is the end. Short one.")
        #expect(
            pieces.dropLast(2).allSatisfy {
                $0.text.hasSuffix("words,") && $0.kind == .clause && $0.boundary == .clause
            })
        #expect(pieces.suffix(2).map(\.boundary) == [.sentence, .sentence])
        #expect(pieces.suffix(2).map(\.kind) == [.clause, .sentence])
    }

    @Test("A long run without spaces is not cut inside a character")
    func longWord() {
        let texts = texts(String(repeating: "e\u{301}", count: 1_000))
        #expect(texts.joined().unicodeScalars.count == 2_000)
        #expect(texts.allSatisfy { $0.unicodeScalars.first == "e" })
    }

    @Test("Han characters count for their time: a piece lasts at most some 20 seconds")
    func hanWeight() {
        let texts = texts(String(repeating: "天", count: 1_000))
        #expect(texts.allSatisfy { $0.count <= 75 })
    }
}
