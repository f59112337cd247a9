// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// An answer on the terminal: unheard text is dim, the current word bold, and heard text plain.
///
/// Rows on the screen are redrawn as a whole. Between calls the cursor stands behind the last character. Each function
/// returns what is to be written.
struct HeardText {
    private var text: WrappedText
    private var size: TerminalSize
    /// UTF-8 offset in the text up to which it was heard.
    private var heardEnd = 0
    private var word = 0..<0

    init(size: TerminalSize) {
        self.size = size
        text = WrappedText(columns: size.columns - 1)
    }

    /// True if the cursor's row is empty.
    var isAtLineStart: Bool { text.rows.last?.isEmpty ?? true }

    /// Adds text as the model wrote it; control characters become blanks.
    mutating func append(_ more: String, size current: TerminalSize) -> String {
        let start = take(current)
        let changed = text.append(more, keepingRows: size.rows)
        return (start ?? "\r") + text.rows.suffix(changed).map(drawn).joined(separator: "\r\n")
    }

    /// The listener begins to hear a word.
    mutating func hear(word next: Range<Int>, size current: TerminalSize) -> String {
        let start = take(current)
        let changed = min(heardEnd, word.lowerBound)..<max(next.upperBound, word.upperBound)
        word = next
        heardEnd = max(heardEnd, next.lowerBound)
        return start ?? redrawn(changed)
    }

    /// Everything up to this offset was heard, and no word is current.
    mutating func hear(upTo end: Int, size current: TerminalSize) -> String {
        let start = take(current)
        let changed = min(heardEnd, word.lowerBound)..<max(end, heardEnd, word.upperBound)
        word = 0..<0
        heardEnd = max(heardEnd, end)
        return start ?? redrawn(changed)
    }

    /// The text so far was reasoning, and will not be heard: what follows begins in a new row.
    mutating func giveUp() -> String {
        text.restart(columns: size.columns - 1)
        return "\r\n"
    }

    /// When the size has changed, the terminal has moved the rows: they stay as they are, and a new row begins.
    private mutating func take(_ current: TerminalSize) -> String? {
        guard current != size else { return nil }
        size = current
        text.restart(columns: size.columns - 1)
        return "\r\n"
    }

    /// Redraws the rows that hold some of these bytes.
    private func redrawn(_ bytes: Range<Int>) -> String {
        var drawing = ""
        for (up, row) in text.rows.reversed().enumerated() where row.contains(where: { $0.bytes.overlaps(bytes) }) {
            // The terminal itself saves the cursor's place: a character of unexpected width does no harm.
            drawing += "\u{1B}7" + (up > 0 ? "\u{1B}[\(up)A" : "") + "\r" + drawn(row) + "\u{1B}8"
        }
        return drawing
    }

    private enum Style: String {
        case plain = ""
        case dim = ";2"
        case bold = ";1"
    }

    private func drawn(_ row: [WrappedText.Cell]) -> String {
        var drawing = ""
        var style = Style.plain
        for cell in row where cell.columns > 0 {
            let wanted = self.style(of: cell)
            if wanted != style { drawing += "\u{1B}[0\(wanted.rawValue)m" }
            style = wanted
            drawing += String(cell.character).printable
        }
        return drawing + (style == .plain ? "" : "\u{1B}[m") + "\u{1B}[K"
    }

    private func style(of cell: WrappedText.Cell) -> Style {
        if word.contains(cell.bytes.lowerBound) { return .bold }
        return cell.bytes.lowerBound < heardEnd ? .plain : .dim
    }
}
