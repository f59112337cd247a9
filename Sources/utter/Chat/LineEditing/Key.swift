// SPDX-License-Identifier: GPL-3.0-or-later

/// What somebody does at a terminal, by meaning.
enum Key: Sendable, Equatable {
    /// Typed or pasted; free of control characters.
    case text(String)
    case enter
    case backspace
    case delete
    case left
    case right
    case wordLeft
    case wordRight
    case home
    case end
    /// The line entered before, and the one after.
    case previous
    case next
    case deleteToStart
    case deleteToEnd
    case deleteWord
    case clearScreen
    /// Ctrl-C.
    case interrupt
    /// Ctrl-D: the end of input on an empty line, else as `delete`.
    case endOfInput
}
