// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Draws the text being edited, in as many rows of the terminal as it needs.
struct LinePainter {
    /// Rows for the terminal, and the cursor's position in them.
    struct Drawing: Equatable {
        /// Each row includes its control sequences; none is as wide as the terminal.
        var rows: [String]
        var cursorRow: Int
        var cursorColumn: Int
    }

    /// Before the text; free of control sequences.
    let prompt: String

    /// - Parameters:
    ///   - status: shown above the text, in one row.
    ///   - query: the text being searched for in the history.
    func drawing(
        of line: [Character], cursor: Int, status: String? = nil, query: String? = nil, in size: TerminalSize
    ) -> Drawing {
        let columns = max(size.columns - 1, 4)
        let lead = query.map { "(search: \($0.printable)) " } ?? prompt
        let head = lead.columns < columns / 2 ? lead : prompt
        let indent = String(repeating: " ", count: prompt.columns)
        var rows = [""]
        var width = head.columns
        var place = (row: 0, column: width)
        for (index, character) in line.enumerated() {
            if character != "\n", width + character.columns > columns { begin(&rows, &width, indent) }
            if index == cursor { place = (rows.count - 1, width) }
            if character == "\n" {
                begin(&rows, &width, indent)
            } else {
                rows[rows.count - 1].append(character)
                width += character.columns
            }
        }
        if cursor >= line.count {
            if width >= columns { begin(&rows, &width, indent) }
            place = (rows.count - 1, width)
        }
        rows[0] = bold(head) + rows[0]
        // Of a long text, show the rows around the cursor.
        let most = max(size.rows / 2, 1)
        let first = max(0, min(place.row - most / 2, rows.count - most))
        rows = Array(rows[first...].prefix(most))
        let above = status.map { [Self.dim($0.shortened(to: columns))] } ?? []
        return Drawing(rows: above + rows, cursorRow: place.row - first + above.count, cursorColumn: place.column)
    }

    private func begin(_ rows: inout [String], _ width: inout Int, _ indent: String) {
        rows.append(indent)
        width = indent.count
    }

    /// The text as entered: all of it, with long lines wrapped by the terminal.
    func entered(_ line: String) -> String {
        let lines = line.split(separator: "\n", omittingEmptySubsequences: false)
        let indent = String(repeating: " ", count: prompt.columns)
        return "\r" + bold(prompt) + lines.map { $0 + "\u{1B}[K\r\n" }.joined(separator: indent)
    }

    private func bold(_ text: String) -> String { "\u{1B}[1m\(text)\u{1B}[m" }

    private static func dim(_ text: String) -> String { "\u{1B}[2m\(text)\u{1B}[m" }
}
