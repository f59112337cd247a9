// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Switches the terminal to raw mode: each key arrives at once and is not echoed.
struct RawTerminal: Sendable {
    private let before: termios

    /// - Returns: `nil` if standard input is not a terminal.
    init?() {
        var state = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &state) == 0 else { return nil }
        before = state
    }

    /// Switches to raw mode. Called again before each line, since a shell that suspended and continued the program has
    /// set its own mode.
    func enter() {
        var raw = before
        raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
        raw.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR | ISTRIP)
        raw.c_cc.6 = 1  // VMIN: a read returns with one byte or more …
        raw.c_cc.5 = 0  // VTIME: … however long that takes
        _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
        try? Console.write(Self.bracketedPaste + "h")
    }

    func restore() {
        try? Console.write(Self.bracketedPaste + "l")
        var state = before
        _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &state)
    }

    /// Makes the terminal mark pasted text, so that it can be distinguished from typed text.
    private static let bracketedPaste = "\u{1B}[?2004"
}
