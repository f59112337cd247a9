// SPDX-License-Identifier: GPL-3.0-or-later

/// A terminal without colours, wide characters or an end: the content of its rows, and the cursor's position.
struct TerminalScreen {
    private(set) var rows = [""]
    private(set) var row = 0
    private(set) var column = 0
    private var saved = (row: 0, column: 0)

    mutating func write(_ text: String) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\r": column = 0
            case "\n":
                row += 1
                if row == rows.count { rows.append("") }
            case "\u{1B}": control(&rest)
            default:
                let (before, after) = (rows[row].prefix(column), rows[row].dropFirst(column + 1))
                let blanks = String(repeating: " ", count: column - before.count)
                rows[row] = before + blanks + String(scalar) + after
                column += 1
            }
        }
    }

    private mutating func control(_ rest: inout Substring.UnicodeScalarView) {
        switch rest.popFirst() {
        case "7": saved = (row, column)
        case "8": (row, column) = saved
        case "]":
            while let scalar = rest.popFirst(), scalar != "\\" {}
        case "[":
            let parameters = String(String.UnicodeScalarView(rest.prefix { !$0.properties.isAlphabetic }))
            rest = rest.dropFirst(parameters.unicodeScalars.count)
            let count = Int(parameters) ?? 1
            switch rest.popFirst() {
            case "A": row -= count
            case "C": column += count
            case "K": rows[row] = String(rows[row].prefix(column))
            case "J":
                rows[row] = String(rows[row].prefix(column))
                rows.removeSubrange((row + 1)...)
            default: break
            }
        default: break
        }
    }
}
