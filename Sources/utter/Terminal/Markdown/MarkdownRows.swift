// SPDX-License-Identifier: GPL-3.0-or-later

/// Streaming Markdown as rows of a terminal: headings and strong text bold, code coloured, tables ruled, links
/// underlined, and no marks. Only what can still change is read again: the last line, or the table that it belongs to.
struct MarkdownRows {
    /// Rows that don't change any more; only the last of them are kept.
    private var closed: [[ShownCell]] = []
    /// The rows of `block`; there is always at least one.
    private var open: [[ShownCell]] = [[]]
    /// The text of the line or table that may still change.
    private var block = ""
    /// UTF-8 offset of `block` in the text.
    private var start = 0
    private let columns: Int
    /// The fence that ends the code block that the text is in; `nil` outside of one.
    private var fence: [Character]?

    /// A longer line or table is shown in parts.
    private static let longestBlock = 16_384

    /// - Parameter start: UTF-8 offset of the first row's text in the answer.
    init(columns: Int, start: Int = 0) {
        self.columns = max(columns, 1)
        self.start = start
    }

    var rows: [[ShownCell]] { closed + open }

    /// UTF-8 offset of the end of the text.
    var length: Int { start + block.utf8.count }

    /// Appends text, and keeps at least the last rows.
    ///
    /// - Returns: how many of the rows before are unchanged, and how many there were.
    mutating func append(_ text: String, keepingRows limit: Int) -> (kept: Int, before: Int) {
        let before = rows
        block += text
        while closeBlock() {}
        if block.utf8.count > Self.longestBlock { cut() }
        open = lay(lines(of: block), isOpen: true)
        if open.isEmpty { open = [[]] }
        let surplus = max(0, closed.count - max(limit, 1))
        let now = rows
        let kept = zip(before, now).prefix { $0 == $1 }.count
        closed.removeFirst(surplus)
        return (kept - surplus, before.count - surplus)
    }

    /// A line of the text, without its end.
    private struct Line {
        var text: [Character]
        var start: Int
        var isComplete: Bool

        /// A table row begins with a bar.
        var isTable: Bool { text.first { $0 != " " } == "|" }
    }

    private func lines(of text: String) -> [Line] {
        var lines: [Line] = []
        var line = Line(text: [], start: start, isComplete: false)
        var place = start
        for character in text {
            place += character.utf8.count
            if character.isNewline {
                line.isComplete = true
                lines.append(line)
                line = Line(text: [], start: place, isComplete: false)
            } else {
                line.text.append(character)
            }
        }
        return lines + [line]
    }

    /// Lays out the block that has ended at the start of the open text.
    ///
    /// - Returns: whether there was one.
    private mutating func closeBlock() -> Bool {
        let lines = lines(of: block)
        guard let first = lines.first, first.isComplete else { return false }
        var count = 1
        if fence == nil, first.isTable {
            count = lines.prefix { $0.isTable && $0.isComplete }.count
            // The next line must show that it doesn't belong to the table.
            guard count < lines.count, !lines[count].isTable, lines[count].isComplete || !lines[count].text.isEmpty
            else { return false }
        }
        close(lines, count)
        return true
    }

    private mutating func cut() {
        let lines = lines(of: block)
        close(lines, lines.count > 1 ? lines.count - 1 : 1)
    }

    private mutating func close(_ lines: [Line], _ count: Int) {
        closed += lay(Array(lines.prefix(count)), isOpen: false)
        if let first = lines.first, count == 1 { fence = fenceAfter(first.text) }
        let end = count < lines.count ? lines[count].start : length
        block = String(decoding: block.utf8.dropFirst(end - start), as: UTF8.self)
        start = end
    }

    private func lay(_ lines: [Line], isOpen: Bool) -> [[ShownCell]] {
        guard fence == nil, let first = lines.first, first.isTable, lines.count > 1 || !isOpen else {
            return lines.prefix(1).flatMap { lay($0, isOpen: isOpen) }
        }
        return MarkdownTable(lines.filter { !$0.text.isEmpty }.map { ($0.text, $0.start) }).rows(columns: columns)
    }

