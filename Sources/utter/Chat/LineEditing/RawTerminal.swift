// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Takes every key from the terminal by itself, unechoed, until it is restored.
struct RawTerminal: Sendable {
    private let before: termios

    /// - Returns: `nil` if standard input is no terminal.
    init?() {
        var state = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &state) == 0 else { return nil }
        before = state
    }

    /// Also called again before each line: a shell that stopped and continued the program has set its own mode.
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

    /// The terminal encloses what is pasted, so that it can be told from what is typed.
    private static let bracketedPaste = "\u{1B}[?2004"
}
