// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws a line that is being edited into one row of the terminal; a longer one is moved sideways under it.
///
/// One row, since that stays right whatever the terminal's size becomes.
struct LinePainter {
    /// Free of control sequences; in front of the line.
    let prompt: String

    /// What draws the line, from anywhere in its row.
    func drawn(_ line: [Character], cursor: Int, columns: Int) -> String {
        let room = max(columns - width(prompt) - 1, 2)
        var start = 0
        var before = width(line[..<cursor])
        // What lies behind the cursor gets a quarter of the row, if it needs so much.
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
        // The terminal keeps the cursor's place itself: a character of unforeseen width does no harm.
        return "\r" + boldPrompt + marker + String(line[min(start, cursor)..<cursor])
            + "\u{1B}7" + String(line[cursor..<end]) + "\u{1B}[K\u{1B}8"
    }

    /// What draws the line when it was entered: all of it, wrapped by the terminal.
    func entered(_ line: String) -> String {
        "\r" + boldPrompt + line + "\u{1B}[K\r\n"
    }

    private var boldPrompt: String { "\u{1B}[1m\(prompt)\u{1B}[m" }

    private func width(_ text: some Sequence<Character>) -> Int {
        text.reduce(0) { $0 + $1.columns }
    }
}
