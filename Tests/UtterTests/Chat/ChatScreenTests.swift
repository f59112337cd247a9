// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Synchronization
import Testing
import Utterance

@testable import utter

@Suite("The terminal of a chat")
struct ChatScreenTests {
    private final class Terminal: Sendable {
        private let screen = Mutex(TerminalScreen())

        @Sendable func write(_ text: String) { screen.withLock { $0.write(text) } }

        var rows: [String] { screen.withLock(\.rows) }
        var cursor: [Int] { screen.withLock { [$0.row, $0.column] } }
    }

    private let terminal = Terminal()
    private let screen: ChatScreen

    init() {
        screen = ChatScreen(size: { TerminalSize(columns: 30, rows: 20) }, write: terminal.write)
    }

    private func presenter() throws -> HeardPresenter {
        try screen.beginAnswer()
        let status = StatusLine(isTerminal: true, say: { _ in }, redraw: { [screen] in screen.show(status: $0) })
        return HeardPresenter(
            status: status, awaited: "tiny", isInChat: true, size: { [screen] in screen.answerSize },
            write: { [screen] in try screen.draw($0) })
    }

    private func event(_ kind: Event.Kind) -> Event {
        Event(answer: "a", sequence: 0, milliseconds: 0, kind: kind)
    }

    @Test("Text that is typed while an answer is spoken stays below it, and is not lost when the answer grows")
    func typing() throws {
        var presenter = try presenter()
        try presenter.show(event(.text("One two three four five six seven")))
        #expect(try screen.apply(.text("And")) == .edited)
        #expect(terminal.rows == ["One two three four five six ", "seven", "> And"])
        #expect(terminal.cursor == [2, 5])
        try presenter.show(event(.text(" eight.\n\nNine.")))
        #expect(terminal.rows == ["One two three four five six ", "seven eight.", "", "Nine.", "> And"])
        try presenter.show(event(.word(index: 0, start: 0, end: 3)))
        _ = try screen.apply(.text(" then"))
        #expect(terminal.rows.last == "> And then")
        #expect(terminal.cursor == [4, 10])
    }

    @Test("A status is shown between answer and prompt; at the end only the answer and the prompt are left")
    func status() throws {
        var presenter = try presenter()
        try presenter.show(event(.text("One. Two.")))
        try presenter.show(event(.piece(index: 0, text: "One.", spoken: "One.", voice: "en", start: 0, end: 4)))
        try presenter.show(event(.soundStart(index: 0)))
        #expect(terminal.rows[1].hasPrefix("Speaking 1 of 1"))
        #expect(terminal.rows[2] == "> ")
        _ = try screen.apply(.text("Next"))
        var summary = Event.Summary()
        summary.heardEnd = 4
        try presenter.show(event(.stopped(summary)))
        try screen.endAnswer()
        try screen.showPrompt()
        #expect(terminal.rows == ["One. Two.", "(stopped)", "", "> Next"])
    }

    @Test("An entered text of several lines replaces the prompt")
    func entered() throws {
        try screen.showPrompt()
        for key in [Key.text("one"), .newline, .text("two")] { _ = try screen.apply(key) }
        #expect(terminal.rows == ["> one", "  two"])
        #expect(try screen.apply(.enter) == .entered("one\ntwo"))
        try screen.echo("one\ntwo")
        #expect(terminal.rows == ["> one", "  two", ""])
    }

    @Test("Tab completes a command, and then lists what its value may be")
    func completion() throws {
        screen.offer(SlashCommand.Choices(personas: ["science", "story"]))
        try screen.showPrompt()
        for key in [Key.text("/per"), .complete] { _ = try screen.apply(key) }
        #expect(terminal.rows == ["> /persona "])
        for key in [Key.text("s"), .complete] { _ = try screen.apply(key) }
        #expect(terminal.rows == ["science  story", "> /persona s"])
    }

    @Test("An answer is stopped once; a second Ctrl-C is for the prompt")
    func stop() {
        let stop = AnswerStop()
        #expect(!stop.stop())
        _ = stop.begin()
        #expect(stop.isRunning && stop.stop())
        #expect(!stop.stop() && !stop.isRunning)
        stop.end()
    }

    @Test("A stop that was not requested here is explained", arguments: [true, false])
    func foreignStop(isOurs: Bool) {
        let progress = DaemonAnswerProgress()
        if isOurs { progress.stopIsOurs() }
        let notices = progress.add(event(.stopped(Event.Summary()))).map(\.kind)
        #expect(notices.isEmpty == isOurs)
    }
}
