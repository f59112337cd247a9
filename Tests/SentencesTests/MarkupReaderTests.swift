// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import TextNormalization
import Utterance

@testable import Sentences

/// Only the mark-up layer: what it makes of text, block by block.
@Suite struct MarkupReaderTests {
    /// The blocks of `text`, each with its kind.
    private func blocks(_ text: String, chunk: Int? = nil, _ options: TextOptions = TextOptions()) -> [String] {
        var reader = MarkupReader(options: options, language: AnswerLanguage(configured: options.language))
        var plain = PlainText()
        for fragment in text.fragments(of: chunk) {
            reader.append(Array(fragment.utf8)[...])
            reader.read(into: &plain, final: false)
        }
        reader.read(into: &plain, final: true)
        var blocks: [String] = []
        var kind = "sentence"
        var start = 0
        func add(upTo end: Int) {
            if end > start { blocks.append("\(kind): \(plain.bytes.string(start..<end))") }
            start = end
        }
        for index in 0..<plain.marks.count {
            let (offset, mark) = plain.marks[index]
            switch mark {
            case .block(let next, let paragraph):
                add(upTo: offset)
                kind = next.rawValue + (paragraph ? " ¶" : "")
            case .note(let end):
                add(upTo: offset)
                kind = "note"
                add(upTo: end)
            case .lineBreak:
                add(upTo: offset)
                kind = "line"
                start += 1
            case .atom: continue
            }
        }
        add(upTo: plain.end)
        return blocks
    }

    @Test(
        "Blocks are recognized, however the text is split",
        arguments: [
            ("a b\nc", ["sentence: a b", "line: c"]),
            ("a\n\n\nb", ["sentence: a", "sentence ¶: b"]),
            ("# T\nx", ["heading ¶: T", "sentence ¶: x"]),
            ("- a\n* b\n+ c", ["item: a", "item: b", "item: c"]),
            ("1. a\n2) b\n10.) c", ["item: 1. a", "item: 2) b", "item: 10.) c"]),
            ("x\n- a\n\ny", ["sentence: x", "item: a", "sentence ¶: y"]),
            ("> q\n> r\n\ns", ["sentence: q", "line: r", "sentence ¶: s"]),
            ("> - a\n> - b", ["item: a", "item: b"]),
            ("a\n***\nb", ["sentence: a", "sentence ¶: b"]),
            ("#tag is no heading", ["sentence: #tag is no heading"]),
            ("-5 is no item", ["sentence: -5 is no item"]),
            ("2024. It was", ["sentence: 2024. It was"]),
            ("```\nx\n```\ny", ["note: Code block.", "sentence ¶: y"]),
            ("````\n```\n````\ny", ["note: Code block.", "sentence ¶: y"]),
            ("```a``` b", ["sentence: a b"]),
            ("|a|\n|-|\n|b|\nc", ["note: Table.", "line: c"]),
            ("| no table", ["sentence: | no table"]),
            ("a | b\n--|--\n1 | 2\n\nc", ["sentence: a | b", "note: Table.", "sentence ¶: c"]),
            ("a | b\n:-- | --:\n1 | 2\nc | d\n\ne", ["sentence: a | b", "note: Table.", "sentence ¶: e"]),
            ("a\n-- | b", ["sentence: a", "line: -- | b"]),
            ("<script>\na < b;\n</script>\nc", ["sentence: c"]),
            ("a\n<style>\nb { c: d; }\n</style>\ne", ["sentence: a", "line: e"]),
            ("Use <script> here", ["sentence: Use here"]),
            ("<!-- a > b -->c", ["sentence: c"]),
            ("[x]: http://y\nz", ["sentence ¶: z"]),
            ("a<br>b", ["sentence: a", "line: b"]),
            ("a\r\nb\r\n\r\nc", ["sentence: a", "line: b", "sentence ¶: c"]),
        ])
    func structure(text: String, expected: [String]) {
        for chunk in [nil, 1, 2, 3] {
            let found = blocks(text, chunk: chunk)
            // After the end of a table or a definition, the next line may come as a line or as a paragraph.
            #expect(found.map(\.content) == expected.map(\.content), "in fragments of \(chunk ?? 0)")
            if !text.hasPrefix("|a|"), !text.hasPrefix("[x]") {
                #expect(found == expected, "in fragments of \(chunk ?? 0)")
            }
        }
    }

    @Test("Code and tables are left out, noted or read, as configured")
    func skippedContent() {
        var options = TextOptions(codeBlocks: .silent, tables: .silent)
        #expect(blocks("a\n```\nx\n```\nb", options).map(\.content) == ["a", "b"])
        #expect(blocks("a\n\n|x|\n|-|\n|y|\n\nb", options).map(\.content) == ["a", "b"])
        options.codeBlocks = .read
        options.tables = .read
        #expect(blocks("a\n```sh\nls -l\ncd *b*\n```\nc", options).map(\.content) == ["a", "ls -l", "cd *b*", "c"])
        #expect(
            blocks("|x|y|\n|-|-|\n|1|2|\n\nb", options).map(\.content).filter {
                $0.contains { $0.isLetter || $0.isNumber }
            }
                == ["x, y", "1, 2", "b"])
        #expect(blocks("x|y\n-|-\n1|2\n\nb", options).map(\.content) == ["x|y", "1, 2", "b"])
    }

    private func blocks(_ text: String, _ options: TextOptions) -> [String] {
        blocks(text, chunk: nil, options)
    }

    @Test("A note is in the answer's language")
    func noteLanguage() {
        #expect(blocks("运行这个：\n```\nx\n```").last == "note: 代码略。")
        #expect(blocks("Запусти это:\n```\nx\n```").last == "note: Код пропущен.")
        #expect(blocks("Das ist es:\n```\nx\n```", TextOptions(language: "de")).last == "note: Code ausgelassen.")
    }

    @Test(
        "Formulas are read as a reader would see them",
        arguments: [
            ("\\frac{a+b}{2}", "(a+b)/2"), ("x^{10}", "x¹⁰"), ("x^{ab}", "x^ab"), ("x^α", "x^α"),
            ("\\frac αβ", "α/β"), ("\\sqrt{x + 1}", "√(x + 1)"),
            ("\\text{if } n \\neq 0", "if n ≠ 0"), ("a_{i}", "ai"), ("\\left( x \\right)", "( x )"),
            ("90^\\circ", "90°"), ("mc\\Delta T", "mcΔT"), ("\\alpha + 1", "α + 1"), ("\\unknown{x}", "unknownx"),
            ("\\frac", "/"), ("{{{", ""), ("x^", "x"),
            ("x^2 - 5x + 6", "x² − 5x + 6"), ("\\text{self-attention}", "self-attention"), ("10^{-3}", "10⁻³"),
            ("\\lim_{n \\to \\infty} n", "lim n → ∞ n"),
        ])
    func formulas(source: String, expected: String) {
        #expect(String(decoding: Latex.plain(Array(source.utf8)[...]), as: UTF8.self) == expected)
    }
}

extension String {
    /// A block without its kind.
    fileprivate var content: String {
        split(separator: ": ", maxSplits: 1).last.map(String.init) ?? self
    }
}
