// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import utter

@Suite struct HeardTextTests {
    private let size = TerminalSize(columns: 21, rows: 10)

    private func rows(_ chunks: [String], columns: Int = 20) -> [String] {
        var text = MarkdownRows(columns: columns)
        for chunk in chunks { _ = text.append(chunk, keepingRows: 100) }
        return text.rows.map { String($0.filter { $0.columns > 0 }.map(\.character)) }
    }

    @Test(
        "Rows end after a space or next to a wide character, and not before closing marks",
        arguments: [
            ("The sky is blue because of the air.", ["The sky is blue ", "because of the air."]),
            ("exactly twenty chars then more", ["exactly twenty chars", "then more"]),
            ("averyveryverylongwordindeed", ["averyveryverylongwor", "dindeed"]),
            ("one\n\ntwo", ["one", "", "two"]),
            ("天空看起来是蓝色的因为空气", ["天空看起来是蓝色的因", "为空气"]),
            ("天空看起来是蓝色的因，为空气", ["天空看起来是蓝色的", "因，为空气"]),
            ("空气 air 散射 scatter 得多", ["空气 air 散射 ", "scatter 得多"]),
        ])
    func wrapping(text: String, expected: [String]) {
        #expect(rows([text]) == expected)
    }

    @Test(
        "The rest of a wrapped line is indented like the line, or like its second column",
        arguments: [
            ("   one two three", "   one two \n   three"), ("/a  one two three", "/a  one two \n    three"),
            ("one two three", "one two \nthree"), ("none\n", "none\n"),
        ])
    func hanging(text: String, expected: String) {
        #expect(text.wrapped(to: 12) == expected)
    }

    @Test("How the text is split changes neither rows nor offsets")
    func chunks() {
        let text = "The “sky” is cafe\u{301}-blue 👨‍👩‍👧, 天空是蓝色的，因为 air 散射。\nNext é row"
        for size in 1...4 {
            var whole = MarkdownRows(columns: 17)
            var cut = MarkdownRows(columns: 17)
            _ = whole.append(text, keepingRows: 100)
            var rest = text.unicodeScalars[...]
            while !rest.isEmpty {
                _ = cut.append(String(rest.prefix(size)), keepingRows: 100)
                rest = rest.dropFirst(size)
            }
            #expect(cut.rows.map { $0.map(\.character) } == whole.rows.map { $0.map(\.character) })
            #expect(cut.rows.map { $0.map(\.bytes) } == whole.rows.map { $0.map(\.bytes) })
            #expect(whole.rows.last?.last?.bytes.upperBound == text.utf8.count)
        }
    }

    @Test("Only rows that may be on the screen are kept")
    func bounded() {
        var text = MarkdownRows(columns: 10)
        for _ in 0..<1_000 { _ = text.append("a word or two\n", keepingRows: 5) }
        #expect(text.rows.count == 6)
    }

    @Test("Text is dim until it is heard, bold the word that is being heard, plain after it")
    func styles() {
        var text = HeardText(size: size)
        #expect(text.append("One two three", size: size) == "\r\u{1B}[0;2mOne two three\u{1B}[m\u{1B}[K")
        #expect(
            text.hear(word: 4..<7, size: size)
                == "\u{1B}7\rOne \u{1B}[0;1mtwo\u{1B}[0;2m three\u{1B}[m\u{1B}[K\u{1B}8")
        #expect(text.hear(upTo: 7, size: size) == "\u{1B}7\rOne two\u{1B}[0;2m three\u{1B}[m\u{1B}[K\u{1B}8")
        #expect(text.hear(upTo: 13, size: size) == "\u{1B}7\rOne two three\u{1B}[K\u{1B}8")
    }

    @Test("A word in a row above is redrawn there, and only there")
    func rowAbove() {
        var text = HeardText(size: size)
        _ = text.append("The sky is blue because of the air.", size: size)
        let drawing = text.hear(word: 4..<7, size: size)
        #expect(drawing.hasPrefix("\u{1B}7\u{1B}[1A\rThe \u{1B}[0;1msky"))
        #expect(!drawing.contains("because"))
    }

    @Test("In a terminal whose width has changed, the answer is redrawn, and words of any row are marked")
    func resize() {
        var text = HeardText(size: size)
        _ = text.append("One two three four five", size: size)
        let wide = TerminalSize(columns: 60, rows: 10)
        let drawing = text.append(" six", size: wide)
        #expect(drawing.hasPrefix("\u{1B}[999;1H" + String(repeating: "\n", count: 10) + "\u{1B}[H\u{1B}[J"))
        #expect(drawing.hasSuffix("One two three four five six\u{1B}[m\u{1B}[K"))
        #expect(text.hear(word: 0..<3, size: wide).contains("\u{1B}[0;1mOne"))
        #expect(text.hear(word: 4..<7, size: size).hasPrefix("\u{1B}[H\u{1B}[J"))
    }

    @Test("Text that was given up is not redrawn")
    func givenUp() {
        var text = HeardText(size: size)
        _ = text.append("Hmm.", size: size)
        _ = text.giveUp()
        _ = text.append("Yes", size: size)
        let drawing = text.hear(word: 4..<7, size: TerminalSize(columns: 60, rows: 10))
        #expect(!drawing.contains("Hmm") && drawing.contains("\u{1B}[0;1mYes"))
    }

    @Test("Control characters become spaces, and don't move the words")
    func unprintable() {
        var text = HeardText(size: size)
        #expect(!text.append("\u{1B}[2J\u{9B}ab", size: size).dropFirst("\r\u{1B}[0;2m".count).hasPrefix("\u{1B}"))
        let drawing = text.hear(word: 6..<8, size: size)
        #expect(drawing.contains("\u{1B}[0;1mab"))
    }
}
