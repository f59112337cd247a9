// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import utter

@Suite("Markdown on a terminal")
struct MarkdownTests {
    /// The rows of a text that arrives at once.
    private func rows(_ text: String, columns: Int = 40) -> [String] {
        var shown = MarkdownRows(columns: columns)
        _ = shown.append(text, keepingRows: 100)
        return shown.rows.map { String($0.filter { $0.columns > 0 }.map(\.character)) }
    }

    /// The characters of a line with a given emphasis.
    private func emphasized(_ text: String, _ emphasis: ShownCell.Emphasis) -> String {
        var shown = MarkdownRows(columns: 200)
        _ = shown.append(text + "\n", keepingRows: 100)
        return String(shown.rows.joined().filter { $0.emphasis.contains(emphasis) }.map(\.character))
    }

    @Test(
        "Marks are left out",
        arguments: [
            ("## Why **is** it?\n", ["Why is it?", ""]),
            ("a **b** `c` *d* __e__ ~~f~~ ***g***", ["a b c d e f g"]),
            ("See [the page](https://x.example/a_b) now", ["See the page now"]),
            ("![A picture](x.png)", ["A picture"]),
            ("<https://x.example> or https://y.example.", ["https://x.example or https://y.example."]),
            ("- one\n  * two\n1. three", ["• one", "  • two", "1. three"]),
            ("> said", ["│ said"]),
            ("```swift\nlet a = **b**\n```\nend", ["  let a = **b**", "end"]),
            ("---\n", ["────────────────────────────────────────", ""]),
            (#"\*not\* snake_case_name 2 * 3 * 4 a*"#, ["*not* snake_case_name 2 * 3 * 4 a*"]),
            ("| A | B |\n|---|--:|\n| long | 1 |\n\nend", ["A    │ B", "─────┼──", "long │ 1", "", "end"]),
        ])
    func marks(text: String, expected: [String]) {
        #expect(rows(text) == expected)
    }

    @Test("Their meaning is kept")
    func meaning() {
        #expect(emphasized("# One *two*", .strong) == "One two")
        #expect(emphasized("a **b c** d __e__", .strong) == "b ce")
        #expect(emphasized("a *b* _c_ ***d***", .italic) == "bcd")
        #expect(emphasized("a `b * c *` ``d`e``", .code) == "b * c *d`e")
        #expect(emphasized("[t](https://x.example) https://y.example", .link) == "thttps://y.example")
    }

    @Test("Continuation rows of a list are indented below its text")
    func hanging() {
        #expect(
            rows("1. Light comes from the sun and is", columns: 20) == ["1. Light comes from ", "   the sun and is"])
    }

    @Test("Each visible character knows its position in the text")
    func offsets() {
        let text = "## 天 **b**\n| A | `x` |\n|---|---|\n| [l](https://x.example) | é |\n> **q**\n"
        var shown = MarkdownRows(columns: 60)
        _ = shown.append(text, keepingRows: 100)
        let bytes = Array(text.utf8)
        for cell in shown.rows.joined() where !cell.bytes.isEmpty {
            #expect(String(decoding: bytes[cell.bytes], as: UTF8.self) == String(cell.character))
        }
    }

    @Test("How the text is split changes nothing in the end", arguments: 1...5)
    func chunks(size: Int) {
        let text = """
            ## Why **blue**?

            See [a](https://x.example), `b` and *c*: 天空 is café.
            | A | B |
            |---|---|
            | one | two |
            - item **one** that is long enough to be broken
            ~~~
            code *here*
            ~~~
            done
            """
        var whole = MarkdownRows(columns: 24)
        var cut = MarkdownRows(columns: 24)
        _ = whole.append(text, keepingRows: 100)
        var rest = text.unicodeScalars[...]
        while !rest.isEmpty {
            _ = cut.append(String(rest.prefix(size)), keepingRows: 100)
            rest = rest.dropFirst(size)
        }
        #expect(cut.rows == whole.rows)
    }

    @Test("The screen is the same whether the text came at once or in parts", arguments: [1, 3, 7])
    func redrawing(size: Int) {
        let text = "One **two**\n| A | B |\n|---|---|\n| long word | x |\n| y | z |\nend `code`\n"
        let terminal = TerminalSize(columns: 30, rows: 20)
        var whole = HeardText(size: terminal)
        var cut = HeardText(size: terminal)
        var screens = (TerminalScreen(), TerminalScreen())
        screens.0.write(whole.append(text, size: terminal))
        var rest = text[...]
        while !rest.isEmpty {
            screens.1.write(cut.append(String(rest.prefix(size)), size: terminal))
            rest = rest.dropFirst(size)
        }
        #expect(screens.0.rows == screens.1.rows)
        #expect(screens.0.rows.contains("long word │ x"))
    }

    @Test("A heard word is highlighted inside strong text and code, and control characters don't reach the terminal")
    func styles() {
        let terminal = TerminalSize(columns: 40, rows: 10)
        var text = HeardText(size: terminal, hasColour: true)
        _ = text.append("a **bold** `x`", size: terminal)
        #expect(text.hear(word: 4..<8, size: terminal).contains("\u{1B}[0;1;4mbold\u{1B}[0;2m \u{1B}[0;2;36mx"))
        #expect(text.hear(upTo: 14, size: terminal).contains("a \u{1B}[0;1mbold\u{1B}[0m \u{1B}[0;36mx"))
        var plain = HeardText(size: terminal, hasColour: false)
        #expect(!plain.append("`x`", size: terminal).contains("36"))
        var link = HeardText(size: terminal)
        #expect(link.append("[a](https://x.example)", size: terminal).contains("\u{1B}]8;;https://x.example\u{1B}\\"))
        var harmful = HeardText(size: terminal)
        #expect(!harmful.append("[a](javascript:x) [b](https://x\u{7})", size: terminal).contains("\u{1B}]8;;"))
    }
}
