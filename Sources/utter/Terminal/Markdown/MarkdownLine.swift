// SPDX-License-Identifier: GPL-3.0-or-later

/// The inline mark-up of a line: strong and emphasized text, code, links. The marks are left out.
struct MarkdownLine {
    private let text: [Character]
    /// UTF-8 offsets of each character, and of the end.
    private let offsets: [Int]
    /// Whether more of the line may come; then a mark that is not closed yet applies to its end.
    private let isOpen: Bool
    private var cells: [ShownCell] = []

    static func cells(of text: [Character], at start: Int, isOpen: Bool, _ emphasis: ShownCell.Emphasis = [])
        -> [ShownCell]
    {
        var line = MarkdownLine(text, at: start, isOpen: isOpen)
        line.read(0..<text.count, emphasis, depth: 0)
        return line.cells
    }

    private init(_ text: [Character], at start: Int, isOpen: Bool) {
        self.text = text
        self.isOpen = isOpen
        var offsets = [start]
        for character in text { offsets.append((offsets.last ?? start) + character.utf8.count) }
        self.offsets = offsets
    }

    /// Marks nested deeper are shown as they are.
    private static let deepest = 8

    private mutating func read(_ range: Range<Int>, _ emphasis: ShownCell.Emphasis, depth: Int) {
        var place = range.lowerBound
        while place < range.upperBound {
            place =
                depth < Self.deepest
                ? mark(at: place, in: range, emphasis, depth) ?? plain(place, emphasis)
                : plain(place, emphasis)
        }
    }

    private mutating func plain(_ place: Int, _ emphasis: ShownCell.Emphasis) -> Int {
        cells.append(ShownCell(text[place], at: offsets[place], emphasis))
        return place + 1
    }

    /// - Returns: where the text goes on after the marked text; `nil` if it isn't a mark.
    private mutating func mark(at place: Int, in range: Range<Int>, _ emphasis: ShownCell.Emphasis, _ depth: Int)
        -> Int?
    {
        switch text[place] {
        case "\\" where place + 1 < range.upperBound && "\\`*_{}[]()#+-.!|~>".contains(text[place + 1]):
            return plain(place + 1, emphasis)
        case "`": return code(at: place, in: range, emphasis)
        case "*", "_", "~": return emphasized(at: place, in: range, emphasis, depth)
        case "!" where place + 1 < range.upperBound && text[place + 1] == "[":
            return link(at: place + 1, in: range, emphasis, depth)
        case "[": return link(at: place, in: range, emphasis, depth)
        case "<": return address(from: place + 1, in: range, emphasis, closedBy: ">")
        case "h": return address(from: place, in: range, emphasis, closedBy: nil)
        default: return nil
        }
    }

    private func run(at place: Int, in range: Range<Int>) -> Int {
        text[place..<range.upperBound].prefix { $0 == text[place] }.count
    }

    private mutating func code(at place: Int, in range: Range<Int>, _ emphasis: ShownCell.Emphasis) -> Int? {
        let length = run(at: place, in: range)
        let start = place + length
        var end = start
        while end < range.upperBound {
            guard text[end] == "`" else {
                end += 1
                continue
            }
            let closing = run(at: end, in: range)
            if closing == length { break }
            end += closing
        }
        let isClosed = end < range.upperBound
        guard isClosed || isOpen && range.upperBound == text.count, start < end else { return nil }
        for inner in start..<end { _ = plain(inner, emphasis.union(.code)) }
        return isClosed ? end + length : end
    }

    private mutating func emphasized(
        at place: Int, in range: Range<Int>, _ emphasis: ShownCell.Emphasis, _ depth: Int
    ) -> Int? {
        let mark = text[place]
        let length = min(run(at: place, in: range), mark == "~" ? 2 : 3)
        let start = place + length
        guard mark != "~" || length == 2, start < range.upperBound, !text[start].isWhitespace else { return nil }
        if mark == "_", place > 0, text[place - 1].isLetter || text[place - 1].isNumber { return nil }
        let added: ShownCell.Emphasis =
            mark == "~" ? .struck : length == 1 ? .italic : length == 2 ? .strong : [.strong, .italic]
        if let end = closing(of: mark, length, from: start, in: range) {
            read(start..<end, emphasis.union(added), depth: depth + 1)
            return end + length
        }
        // Not closed yet. A single star may be a plain character.
        guard isOpen, length > 1, range.upperBound == text.count else { return nil }
        read(start..<range.upperBound, emphasis.union(added), depth: depth + 1)
        return range.upperBound
    }

    private func closing(of mark: Character, _ length: Int, from start: Int, in range: Range<Int>) -> Int? {
        var place = start
        while place < range.upperBound {
            if text[place] == "`" {
                place += run(at: place, in: range)
            } else if text[place] == "\\" {
                place += 2
            } else if text[place] == mark {
                let found = run(at: place, in: range)
                let after = place + found
                let endsWord = mark != "_" || after >= text.count || !(text[after].isLetter || text[after].isNumber)
                if found >= length, found != 2 || length != 1, place > start, !text[place - 1].isWhitespace, endsWord {
                    return found > length && length < 3 ? place + found - length : place
                }
                place = after
            } else {
                place += 1
            }
        }
        return nil
    }

    /// `[text](address)` and `![text](address)`; also `[text](addr`, if more may come.
    private mutating func link(
        at place: Int, in range: Range<Int>, _ emphasis: ShownCell.Emphasis, _ depth: Int
    ) -> Int? {
        let isLast = isOpen && range.upperBound == text.count
        guard let bracket = text[place..<range.upperBound].firstIndex(of: "]"), bracket > place + 1,
            bracket + 1 < range.upperBound, text[bracket + 1] == "("
        else { return nil }
        let end = text[bracket..<range.upperBound].firstIndex(of: ")")
        guard end != nil || isLast else { return nil }
        let stop = end ?? range.upperBound
        let address = String(text[(bracket + 2)..<max(stop, bracket + 2)].prefix { !$0.isWhitespace })
        let first = cells.count
        read(place + 1..<bracket, emphasis.union(.link), depth: depth + 1)
        for index in first..<cells.count { cells[index].address = address.webAddress }
        return end.map { $0 + 1 } ?? range.upperBound
    }

    private mutating func address(
        from start: Int, in range: Range<Int>, _ emphasis: ShownCell.Emphasis, closedBy close: Character?
    ) -> Int? {
        guard ["http://", "https://"].contains(where: { text[start..<range.upperBound].starts(with: $0) }) else {
            return nil
        }
        var end =
            text[start..<range.upperBound].firstIndex { $0.isWhitespace || "<>\"`，。；）".contains($0) || $0 == close }
            ?? range.upperBound
        if close != nil {
            guard end < range.upperBound, text[end] == close else { return nil }
        } else {
            while end > start, ".,;:!?)".contains(text[end - 1]) { end -= 1 }
        }
        let address = String(text[start..<end]).webAddress
        for place in start..<end {
            _ = plain(place, emphasis.union(.link))
            cells[cells.count - 1].address = address
        }
        return close == nil ? end : end + 1
    }
}

extension String {
    /// The text, if it is a URL that is safe to send to a terminal: http or https, and only printable ASCII.
    fileprivate var webAddress: String? {
        let isPlain = utf8.allSatisfy { (0x21...0x7E).contains($0) } && utf8.count <= 2_000
        return isPlain && ["http://", "https://"].contains(where: hasPrefix) ? self : nil
    }
}
