// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing
import Utterance

@Suite struct OffsetTests {
    private func sources(_ text: String, _ options: TextOptions = TextOptions()) -> [String] {
        let bytes = Array(text.utf8)
        return pieces(text, chunk: 3, options).map { String(decoding: bytes[$0.source], as: UTF8.self) }
    }

    @Test("A piece knows the bytes that it stands for")
    func source() {
        #expect(
            sources("Hi **there**. See [the docs](https://x.example/y) now. 你好！")
                == ["Hi **there**.", "See [the docs](https://x.example/y) now.", "你好！"])
    }

    @Test("Offsets count the answer, or everything that came in")
    func bases() {
        let text = "<think>Hmm.</think>\n\nYes. No."
        #expect(pieces(text).map(\.source) == [0..<4, 5..<8])
        #expect(sources(text, TextOptions(offsets: .input)) == ["Yes.", "No."])
    }

    @Test("Each word maps back to itself as it was written")
    func words() throws {
        let text = "Go **now** to `the` [old docs](http://a.b/c) — 😀 please!"
        let piece = try #require(pieces(text).first)
        let bytes = Array(text.utf8)
        for word in ["Go", "now", "the", "old", "docs", "please"] {
            let range = try #require(piece.spoken.utf8Range(of: word))
            let source = piece.alignment.source(of: range)
            #expect(String(decoding: bytes[source], as: UTF8.self) == word)
        }
    }

    @Test("The answer's text is everything that came in, without reasoning", arguments: [nil, 1, 4])
    func text(chunk: Int?) {
        var stream = SentenceStream(TextOptions())
        let now = Moment(sinceZero: .zero)
        var events: [SentenceEvent] = []
        for fragment in "<think>a</think> **B**\n- c 😀\n".fragments(of: chunk) {
            events += stream.append(fragment, at: now, ahead: nil)
        }
        events += stream.finish(at: now)
        #expect(events.text == "**B**\n- c 😀\n")
    }

    @Test("After a late closing tag nothing from before is said, and offsets continue")
    func discard() {
        var stream = SentenceStream(TextOptions())
        let now = Moment(sinceZero: .zero)
        let events = stream.append("I wonder</think>Yes.", at: now, ahead: nil) + stream.finish(at: now)
        #expect(events.first == .text("I wonder"))
        #expect(events.contains(.discard))
        #expect(events.pieces.map(\.text) == ["Yes."])
        #expect(events.pieces.map(\.source) == [8..<12])
    }
}

extension String {
    /// The UTF-8 offsets of the first `word`.
    fileprivate func utf8Range(of word: String) -> Range<Int>? {
        guard let range = firstRange(of: word) else { return nil }
        let start = utf8.distance(from: startIndex, to: range.lowerBound)
        return start..<start + word.utf8.count
    }
}