    private func lay(_ line: Line, isOpen: Bool) -> [[ShownCell]] {
        let text = line.text
        if let fence {
            if fenceAfter(text) == nil { return [] }
            // So far it may be the end of the code block.
            if isOpen, !text.isEmpty, fence.starts(with: text) { return [] }
            let cells = text.enumerated().reduce(into: (cells: [ShownCell](), place: line.start)) { result, item in
                result.cells.append(ShownCell(item.element, at: result.place, .code))
                result.place += item.element.utf8.count
            }.cells
            let indent = [ShownCell](repeating: ShownCell(sign: " ", at: line.start), count: 2)
            return (indent + cells).wrapped(to: columns, hanging: 4)
        }
        if Self.opening(of: text) != nil { return [] }
        return prose(text, at: line.start, isOpen: isOpen)
    }

    /// The fence that applies after a line.
    private func fenceAfter(_ text: [Character]) -> [Character]? {
        guard let fence else { return Self.opening(of: text) }
        let content = text.drop { $0 == " " }
        let isEnd = content.starts(with: fence) && content.allSatisfy { $0 == fence[0] || $0.isWhitespace }
        return isEnd ? nil : fence
    }

    private static func opening(of text: [Character]) -> [Character]? {
        let content = text.drop { $0 == " " }
        guard let mark = content.first, mark == "`" || mark == "~" else { return nil }
        let marks = content.prefix { $0 == mark }
        guard marks.count >= 3, !content.dropFirst(marks.count).contains("`") else { return nil }
        return Array(marks)
    }
}

extension MarkdownRows {
    private func prose(_ text: [Character], at start: Int, isOpen: Bool) -> [[ShownCell]] {
        let indent = text.prefix { $0 == " " }.count
        let content = Array(text.dropFirst(indent))
        func inline(_ count: Int, _ emphasis: ShownCell.Emphasis = []) -> [ShownCell] {
            MarkdownLine.cells(
                of: Array(content.dropFirst(count)),
                at: start + indent + content.prefix(count).reduce(0) { $0 + $1.utf8.count },
                isOpen: isOpen, emphasis)
        }
        func signs(_ text: String) -> [ShownCell] { text.map { ShownCell(sign: $0, at: start) } }

        let marks = content.prefix { $0 == "#" }.count
        if (1...6).contains(marks), content.count == marks || content[marks] == " " {
            var cells = inline(min(marks + 1, content.count), .strong)
            while let last = cells.last?.character, last == "#" || last == " " { cells.removeLast() }
            return cells.wrapped(to: columns)
        }
        if let mark = content.first, "-*_".contains(mark), content.count(where: { $0 == mark }) >= 3,
            content.allSatisfy({ $0 == mark || $0 == " " })
        {
            return [signs(String(repeating: "─", count: min(columns, 40)))]
        }
        if content.first == ">" {
            let count = content.count > 1 && content[1] == " " ? 2 : 1
            return (signs("│ ") + inline(count)).wrapped(to: columns, hanging: 2)
        }
        if content.count > 1, "-*+".contains(content[0]), content[1] == " " {
            let bullet = signs(String(repeating: " ", count: indent) + "• ")
            return (bullet + inline(2)).wrapped(to: columns, hanging: bullet.count)
        }
        let digits = content.prefix { $0.isASCII && $0.isNumber }.count
        if (1...9).contains(digits), content.count > digits + 1, ".)".contains(content[digits]),
            content[digits + 1] == " "
        {
            let number = signs(String(repeating: " ", count: indent))
            return (number + inline(0)).wrapped(to: columns, hanging: indent + digits + 2)
        }
        return MarkdownLine.cells(of: text, at: start, isOpen: isOpen).wrapped(to: columns)
    }
}
