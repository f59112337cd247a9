// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Testing
import Utterance

@testable import Speech
@testable import utter

@Suite struct PieceWriterTests {
    private struct Line: Codable, Equatable {
        var end: Int
        var index: Int
        var kind: String
        var spoken: String
        var start: Int
        var text: String
        var voice: String
    }

    @Test(
        "A piece's line is the same as an encoder's",
        arguments: [
            "Hello.", "你好。", "\"a\" \\ b/c", "\u{0}\u{1}\u{8}\u{C}\n\r\t\u{1B}\u{1F}\u{7F}", "é 👩‍👩‍👧 \u{2028}", "",
        ])
    func line(text: String) throws {
        let piece = Piece(
            index: 3, kind: .item, text: text,
            runs: [SpokenRun(language: "en", text: text), SpokenRun(language: "zh", text: "二")], boundary: .sentence,
            source: 5..<17, alignment: Alignment(anchors: []))
        let line = PieceWriter.line(piece, PieceReading(voices: "a\"b, c", spoken: text + "二"))
        let expected = Line(
            end: 17, index: 3, kind: "item", spoken: text + "二", start: 5, text: text, voice: "a\"b, c")
        #expect(line.last == "\n" && line.dropLast().allSatisfy { !$0.isNewline || $0 == "\u{2028}" })
        #expect(try JSONDecoder().decode(Line.self, from: Data(line.utf8)) == expected)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // The encoder's short forms of two control characters are the only difference.
        let encoded = String(decoding: try encoder.encode(expected), as: UTF8.self) + "\n"
        #expect(line == encoded.replacing("\\b", with: "\\u0008").replacing("\\f", with: "\\u000c"))
    }
}
