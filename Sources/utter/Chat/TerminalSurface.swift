// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// A chat with a person at a terminal, who can type while an answer is spoken.
struct TerminalSurface: ChatSurface {
    /// A line that was entered; `nil` ends the chat.
    private struct Entry {
        var line: String?
        /// The number of times Ctrl-C was pressed before: Ctrl-C discards lines that were entered before it.
        var interrupts: Int
    }

    private let terminal: RawTerminal
    private let screen: ChatScreen
    private let entries: AsyncStream<Entry>
    private let sink: AsyncStream<Entry>.Continuation
    private let interrupts = SharedCount()

    init(_ terminal: RawTerminal, _ screen: ChatScreen = ChatScreen()) {
        self.terminal = terminal
        self.screen = screen
        (entries, sink) = AsyncStream.makeStream(of: Entry.self)
    }

    /// Reads the keyboard until it is closed or the task is cancelled. Ctrl-C and entering a line stop a running
    /// answer.
    func readKeys(_ stop: AnswerStop) async throws {
        defer { sink.finish() }
        let input = try StandardInput()
        var decoder = KeyDecoder()
        var wasInterrupted = false
        while let bytes = try await input.read() {
            for key in decoder.decode(bytes) {
                if key == .interrupt, stop.stop() {
                    interrupts.add()
                    continue
                }
                let outcome = try screen.apply(key)
                switch outcome {
                case .entered(let line) where line.contains(where: { !$0.isWhitespace }):
                    _ = stop.stop()
                    sink.yield(Entry(line: line, interrupts: interrupts.value))
                case .interrupted where wasInterrupted:
                    sink.yield(Entry(line: nil, interrupts: interrupts.value))
                case .interrupted:
                    say(ChatText().endHint + "\n", isDim: true)
                case .ended:
                    _ = stop.stop()
                    sink.yield(Entry(line: nil, interrupts: interrupts.value))
                case .suspend where !stop.isRunning:
                    try suspend()
                default: break
                }
                wasInterrupted = outcome == .interrupted
            }
        }
    }

    /// Suspends the process, as Ctrl-Z normally does, until the shell continues it.
    private func suspend() throws {
        try screen.echo(nil)
        terminal.restore()
        ProcessSignals.suspend()
        terminal.enter()
        try screen.showPrompt()
    }

    mutating func nextLine() async throws -> String? {
        terminal.enter()
        try screen.endAnswer()
        try screen.showPrompt()
        for await entry in entries where entry.line == nil || entry.interrupts == interrupts.value {
            try screen.echo(entry.line)
            return entry.line
        }
        try Task.checkCancellation()
        try screen.echo(nil)
        return nil
    }

    var status: StatusLine {
        StatusLine(
            isTerminal: true, say: { [screen] in screen.say($0) }, redraw: { [screen] in screen.show(status: $0) })
    }

    func offer(_ choices: SlashCommand.Choices) {
        screen.offer(choices)
    }

    func presenter(awaiting awaited: String, status: StatusLine) throws -> any AnswerPresenting {
        try screen.beginAnswer()
        return HeardPresenter(
            status: status, awaited: awaited, isInChat: true, size: { [screen] in screen.answerSize },
            write: { [screen] in try screen.draw($0) })
    }

    func say(_ text: String) {
        say(text, isDim: false)
    }

    private func say(_ text: String, isDim: Bool) {
        let text = text.wrapped(to: Console.width - 1)
        screen.say(isDim ? "\u{1B}[2m\(text)\u{1B}[m" : text)
    }
}

/// A counter that several tasks share.
private final class SharedCount: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add() { count.withLock { $0 += 1 } }
}
