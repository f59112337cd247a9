// SPDX-License-Identifier: GPL-3.0-or-later

/// Streaming text, wrapped into rows after a blank or beside an East Asian character.
struct WrappedText {
    struct Cell {
        var character: Character
        /// 0 for a blank beyond the row's end; it is not drawn.
        var columns: Int
        /// UTF-8 offsets in the text.
        var bytes: Range<Int>
    }

    private(set) var rows: [[Cell]] = [[]]
    /// Columns of a row, at least 1.
    private var columns: Int
    /// UTF-8 length of the text.
    private var length = 0

    init(columns: Int) {
        self.columns = max(columns, 1)
    }

    /// Adds text and keeps only the last rows.
    ///
    /// - Returns: how many rows, counted from the last, are new or have changed.
    mutating func append(_ text: String, keepingRows limit: Int) -> Int {
        var unchanged = rows.count - 1
        for character in joined(text) { append(character) }
        let surplus = max(0, rows.count - max(limit, 1))
        rows.removeFirst(surplus)
        unchanged = max(0, unchanged - surplus)
        return rows.count - unchanged
    }

    /// Continues in an empty row of another width; the rows so far are dropped.
    mutating func restart(columns: Int) {
        self.columns = max(columns, 1)
        rows = [[]]
    }

    /// The text, joined with the character before it if they form one: chunks are cut anywhere.
    private mutating func joined(_ text: String) -> String {
        guard let last = rows[rows.count - 1].last else { return text }
        let joined = String(last.character) + text
        guard joined.count <= text.count else { return text }
        rows[rows.count - 1].removeLast()
        length = last.bytes.lowerBound
        return joined
    }

    private mutating func append(_ character: Character) {
        let bytes = length..<length + character.utf8.count
        length = bytes.upperBound
        guard !character.isNewline else { return rows.append([]) }
        var cell = Cell(character: character, columns: character.columns, bytes: bytes)
        let row = rows.count - 1
        let used = rows[row].reduce(0) { $0 + $1.columns }
        if used + cell.columns <= columns {
            rows[row].append(cell)
        } else if character.isWhitespace {
            cell.columns = 0
            rows[row].append(cell)
        } else {
            let place = breakPlace(before: cell, in: rows[row])
            let tail = rows[row][place...]
            rows[row].removeSubrange(place...)
            rows.append(tail + [cell])
        }
    }

    /// The best place to break the row before the new cell, which no longer fits.
    private func breakPlace(before cell: Cell, in row: [Cell]) -> Int {
        let cells = row + [cell]
        return (1..<cells.count).last { cells[$0 - 1].character.mayEndRow(before: cells[$0].character) } ?? row.count
    }
}

extension Character {
    /// The simplest part of UAX #14.
    fileprivate func mayEndRow(before next: Character) -> Bool {
        if next.isWhitespace { return false }
        if isWhitespace { return true }
        return (isWide || next.isWide) && !Self.closing.contains(next) && !Self.opening.contains(self)
    }

    private static let closing = Set("，。、；：？！”’）》」』】〕…—·％,.;:?!)]}%")
    private static let opening = Set("“‘（《「『【〔([{")
}

extension String {
    /// Its lines, broken after blanks and beside East Asian characters so that none takes more columns.
    func wrapped(to columns: Int) -> String {
        var text = WrappedText(columns: columns)
        _ = text.append(self, keepingRows: .max)
        let rows = text.rows.map { row in
            let shown = row.last?.character.isWhitespace == true && row.count > 1 ? row.filter { $0.columns > 0 } : row
            return String(shown.map(\.character))
        }
        return rows.joined(separator: "\n")
    }
}
