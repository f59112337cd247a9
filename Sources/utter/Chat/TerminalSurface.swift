// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Utterance

/// A chat with a person at a terminal.
struct TerminalSurface: ChatSurface {
    /// Keys typed while an answer is spoken go to the next line, up to this many.
    private static let keyLimit = 1_000

    private let terminal: RawTerminal
    private let keys: AsyncStream<Key>
    private let continuation: AsyncStream<Key>.Continuation
    private let painter = LinePainter(prompt: "> ")
    private var editor = LineEditor()

    init(_ terminal: RawTerminal) {
        self.terminal = terminal
        (keys, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.keyLimit))
    }

    /// Reads the keyboard until it is closed or the task is cancelled. Ctrl-C stops the answer, if one is running.
    func readKeys(_ stop: AnswerStop) async throws {
        defer { continuation.finish() }
        let input = try StandardInput()
        var decoder = KeyDecoder()
        while let bytes = try await input.read() {
            for key in decoder.decode(bytes) where key != .interrupt || !stop.stop() { continuation.yield(key) }
        }
    }

    mutating func nextLine() async throws -> String? {
        terminal.enter()
        try draw()
        var wasInterrupted = false
        for await key in keys {
            let outcome = editor.apply(key)
            switch outcome {
            case .edited: try draw()
            case .entered(let line):
                try Console.write(painter.entered(line))
                if line.contains(where: { !$0.isWhitespace }) { return line }
                try draw()
            case .interrupted where wasInterrupted: return try leave()
            case .interrupted:
                try Console.write("\r\u{1B}[K\u{1B}[2m(Ctrl-C again, or Ctrl-D, ends the chat.)\u{1B}[m\r\n")
                try draw()
            case .ended: return try leave()
            case .clearScreen:
                try Console.write("\u{1B}[H\u{1B}[2J")
                try draw()
            }
            wasInterrupted = outcome == .interrupted
        }
        try Task.checkCancellation()
        return try leave()
    }

    func presenter(awaiting awaited: String, status: StatusLine) -> any AnswerPresenting {
        HeardPresenter(status: status, awaited: awaited)
    }

    func say(_ text: String) {
        Console.say(text)
    }

    private func draw() throws(Fault) {
        try Console.write(painter.drawn(editor.line, cursor: editor.cursor, columns: TerminalSize.current.columns))
    }

    private func leave() throws(Fault) -> String? {
        try Console.write("\r\u{1B}[K")
        return nil
    }
}
