// SPDX-License-Identifier: GPL-3.0-or-later

/// A Markdown table: its columns aligned, with rules between them and below its header.
struct MarkdownTable {
    /// The cells of each row.
    private var rows: [[[ShownCell]]] = []
    /// Where the rule below the header belongs; `nil` if the text has none yet.
    private var rule: (row: Int, place: Int)?
    private var isAtEnd: [Bool] = []

    /// - Parameter lines: the lines, each with its UTF-8 offset in the text.
    init(_ lines: [(text: [Character], start: Int)]) {
        for line in lines {
            let parts = Self.parts(of: line.text, at: line.start)
            if rule == nil, !rows.isEmpty, parts.allSatisfy({ Self.isRule($0.text) }) {
                rule = (rows.count, line.start)
                isAtEnd = parts.map { $0.text.last == ":" && $0.text.first != ":" }
            } else {
                rows.append(parts.map { MarkdownLine.cells(of: $0.text, at: $0.start, isOpen: false) })
            }
        }
        if rule != nil, let head = rows.first {
            rows[0] = head.map { cells in
                cells.map { cell in
                    var cell = cell
                    cell.emphasis.insert(.strong)
                    return cell
                }
            }
        }
    }

    private static func isRule(_ text: [Character]) -> Bool {
        !text.isEmpty && text.contains("-") && text.allSatisfy { "-: ".contains($0) }
    }

    /// The text between the bars, without the spaces around it.
    private static func parts(of line: [Character], at start: Int) -> [(text: [Character], start: Int)] {
        var parts: [(text: [Character], start: Int)] = []
        var place = start
        var part: (text: [Character], start: Int)?
        var isEscaped = false
        for character in line {
            if character == "|", !isEscaped {
                if let part { parts.append(trimmed(part)) }
                part = ([], place + 1)
            } else {
                part?.text.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
            place += character.utf8.count
        }
        if let part, part.text.contains(where: { !$0.isWhitespace }) { parts.append(trimmed(part)) }
        return parts
    }

    private static func trimmed(_ part: (text: [Character], start: Int)) -> (text: [Character], start: Int) {
        let blanks = part.text.prefix(while: \.isWhitespace)
        let text = Array(part.text.dropFirst(blanks.count).reversed().drop(while: \.isWhitespace).reversed())
        return (text, part.start + blanks.reduce(0) { $0 + $1.utf8.count })
    }

    /// The table on a terminal. If it is too wide, its rows are wrapped like prose.
    func rows(columns: Int) -> [[ShownCell]] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].columns : 0 }.max() ?? 0
        }
        var drawn = rows.map { cells in row(cells, widths) }
        if let rule {
            let line = widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─")
            drawn.insert(line.map { ShownCell(sign: $0, at: rule.place) }, at: rule.row)
        }
        return drawn.flatMap { row in
            row.first?.character == "─" ? [Array(row.prefix(columns))] : row.wrapped(to: columns, hanging: 2)
        }
    }

    private func row(_ cells: [[ShownCell]], _ widths: [Int]) -> [ShownCell] {
        var row: [ShownCell] = []
        var place = cells.first?.first?.bytes.lowerBound ?? 0
        for (column, width) in widths.enumerated() {
            let cell = cells.indices.contains(column) ? cells[column] : []
            place = cell.first?.bytes.lowerBound ?? place
            func signs(_ text: String) -> [ShownCell] { text.map { ShownCell(sign: $0, at: place) } }
            if column > 0 { row += signs(" │ ") }
            let blanks = signs(String(repeating: " ", count: width - cell.columns))
            let isAtEnd = isAtEnd.indices.contains(column) && isAtEnd[column]
            row += isAtEnd ? blanks + cell : column == widths.count - 1 ? cell : cell + blanks
            place = cell.last?.bytes.upperBound ?? place
        }
        return row
    }
}
