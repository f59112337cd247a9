// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws the line being edited in one row of the terminal, and scrolls a longer one sideways.
///
/// A single row stays right whatever the terminal's size becomes.
struct LinePainter {
    /// In front of the line; free of control sequences.
    let prompt: String

    /// The output that draws the line, wherever in its row the cursor is.
    func drawn(_ line: [Character], cursor: Int, columns: Int) -> String {
        let room = max(columns - width(prompt) - 1, 2)
        var start = 0
        var before = width(line[..<cursor])
        // The text behind the cursor gets up to a quarter of the row.
        let most = room - min(width(line[cursor...]), room / 4)
        while before > most {
            before -= line[start].columns
            start += 1
        }
        var end = cursor
        var after = before
        while end < line.count, after + line[end].columns <= room {
            after += line[end].columns
            end += 1
        }
        let marker = start > 0 ? "<" : ""
        if start > 0 { start += 1 }
        // The terminal itself saves the cursor's place: a character of unexpected width does no harm.
        return "\r" + boldPrompt + marker + String(line[min(start, cursor)..<cursor])
            + "\u{1B}7" + String(line[cursor..<end]) + "\u{1B}[K\u{1B}8"
    }

    /// The output that draws the entered line: all of it, wrapped by the terminal.
    func entered(_ line: String) -> String {
        "\r" + boldPrompt + line + "\u{1B}[K\r\n"
    }

    private var boldPrompt: String { "\u{1B}[1m\(prompt)\u{1B}[m" }

    private func width(_ text: some Sequence<Character>) -> Int {
        text.reduce(0) { $0 + $1.columns }
    }
}
