// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// An answer on the terminal: unheard text is dim, the current word bold, and heard text plain; Markdown is rendered.
///
/// Rows on the screen are redrawn as a whole. Between calls, the cursor is after the last character. Each function
/// returns the output for the terminal. When the terminal's width changes, it reflows the rows: the answer is then laid
/// out again, on an empty screen.
struct HeardText {
    private var text: MarkdownRows
    /// What the model wrote since the last text that was given up, and its UTF-8 offset in the answer.
    private var source = ""
    private var sourceStart = 0
    /// Whether the screen shows only this answer.
    private var ownsScreen = false
    private var size: TerminalSize
    private let hasColour: Bool
    /// UTF-8 offset in the text up to which it was heard.
    private var heardEnd = 0
    private var word = 0..<0

    init(size: TerminalSize, hasColour: Bool = Console.hasColour) {
        self.size = size
        self.hasColour = hasColour
        text = MarkdownRows(columns: size.columns - 1)
    }

    /// Whether the cursor's row is empty.
    var isAtLineStart: Bool { text.rows.last?.isEmpty ?? true }

    /// Whether a piece's text is not in the bytes that it covers, such as for a table, which is only named.
    func isNote(_ piece: String, at bytes: Range<Int>) -> Bool {
        func letters(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
        let start = max(bytes.lowerBound - sourceStart, 0)
        let written = letters(String(decoding: source.utf8.dropFirst(start).prefix(bytes.count), as: UTF8.self))
        return !written.contains(letters(piece).prefix(3))
    }

    /// Appends text as the model wrote it; control characters become spaces.
    mutating func append(_ more: String, size current: TerminalSize) -> String {
        let start = take(current)
        source += more
        let (kept, before) = text.append(more, keepingRows: size.rows)
        let rows = text.rows
        // The last row is redrawn, and so are rows above it that changed and are still on the screen.
        let first = max(0, min(kept, before - 1), before - size.rows)
        let up = before - 1 - first
        let lead = start + (up > 0 ? "\u{1B}[\(up)A\r" : "\r")
        let wipe = rows.count < before ? "\u{1B}[J" : ""
        return lead + rows[min(first, rows.count - 1)...].map(drawn).joined(separator: "\r\n") + wipe
    }

    /// Marks a word as current.
    mutating func hear(word next: Range<Int>, size current: TerminalSize) -> String {
        let start = take(current)
        let changed = min(heardEnd, word.lowerBound)..<max(next.upperBound, word.upperBound)
        word = next
        heardEnd = max(heardEnd, next.lowerBound)
        return start + redrawn(changed)
    }

    /// Marks everything up to this offset as heard, and no word as current.
    mutating func hear(upTo end: Int, size current: TerminalSize) -> String {
        let start = take(current)
        let changed = min(heardEnd, word.lowerBound)..<max(end, heardEnd, word.upperBound)
        word = 0..<0
        heardEnd = max(heardEnd, end)
        return start + redrawn(changed)
    }

    /// Gives up the text so far, which was reasoning and will not be heard: what follows begins in a new row.
    mutating func giveUp() -> String {
        (source, sourceStart) = ("", text.length)
        text = MarkdownRows(columns: size.columns - 1, start: sourceStart)
        return "\r\n"
    }

    /// Redraws everything if the terminal's width has changed.
    private mutating func take(_ current: TerminalSize) -> String {
        defer { size = current }
        guard current.columns != size.columns else { return "" }
        text = MarkdownRows(columns: current.columns - 1, start: sourceStart)
        guard !source.isEmpty else { return "" }
        _ = text.append(source, keepingRows: current.rows)
        // Earlier output moves up off the screen, into the terminal's scrollback.
        let scroll = ownsScreen ? "" : "\u{1B}[999;1H" + String(repeating: "\n", count: current.rows)
        ownsScreen = true
        return scroll + "\u{1B}[H\u{1B}[J" + text.rows.suffix(current.rows).map(drawn).joined(separator: "\r\n")
    }

    /// Redraws the rows that contain some of these bytes.
    private func redrawn(_ bytes: Range<Int>) -> String {
        var drawing = ""
        for (up, row) in text.rows.suffix(size.rows).reversed().enumerated()
        where row.contains(where: {
            $0.bytes.overlaps(bytes) || $0.bytes.isEmpty && bytes.contains($0.bytes.lowerBound)
        }) {
            // The terminal itself saves the cursor position, so a character of unexpected width does no harm.
            drawing += "\u{1B}7" + (up > 0 ? "\u{1B}[\(up)A" : "") + "\r" + drawn(row) + "\u{1B}8"
        }
        return drawing
    }

    private func drawn(_ row: [ShownCell]) -> String {
        var drawing = ""
        var style = ""
        var address: String?
        for cell in row where cell.columns > 0 {
            if cell.address != address {
                drawing += Self.linking(cell.address)
                address = cell.address
            }
            let wanted = self.style(of: cell)
            if wanted != style { drawing += "\u{1B}[0\(wanted)m" }
            style = wanted
            drawing += String(cell.character).printable
        }
        if address != nil { drawing += Self.linking(nil) }
        return drawing + (style.isEmpty ? "" : "\u{1B}[m") + "\u{1B}[K"
    }

    /// Begins or ends a hyperlink with OSC 8, which other terminals ignore.
    private static func linking(_ address: String?) -> String {
        "\u{1B}]8;;\(address ?? "")\u{1B}\\"
    }

    /// The SGR parameters after the 0.
    private func style(of cell: ShownCell) -> String {
        let isCurrent = word.contains(cell.bytes.lowerBound) && !cell.bytes.isEmpty
        let isHeard = cell.bytes.lowerBound < heardEnd
        let emphasis = cell.emphasis
        // Not bold while it is dim: many terminals show only one of the two.
        var style = isCurrent ? ";1" : !isHeard ? ";2" : emphasis.contains(.strong) ? ";1" : ""
        if emphasis.contains(.italic) { style += ";3" }
        // Text that is already bold is underlined while it is current.
        if emphasis.contains(.link) || isCurrent && emphasis.contains(.strong) { style += ";4" }
        if emphasis.contains(.struck) { style += ";9" }
        if emphasis.contains(.code), hasColour { style += ";36" }
        return style
    }
}
