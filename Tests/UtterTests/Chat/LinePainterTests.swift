// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import utter

@Suite struct LinePainterTests {
    private let painter = LinePainter(prompt: "> ")

    /// What a person sees, the cursor as a bar.
    private func shown(_ line: String, cursor: Int, columns: Int = 20) -> String {
        var drawing = painter.drawn(Array(line), cursor: cursor, columns: columns)
        for sequence in ["\r", "\u{1B}[1m", "\u{1B}[m", "\u{1B}[K", "\u{1B}8"] { drawing.replace(sequence, with: "") }
        return drawing.replacing("\u{1B}7", with: "|")
    }

    @Test("A short line is drawn as it is", arguments: [(0, "> |abc"), (2, "> ab|c"), (3, "> abc|")])
    func short(cursor: Int, expected: String) {
        #expect(shown("abc", cursor: cursor) == expected)
    }

    @Test("A long line is moved so that the cursor is seen, in columns of wide characters too")
    func long() {
        let letters = "abcdefghijklmnopqrstuvwxyz"
        #expect(shown(letters, cursor: 26) == "> <klmnopqrstuvwxyz|")
        #expect(shown(letters, cursor: 0) == "> |abcdefghijklmnopq")
        #expect(shown("一二三四五六七八九十", cursor: 10) == "> <四五六七八九十|")
    }

    @Test("No line is wider than the row", arguments: [10, 11, 20, 80], ["ab天c空", "天空蓝", "plain text "])
    func width(columns: Int, unit: String) {
        let line = Array(String(repeating: unit, count: 30))
        for cursor in 0...line.count {
            let drawing = shown(String(line), cursor: cursor, columns: columns)
            #expect(drawing.reduce(-1) { $0 + $1.columns } < columns)
            #expect(drawing.contains("|"))
        }
    }

    @Test(
        "Characters take their columns",
        arguments: [("a", 1), ("é", 1), ("天", 2), ("，", 2), ("한", 2), ("😀", 2), ("❤️", 2), ("“", 2), ("\u{200B}", 0)]
            as [(Character, Int)])
    func columns(character: Character, columns: Int) {
        #expect(character.columns == columns)
    }
}
