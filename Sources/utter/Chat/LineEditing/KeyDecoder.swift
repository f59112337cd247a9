// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A key, by its function.
enum Key: Sendable, Equatable {
    /// Typed or pasted; free of control characters.
    case text(String)
    case enter
    /// A line break within the text: Ctrl-J, Alt-Enter, or a pasted one.
    case newline
    /// Tab.
    case complete
    /// Ctrl-R: searches the history, further back when pressed again.
    case search
    /// Ctrl-G: ends the search.
    case cancel
    /// Ctrl-Z.
    case suspend
    case backspace
    case delete
    case left
    case right
    case wordLeft
    case wordRight
    case home
    case end
    /// The previous and the next entry of the history.
    case previous
    case next
    case deleteToStart
    case deleteToEnd
    case deleteWord
    case clearScreen
    /// Ctrl-C.
    case interrupt
    /// Ctrl-D: the end of input on an empty line, otherwise the same as `delete`.
    case endOfInput
}

/// Decodes keys from the bytes of a terminal in raw mode, however they were split: UTF-8, control characters, and
/// xterm's sequences, which all common terminals send.
struct KeyDecoder {
    private enum State {
        case plain
        /// After ESC.
        case escape
        /// After ESC [ with the parameters so far.
        case control(String)
        /// After ESC O.
        case single
    }

    /// No known sequence has more parameter bytes.
    private static let longestParameters = 16

    private var state = State.plain
    private var isPasting = false
    private var wasReturn = false
    private var text: [UInt8] = []
    private var utf8 = StreamingUTF8()
    private var keys: [Key] = []

    /// The keys that these bytes complete.
    mutating func decode(_ bytes: [UInt8]) -> [Key] {
        for byte in bytes { take(byte) }
        endText()
        defer { keys = [] }
        return keys
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .plain: takePlain(byte)
        case .escape: takeEscaped(byte)
        case .control(let parameters): takeControl(byte, parameters)
        case .single:
            state = .plain
            add(Self.letters[byte])
        }
    }

    private mutating func takePlain(_ byte: UInt8) {
        defer { wasReturn = byte == 0x0D }
        switch byte {
        case 0x1B:
            endText()
            state = .escape
        case 0x20...0x7E, 0x80...: text.append(byte)
        case _ where isPasting:
            // Pasted line breaks are text: they don't submit the line.
            if byte == 0x09 { text.append(0x20) }
            if byte == 0x0D || byte == 0x0A && !wasReturn {
                endText()
                add(.newline)
            }
        default:
            endText()
            add(Self.controls[byte])
        }
    }

    private mutating func takeEscaped(_ byte: UInt8) {
        state = .plain
        switch byte {
        case UInt8(ascii: "["): state = .control("")
        case UInt8(ascii: "O"): state = .single
        case UInt8(ascii: "b"): add(.wordLeft)
        case UInt8(ascii: "f"): add(.wordRight)
        case 0x7F: add(.deleteWord)
        case 0x0D, 0x0A: add(.newline)
        default: takePlain(byte)
        }
    }

    private mutating func takeControl(_ byte: UInt8, _ parameters: String) {
        switch byte {
        case 0x20...0x3F where parameters.count < Self.longestParameters:
            state = .control(parameters + String(Unicode.Scalar(byte)))
        case 0x20...0x3F: break
        case 0x40...0x7E:
            state = .plain
            endControl(byte, parameters)
        default:
            state = .plain
            takePlain(byte)
        }
    }

    private mutating func endControl(_ final: UInt8, _ parameters: String) {
        // 5 means with Ctrl, 3 with Alt.
        let isByWord = ["1;5", "1;3"].contains(parameters)
        switch (final, parameters) {
        case (UInt8(ascii: "C"), _) where isByWord: add(.wordRight)
        case (UInt8(ascii: "D"), _) where isByWord: add(.wordLeft)
        case (UInt8(ascii: "~"), "1"), (UInt8(ascii: "~"), "7"): add(.home)
        case (UInt8(ascii: "~"), "4"), (UInt8(ascii: "~"), "8"): add(.end)
        case (UInt8(ascii: "~"), "3"): add(.delete)
        case (UInt8(ascii: "~"), "200"): isPasting = true
        case (UInt8(ascii: "~"), "201"):
            endText()
            isPasting = false
        default: add(Self.letters[final])
        }
    }

    private mutating func endText() {
        let decoded = utf8.decode(text).printable
        text = []
        if !decoded.isEmpty { keys.append(.text(decoded)) }
    }

    private mutating func add(_ key: Key?) {
        if let key { keys.append(key) }
    }

    /// By the last letter of a sequence.
    private static let letters: [UInt8: Key] = [
        UInt8(ascii: "A"): .previous, UInt8(ascii: "B"): .next, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    ]

    /// Control characters; the letters are the same as in Emacs and readline.
    private static let controls: [UInt8: Key] = [
        control("A"): .home, control("B"): .left, control("C"): .interrupt, control("D"): .endOfInput,
        control("E"): .end, control("F"): .right, control("G"): .cancel, control("H"): .backspace,
        control("I"): .complete, control("J"): .newline, control("K"): .deleteToEnd, control("L"): .clearScreen,
        control("M"): .enter, control("N"): .next, control("P"): .previous, control("R"): .search,
        control("U"): .deleteToStart, control("W"): .deleteWord,
        control("Z"): .suspend, 0x7F: .backspace,
    ]

    private static func control(_ letter: Unicode.Scalar) -> UInt8 {
        UInt8(ascii: letter) & 0x1F
    }
}
