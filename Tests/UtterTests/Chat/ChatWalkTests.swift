// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Synchronization
import Testing
import Utterance

@testable import utter

/// A chat on terminals of the usual sizes, with the kinds of answers that models give.
@Suite("A chat of any size")
struct ChatWalkTests {
    struct Kind: Sendable, CustomTestStringConvertible {
        var name: String
        var question: String
        var answer: String
        /// Some of the rows on the screen once the answer is complete.
        var shown: [String]

        var testDescription: String { name }
    }

    private static let english = Kind(
        name: "English", question: "And why is the evening red, and what would be seen on the Moon?",
        answer: """
            ## Why is it?

            Air scatters **short waves** more, see [Rayleigh](https://en.wikipedia.org/wiki/Rayleigh_scattering).

            | Colour | Wavelength |
            |--------|-----------:|
            | Blue | 450 nm |

            1. Light enters the air, and most of it goes on as if nothing had been there.
               - blue least

            ```python
            return 1 / pow(wavelength, 4)  # a comment that needs a second row on every terminal that is not very wide indeed
            ```

            > At noon it comes straight down.

            That is `why`.
            """,
        shown: [
            "Why is it?", "Colour │ Wavelength", "───────┼───────────", "Blue   │     450 nm", "   • blue least",
            "│ At noon it comes straight down.", "That is why.",
        ])

    private static let chinese = Kind(
        name: "Chinese", question: "那么请再详细解释一下，傍晚的颜色为什么和中午不一样，在月球上又会看到什么？",
        answer: """
            ## 为什么？

            空气对**短波**的散射更强，参见[瑞利散射](https://zh.wikipedia.org/wiki/瑞利散射)。

            | 颜色 | 波长 |
            |------|-----:|
            | 蓝色 | 450 nm |

            1. 到了傍晚，光线要穿过更厚的大气层，走更长的路，蓝光已经散掉，只剩下红光，所以 sunset 是红色的。
               - 蓝光最少

            ```python
            return 1 / pow(wavelength, 4)  # 这一行注释特别长，长到任何一个不太宽的终端上都放不下，需要换行才能全部显示出来
            ```

            > 中午阳光直射下来。

            这就是 `原因`。
            """,
        shown: [
            "为什么？", "颜色 │   波长", "─────┼───────", "蓝色 │ 450 nm", "   • 蓝光最少", "│ 中午阳光直射下来。", "这就是 原因。",
        ])

    private static let sizes = [(80, 24), (40, 15), (120, 40)].map { TerminalSize(columns: $0, rows: $1) }

    /// A terminal that the chat draws on.
    private final class Terminal: Sendable {
        private let screen: Mutex<TerminalScreen>

        init(_ size: TerminalSize) { screen = Mutex(TerminalScreen(size: size)) }

        @Sendable func write(_ text: String) { screen.withLock { $0.write(text) } }
        @Sendable func size() -> TerminalSize { screen.withLock { $0.size ?? TerminalSize(columns: 80, rows: 24) } }
        func resize(to size: TerminalSize) { screen.withLock { $0.resize(to: size) } }

        var rows: [String] { screen.withLock { $0.rows.map(\.withoutTrailingSpaces) } }
        var all: [String] { screen.withLock { ($0.above + $0.rows).map(\.withoutTrailingSpaces) } }
        var cursor: [Int] { screen.withLock { [$0.row, $0.column] } }
    }

    private struct Stage {
        let terminal: Terminal
        let screen: ChatScreen
        var presenter: HeardPresenter

        init(_ size: TerminalSize) throws {
            terminal = Terminal(size)
            screen = ChatScreen(size: terminal.size, write: terminal.write)
            let status = StatusLine(isTerminal: true, say: { _ in }, redraw: { [screen] in screen.show(status: $0) })
            try screen.showPrompt()
            try screen.echo("?")
            try screen.beginAnswer()
            presenter = HeardPresenter(
                status: status, awaited: "tiny", isInChat: true, size: { [screen] in screen.answerSize },
                write: { [screen] in try screen.draw($0) })
        }

