// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

@testable import utter

/// A terminal without colours: the content of its rows, and the cursor's position. Without a size, its rows and columns
/// have no end.
struct TerminalScreen {
    /// The characters of each row, one per column; a wide character is followed by an empty one.
    private var cells: [[String]] = [[]]
    /// The rows that have scrolled off the screen.
    private(set) var above: [String] = []
    private(set) var row = 0
    private(set) var column = 0
    private var saved = (row: 0, column: 0)
    private(set) var size: TerminalSize?

    init(size: TerminalSize? = nil) {
        self.size = size
    }

    var rows: [String] { cells.map { $0.joined() } }

    /// Changes the size; rows are not reflowed, only cut.
    mutating func resize(to size: TerminalSize) {
        self.size = size
        while cells.count > size.rows { scroll() }
        cells = cells.map { Array($0.prefix(size.columns)) }
    }

    mutating func write(_ text: String) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\r": column = 0
            case "\n": lineFeed()
            case "\u{1B}": control(&rest)
            default: put(scalar)
            }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let width = Character(scalar).columns
        if width == 0, column > 0 { return cells[row][column - 1].unicodeScalars.append(scalar) }
        if let size, column + width > size.columns {
            column = 0
            lineFeed()
        }
        while cells[row].count < column + width { cells[row].append(" ") }
        cells[row][column] = String(scalar)
        for place in 1..<max(width, 1) { cells[row][column + place] = "" }
        column += width
    }

    private mutating func lineFeed() {
        row += 1
        if row == cells.count { cells.append([]) }
        if let size, cells.count > size.rows { scroll() }
    }

    private mutating func scroll() {
        above.append(cells.removeFirst().joined())
        row = max(row - 1, 0)
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
            case "A": row = max(row - count, 0)
            case "C": column += count
            case "H": move(to: parameters.split(separator: ";").compactMap { Int($0) })
            case "K": cells[row] = Array(cells[row].prefix(column))
            case "J":
                cells[row] = Array(cells[row].prefix(column))
                cells.removeSubrange((row + 1)...)
            default: break
            }
        default: break
        }
    }

    /// - Parameter place: row and column, from 1.
    private mutating func move(to place: [Int]) {
        row = min(place.first ?? 1, size?.rows ?? .max) - 1
        column = (place.dropFirst().first ?? 1) - 1
        while cells.count <= row { cells.append([]) }
    }
}
