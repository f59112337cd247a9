// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A character as it is shown on the terminal.
struct ShownCell: Equatable {
    /// The meaning of the mark-up around it.
    struct Emphasis: OptionSet, Hashable {
        let rawValue: UInt8
        static let strong = Emphasis(rawValue: 1)
        static let italic = Emphasis(rawValue: 2)
        static let code = Emphasis(rawValue: 4)
        static let link = Emphasis(rawValue: 8)
        static let struck = Emphasis(rawValue: 16)
    }

    var character: Character
    /// 0 for a space beyond the row's end; it is not drawn.
    var columns: Int
    /// UTF-8 offsets in the text; empty for a symbol that isn't in the text, such as a table's rule.
    var bytes: Range<Int>
    var emphasis: Emphasis = []
    /// The target of a link.
    var address: String?

    init(_ character: Character, at start: Int, _ emphasis: Emphasis = []) {
        self.character = character
        columns = character.columns
        bytes = start..<start + character.utf8.count
        self.emphasis = emphasis
    }

    /// A symbol that isn't in the text, drawn like the text at `place`.
    init(sign: Character, at place: Int) {
        character = sign
        columns = sign.columns
        bytes = place..<place
    }
}

extension [ShownCell] {
    var columns: Int { reduce(0) { $0 + $1.columns } }

    /// The rows of these cells, broken after spaces or next to East Asian characters.
    ///
    /// - Parameter hanging: the indent of each row but the first, in columns.
    func wrapped(to columns: Int, hanging: Int = 0) -> [[ShownCell]] {
        var rows: [[ShownCell]] = [[]]
        var used = 0
        let hanging = hanging * 2 < columns ? hanging : 0
        for var cell in self {
            let last = rows.count - 1
            if used + cell.columns <= columns {
                rows[last].append(cell)
                used += cell.columns
            } else if cell.character.isWhitespace {
                cell.columns = 0
                rows[last].append(cell)
            } else {
                let place = rows[last].breakPlace(before: cell)
                let tail = rows[last][place...]
                rows[last].removeSubrange(place...)
                let start = tail.first?.bytes.lowerBound ?? cell.bytes.lowerBound
                rows.append(Array(repeating: ShownCell(sign: " ", at: start), count: hanging) + tail + [cell])
                used = rows[last + 1].columns
            }
        }
        return rows
    }

    /// The best place to break the row before the new cell, which doesn't fit any more.
    private func breakPlace(before cell: ShownCell) -> Int {
        let cells = self + [cell]
        let indent = prefix { $0.character.isWhitespace }.count
        return (1..<cells.count).last {
            $0 > indent && cells[$0 - 1].character.mayEndRow(before: cells[$0].character)
        } ?? count
    }
}

extension Character {
    /// Whether a row may end between this character and the next: the simplest part of UAX #14.
    fileprivate func mayEndRow(before next: Character) -> Bool {
        if next.isWhitespace { return false }
        if isWhitespace { return true }
        return (isWide || next.isWide) && !Self.closing.contains(next) && !Self.opening.contains(self)
    }

    private static let closing = Set("，。、；：？！”’）》」』】〕…—·％,.;:?!)]}%")
    private static let opening = Set("“‘（《「『【〔([{")
}

extension String {
    /// The text's lines, broken after spaces and next to East Asian characters so that none is wider than `columns`. The
    /// rest of a line is indented like its beginning, or in a list like its second column.
    func wrapped(to columns: Int) -> String {
        let lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let rows = lines.flatMap { line in
            line.map { ShownCell($0, at: 0) }.wrapped(to: Swift.max(columns, 1), hanging: line.hanging)
        }
        // The last row keeps its trailing space, since it may be the end of a question.
        return rows.enumerated().map { index, row in
            String((index < rows.count - 1 ? row.filter { $0.columns > 0 } : row).map(\.character))
        }.joined(separator: "\n")
    }

    /// The beginning of the text that is no wider than `columns`.
    func shortened(to columns: Int) -> String {
        var room = columns
        return String(
            prefix { character in
                room -= character.columns
                return room >= 0
            })
    }
}

extension Substring {
    /// The indentation of the line's second column, which two or more spaces precede; without one, that of the line.
    fileprivate var hanging: Int {
        let indent = prefix { $0 == " " }.count
        guard let gap = dropFirst(indent).firstRange(of: "  ") else { return indent }
        let second = self[gap.lowerBound...].drop { $0 == " " }
        let column = String(self[..<second.startIndex]).columns
        return second.isEmpty || column > 24 ? indent : column
    }
}
