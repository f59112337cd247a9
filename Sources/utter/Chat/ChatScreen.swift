// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// The terminal of a chat: the answer, and below it what is happening and the text being edited. Keys and answers come
/// from different threads; every drawing operation is atomic.
final class ChatScreen: Sendable {
    private struct State {
        var editor = LineEditor()
        var status: String?
        /// What is drawn below the answer, or alone at the prompt; `nil`: nothing.
        var drawing: LinePainter.Drawing?
        var isAnswering = false
        var choices = SlashCommand.Choices()
    }

    private let painter = LinePainter(prompt: "> ")
    private let state = Mutex(State())
    private let size: @Sendable () -> TerminalSize
    private let write: @Sendable (String) throws -> Void

    init(
        size: @escaping @Sendable () -> TerminalSize = { .current },
        write: @escaping @Sendable (String) throws -> Void = Console.write
    ) {
        self.size = size
        self.write = write
    }

    /// Sets the values that Tab completes commands with.
    func offer(_ choices: SlashCommand.Choices) {
        state.withLock { $0.choices = choices }
    }

    /// The number of rows that the answer may use.
    var answerSize: TerminalSize {
        state.withLock { state in
            var size = size()
            size.rows = max(size.rows - (state.drawing?.rows.count ?? 0), 1)
            return size
        }
    }

    /// Begins an answer in the cursor's row, which is empty; the text being edited moves below it.
    func beginAnswer() throws {
        try state.withLock { state in
            try write(erased(&state))
            state.isAnswering = true
            try write("\r\n" + drawn(&state))
        }
    }

    /// Ends the answer, in an empty row.
    func endAnswer() throws {
        try state.withLock { state in
            guard state.isAnswering else { return }
            try write(erased(&state) + "\u{1B}[J")
            (state.isAnswering, state.status) = (false, nil)
        }
    }

    /// Draws part of the answer. The cursor is in the answer's last row before and after.
    func draw(_ text: String) throws {
        try state.withLock { state in
            guard state.isAnswering else { return try write(text) }
            // More rows of the answer overwrite those below it.
            let isLonger = text.utf8.contains(UInt8(ascii: "\n"))
            let space = isLonger ? "\r\n\u{1B}[J\u{1B}[A" : ""
            try write(Self.hidingCursor(erased(&state) + space + text + "\r\n" + drawn(&state)))
        }
    }

    /// Shows what is happening.
    func show(status: String?) {
        state.withLock { state in
            guard state.status != status else { return }
            state.status = status
            try? redraw(&state)
        }
    }

    /// Prints lines above the text being edited.
    func say(_ text: String) {
        state.withLock { state in
            let isShown = state.drawing != nil
            try? write(erased(&state) + "\u{1B}[J")
            Console.say(text.replacing("\n", with: "\r\n"))
            if isShown { try? write((state.isAnswering ? "\r\n" : "") + drawn(&state)) }
        }
    }

    /// Shows the text being edited at the prompt.
    func showPrompt() throws {
        try state.withLock { state in try write(drawn(&state)) }
    }

    /// Clears the prompt, and shows the text that was entered in its place.
    func echo(_ line: String?) throws {
        try state.withLock { state in
            try write(erased(&state) + "\u{1B}[J" + (line.map(painter.entered) ?? ""))
        }
    }

    /// Applies a key to the text and redraws it. Returns what the chat must do about the key.
    func apply(_ key: Key) throws -> LineEditor.Outcome {
        try state.withLock { state in
            let outcome = state.editor.apply(key)
            switch outcome {
            case .complete: try complete(&state)
            case .clearScreen where !state.isAnswering:
                try write("\u{1B}[H\u{1B}[2J")
                state.drawing = nil
                try write(drawn(&state))
            case .interrupted where !state.isAnswering: break
            default: try redraw(&state)
            }
            return outcome
        }
    }

    private func complete(_ state: inout State) throws {
        let editor = state.editor
        let candidates = state.choices.completions(of: String(editor.line[..<editor.cursor]))
        guard let first = candidates.first else { return }
        let common = candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        if common.count > editor.cursor {
            state.editor.complete(with: candidates.count == 1 ? common + " " : common)
        } else if candidates.count > 1, !state.isAnswering {
            let names = candidates.map { $0.split(separator: " ").last.map(String.init) ?? $0 }
            let list = names.joined(separator: "  ").wrapped(to: size().columns - 1)
            try write(erased(&state) + "\u{1B}[J" + list.replacing("\n", with: "\r\n") + "\r\n")
            return try write(drawn(&state))
        }
        try redraw(&state)
    }

    private func redraw(_ state: inout State) throws {
        guard state.drawing != nil else { return }
        try write(Self.hidingCursor(erased(&state) + (state.isAnswering ? "\r\n" : "") + drawn(&state)))
    }

    /// Moves the cursor to the answer's last row, or to the start of the prompt.
    private func erased(_ state: inout State) -> String {
        guard let drawing = state.drawing else { return "" }
        state.drawing = nil
        let up = drawing.cursorRow + (state.isAnswering ? 1 : 0)
        return "\r" + (up > 0 ? "\u{1B}[\(up)A" : "")
    }

    private func drawn(_ state: inout State) -> String {
        let drawing = painter.drawing(
            of: state.editor.line, cursor: state.editor.cursor, status: state.status, query: state.editor.query,
            in: size())
        state.drawing = drawing
        let up = drawing.rows.count - 1 - drawing.cursorRow
        return "\r" + drawing.rows.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J"
            + (up > 0 ? "\u{1B}[\(up)A" : "") + "\r"
            + (drawing.cursorColumn > 0 ? "\u{1B}[\(drawing.cursorColumn)C" : "")
    }

    private static func hidingCursor(_ drawing: String) -> String {
        "\u{1B}[?25l" + drawing + "\u{1B}[?25h"
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
