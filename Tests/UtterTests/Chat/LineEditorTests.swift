// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import utter

@Suite struct LineEditorTests {
    /// The line after the keys, with the cursor as a bar.
    private func line(_ keys: [Key]) -> String {
        var editor = LineEditor()
        for key in keys { _ = editor.apply(key) }
        return String(editor.line[..<editor.cursor]) + "|" + String(editor.line[editor.cursor...])
    }

    @Test(
        "Keys edit the line where the cursor is",
        arguments: [
            ([.text("abc"), .left, .left, .text("x")], "ax|bc"),
            ([.text("abc"), .left, .backspace], "a|c"),
            ([.text("abc"), .home, .delete], "|bc"),
            ([.text("abc"), .home, .backspace], "|abc"),
            ([.text("abc"), .delete, .right], "abc|"),
            ([.text("abc"), .home, .left, .end, .right], "abc|"),
            ([.text("abc"), .left, .endOfInput], "ab|"),
            ([.text("abc"), .left, .deleteToStart], "|c"),
            ([.text("abc"), .left, .left, .deleteToEnd], "a|"),
            ([.text("one two  "), .deleteWord], "one |"),
            ([.text("one two"), .wordLeft, .wordLeft], "|one two"),
            ([.text("one two"), .home, .wordRight], "one| two"),
            ([.text("one two"), .home, .wordRight, .wordRight, .wordRight], "one two|"),
            ([.text("天空蓝"), .left, .backspace], "天|蓝"),
            ([.text("e"), .text("\u{301}"), .backspace], "|"),
            ([.text("a👨‍👩‍👧b"), .left, .backspace], "a|b"),
        ] as [([Key], String)])
    func editing(keys: [Key], result: String) {
        #expect(line(keys) == result)
    }

    @Test("Enter submits the line and begins a new one")
    func enter() {
        var editor = LineEditor()
        _ = editor.apply(.text("hello"))
        #expect(editor.apply(.enter) == .entered("hello"))
        #expect(editor.line.isEmpty && editor.cursor == 0)
    }

    @Test("Ctrl-C discards the line; Ctrl-D on an empty line ends")
    func endings() {
        var editor = LineEditor()
        _ = editor.apply(.text("hello"))
        #expect(editor.apply(.endOfInput) == .edited)
        #expect(editor.apply(.interrupt) == .interrupted)
        #expect(editor.line.isEmpty)
        #expect(editor.apply(.endOfInput) == .ended)
    }

    private let entered: [Key] = [.text("first"), .enter, .text("second"), .enter]

    @Test(
        "Lines entered before come back, and the one being written is not lost",
        arguments: [
            ([.previous], "second|"),
            ([.previous, .previous], "first|"),
            ([.previous, .previous, .previous], "first|"),
            ([.previous, .previous, .next], "second|"),
            ([.text("new"), .previous, .next], "new|"),
            ([.text("new"), .next], "new|"),
            ([.previous, .text("!"), .enter, .previous, .previous], "second|"),
            ([.text("second"), .enter, .previous, .previous], "first|"),
            ([.text(" "), .enter, .previous], "second|"),
            ([.previous, .interrupt, .previous], "second|"),
        ] as [([Key], String)])
    func recall(keys: [Key], result: String) {
        #expect(line(entered + keys) == result)
    }

    @Test("A line has a maximum length")
    func bound() {
        var editor = LineEditor()
        _ = editor.apply(.text(String(repeating: "a", count: LineEditor.longestLine)))
        _ = editor.apply(.text("b"))
        #expect(editor.line.count == LineEditor.longestLine)
        #expect(!editor.line.contains("b"))
    }

    @Test(
        "The keys of a text of several lines stay within its rows",
        arguments: [
            ([.text("one"), .newline, .text("two"), .previous, .text("!")], "one!|\ntwo"),
            ([.text("one"), .newline, .text("two"), .home, .text("!")], "one\n!|two"),
            ([.text("one"), .newline, .text("two"), .previous, .home, .next, .deleteToEnd], "one\n|"),
            ([.text("one"), .newline, .text("two"), .deleteToStart], "one\n|"),
        ] as [([Key], String)])
    func lines(keys: [Key], result: String) {
        #expect(line(keys) == result)
    }

    @Test(
        "Ctrl-R finds earlier entries, and further back",
        arguments: [
            ([.search, .text("f")], "first|"), ([.search, .text("S"), .search], "first|"),
            ([.search, .text("s"), .text("e")], "second|"), ([.search, .text("xyz")], "|"),
            ([.text("new"), .search, .text("fir"), .cancel], "new|"),
            ([.text("new"), .search, .text("fir"), .interrupt], "new|"),
            ([.search, .text("fir"), .left, .text("!")], "firs!|t"),
            ([.search, .text("fx"), .backspace], "first|"),
        ] as [([Key], String)])
    func search(keys: [Key], result: String) {
        #expect(line(entered + keys) == result)
    }

    @Test("A line that was found is entered with one key")
    func enterFound() {
        var editor = LineEditor()
        for key in entered + [.search, .text("fir")] { _ = editor.apply(key) }
        #expect(editor.query == "fir")
        #expect(editor.apply(.enter) == .entered("first"))
        #expect(editor.query == nil)
    }
}
