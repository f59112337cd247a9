// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Speech

@Suite("eSpeak NG's words in a text")
struct WordRangesTests {
    /// The words for the events (position from 1, length), in order.
    private func words(_ text: String, _ events: [(Int, Int)]) -> [String] {
        var ranges = WordRanges(text: text, offset: 100)
        let bytes = Array(text.utf8)
        return events.compactMap { position, length in
            ranges.range(of: WordEvent(position: position, length: length, frame: 0)).map {
                String(decoding: bytes[($0.lowerBound - 100)..<($0.upperBound - 100)], as: UTF8.self)
            }
        }
    }

    @Test("are counted in Unicode scalars and returned in bytes")
    func scalars() {
        #expect(words("naïve 😀 e\u{301} 好", [(1, 5), (7, 1), (9, 2), (12, 1)]) == ["naïve", "😀", "e\u{301}", "好"])
    }

    @Test("a number that is reported in parts is one word")
    func parts() {
        #expect(words("1234 dollars", [(1, 4), (2, 4), (2, 8), (6, 7)]) == ["1234", "dollars"])
    }

    @Test("steps back and spaces are not words")
    func backwards() {
        #expect(words("for e.g. 10", [(1, 3), (7, 1), (5, 0), (8, 0), (9, 1), (10, 2)]) == ["for", "g", ".", "10"])
        #expect(words("a ", [(1, 1), (2, 1), (2, 0)]) == ["a"])
    }

    @Test("if the length is missing or cut off, the word runs to its end")
    func length() {
        let long = String(repeating: "na", count: 30)
        #expect(words("\(long), it's 好吗", [(1, 31), (63, 0), (68, 0), (69, 0)]) == [long, "it's", "好", "吗"])
    }

    @Test("events outside of the text are not words")
    func outside() {
        #expect(words("ab", [(0, 2), (1, 9), (3, 1), (99, 1), (-5, 2)]) == ["ab"])
        #expect(words("", [(1, 1), (0, 0)]) == [])
    }
}
