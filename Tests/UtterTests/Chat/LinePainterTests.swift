// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import utter

@Suite struct LinePainterTests {
    private let painter = LinePainter(prompt: "> ")

    /// What a person sees, with the cursor as a bar.
    private func shown(_ line: String, cursor: Int, columns: Int = 20, rows: Int = 24) -> [String] {
        let drawing = painter.drawing(
            of: Array(line), cursor: cursor, in: TerminalSize(columns: columns, rows: rows))
        var shown = drawing.rows.map { $0.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[m", with: "") }
        var before = ""
        for character in shown[drawing.cursorRow] where before.columns < drawing.cursorColumn {
            before.append(character)
        }
        shown[drawing.cursorRow] = before + "|" + shown[drawing.cursorRow].dropFirst(before.count)
        return shown
    }

    @Test("A short line is drawn as it is", arguments: [(0, "> |abc"), (2, "> ab|c"), (3, "> abc|")])
    func short(cursor: Int, expected: String) {
        #expect(shown("abc", cursor: cursor) == [expected])
    }

    @Test("A long line is wrapped, also with wide characters, and a line break begins a row")
    func long() {
        let letters = "abcdefghijklmnopqrstuvwxyz"
        #expect(shown(letters, cursor: 26) == ["> abcdefghijklmnopq", "  rstuvwxyz|"])
        #expect(shown(letters, cursor: 0) == ["> |abcdefghijklmnopq", "  rstuvwxyz"])
        #expect(shown(letters, cursor: 17) == ["> abcdefghijklmnopq", "  |rstuvwxyz"])
        #expect(shown("一二三四五六七八九十", cursor: 10) == ["> 一二三四五六七八", "  九十|"])
        #expect(shown("one\ntwo\n", cursor: 8) == ["> one", "  two", "  |"])
        #expect(shown("one\ntwo", cursor: 3) == ["> one|", "  two"])
    }

    @Test("Of a very long text, the rows around the cursor are drawn")
    func tall() {
        let text = (0..<20).map { "\($0)" }.joined(separator: "\n")
        #expect(shown(text, cursor: text.count, rows: 8) == ["  16", "  17", "  18", "  19|"])
        #expect(shown(text, cursor: 0, rows: 8).first == "> |0")
    }

    @Test("The status is above the text, the search query before it")
    func status() {
        let size = TerminalSize(columns: 30, rows: 24)
        let drawing = painter.drawing(of: Array("abc"), cursor: 3, status: "Speaking", query: "b", in: size)
        #expect(drawing.rows == ["\u{1B}[2mSpeaking\u{1B}[m", "\u{1B}[1m(search: b) \u{1B}[mabc"])
        #expect(drawing.cursorRow == 1 && drawing.cursorColumn == 15)
    }

    @Test("No row is as wide as the terminal", arguments: [10, 11, 20, 80], ["ab天c空", "天空蓝", "plain text "])
    func width(columns: Int, unit: String) {
        let line = String(repeating: unit, count: 30)
        for cursor in 0...line.count {
            let rows = shown(line, cursor: cursor, columns: columns, rows: 400)
            #expect(rows.allSatisfy { $0.replacing("|", with: "").columns < columns })
            #expect(rows.joined().contains("|"))
        }
    }

    @Test(
        "Characters take up their columns",
        arguments: [("a", 1), ("é", 1), ("天", 2), ("，", 2), ("한", 2), ("😀", 2), ("❤️", 2), ("“", 2), ("\u{200B}", 0)]
            as [(Character, Int)])
    func columns(character: Character, columns: Int) {
        #expect(character.columns == columns)
    }
}