        mutating func show(_ kind: Event.Kind) throws {
            try presenter.show(Event(answer: "a", sequence: 0, milliseconds: 0, kind: kind))
        }

        /// Shows an answer that arrives in small parts as a single piece, and has its words heard, four bytes each.
        mutating func speak(_ answer: String) throws {
            var rest = answer.unicodeScalars[...]
            while !rest.isEmpty {
                try show(.text(String(rest.prefix(5))))
                rest = rest.dropFirst(5)
            }
            let end = answer.utf8.count
            try show(.piece(index: 0, text: answer, spoken: answer, voice: "en", start: 0, end: end))
            try show(.soundStart(index: 0))
            try hear(0..<end)
        }

        mutating func hear(_ bytes: Range<Int>) throws {
            for start in stride(from: bytes.lowerBound, to: bytes.upperBound, by: 4) {
                try show(.word(index: 0, start: start, end: min(start + 4, bytes.upperBound)))
            }
        }

        /// Expects the status and the question below the answer, with the cursor after the question.
        func expectQuestion(_ question: String) {
            let rows = terminal.rows
            let place = rows.lastIndex { $0.hasPrefix("> ") } ?? 0
            let typed = rows[place...].map { $0.dropFirst(2) }.joined()
            #expect(typed.filter { $0 != " " } == question.filter { $0 != " " })
            #expect(rows[max(place - 1, 0)].hasPrefix("Speaking 1 of 1 – "))
            #expect(rows[max(place - 1, 0)].hasSuffix("Ctrl-C stops"))
            #expect(terminal.cursor == [rows.count - 1, rows[rows.count - 1].columns])
        }
    }

    @Test(
        "An answer is rendered, in whole words, above its status and the next question",
        arguments: [english, chinese], sizes)
    func kinds(kind: Kind, size: TerminalSize) throws {
        var stage = try Stage(size)
        _ = try stage.screen.apply(.text(kind.question))
        try stage.speak(kind.answer)
        stage.expectQuestion(kind.question)
        try stage.show(.failed(Fault(.modelTruncated, "It broke."), Event.Summary()))
        try stage.screen.endAnswer()
        let shown = stage.terminal.all
        for row in kind.shown { #expect(shown.contains(row), "\(row), \(shown)") }
        for mark in ["**", "##", "```", "](", "|-", "`"] { #expect(!shown.contains { $0.contains(mark) }, "\(mark)") }
        #expect(shown.allSatisfy { $0.columns < size.columns })
        // Words of the answer's longest sentence.
        let words = ["enters", "nothing", "穿过", "sunset"].filter(kind.answer.contains)
        for word in words { #expect(shown.contains { $0.contains(word) }, "\(word)") }
    }

    @Test(
        "When the window's size changes, the answer is laid out again, below the earlier output",
        arguments: [english, chinese], [(80, 24, 40, 15), (40, 15, 120, 40), (80, 24, 79, 10)])
    func resized(kind: Kind, sizes: (Int, Int, Int, Int)) throws {
        let (size, other) = (
            TerminalSize(columns: sizes.0, rows: sizes.1), TerminalSize(columns: sizes.2, rows: sizes.3)
        )
        var stage = try Stage(size)
        try stage.speak(String(kind.answer.prefix(150)))
        stage.terminal.resize(to: other)
        try stage.speak(String(kind.answer.dropFirst(150)))
        var fresh = try Stage(other)
        try fresh.speak(String(kind.answer.prefix(150)))
        try fresh.speak(String(kind.answer.dropFirst(150)))
        #expect(stage.terminal.rows.suffix(8) == fresh.terminal.rows.suffix(8))
        #expect(stage.terminal.all.first == "> ?")
    }
}

extension String {
    /// The text without trailing spaces, which are invisible.
    fileprivate var withoutTrailingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
