// SPDX-License-Identifier: GPL-3.0-or-later

/// The line being edited, and the history of entered lines. It only knows about keys, not about the terminal.
struct LineEditor {
    /// The effect of a key.
    enum Outcome: Equatable {
        case edited
        /// The line was entered, and a new one begins.
        case entered(String)
        /// Ctrl-C: the line was discarded.
        case interrupted
        /// Ctrl-D on an empty line.
        case ended
        case clearScreen
        /// Tab: complete the text before the cursor.
        case complete
        case suspend
    }

    /// Nobody types more, and a larger paste is a mistake.
    static let longestLine = 20_000
    private static let entryLimit = 500

    private(set) var line: [Character] = []
    /// Where the next character is inserted.
    private(set) var cursor = 0

    private var entries: [String] = []
    /// The entry being shown; `entries.count` for the new line.
    private var place = 0
    /// The new line, while an entry is shown.
    private var draft = ""
    /// The text being searched for in the history; `nil` if there is no search.
    private(set) var query: String?

    mutating func apply(_ key: Key) -> Outcome {
        if let query, let outcome = search(query, key) { return outcome }
        switch key {
        case .text(let text): insert(text)
        case .enter: return enter()
        case .interrupt:
            begin("")
            place = entries.count
            return .interrupted
        case .endOfInput:
            if line.isEmpty { return .ended }
            remove(cursor..<min(cursor + 1, line.count))
        case .newline: insert("\n")
        case .complete: return .complete
        case .suspend: return .suspend
        case .search:
            if place == entries.count { draft = String(line) }
            query = ""
        case .cancel: break
        case .clearScreen: return .clearScreen
        case .left: cursor = max(cursor - 1, 0)
        case .right: cursor = min(cursor + 1, line.count)
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .home: cursor = rowStart
        case .end: cursor = rowEnd
        case .backspace: remove(max(cursor - 1, 0)..<cursor)
        case .delete: remove(cursor..<min(cursor + 1, line.count))
        case .deleteToStart: remove(rowStart..<cursor)
        case .deleteToEnd: remove(cursor..<rowEnd)
        case .deleteWord: remove(wordStart..<cursor)
        case .previous: if rowStart > 0 { moveUp() } else { show(place - 1) }
        case .next: if rowEnd < line.count { moveDown() } else { show(place + 1) }
        }
        return .edited
    }

    /// Replaces the text before the cursor.
    mutating func complete(with text: String) {
        let rest = line[cursor...]
        line = Array(text) + rest
        cursor = line.count - rest.count
    }

    /// - Returns: `nil` if the key ends the search and must still be applied.
    private mutating func search(_ query: String, _ key: Key) -> Outcome? {
        switch key {
        case .text(let text): find(query + text, from: place)
        case .backspace: find(String(query.dropLast()), from: entries.count)
        case .search: find(query, from: place - 1)
        case .cancel, .interrupt:
            self.query = nil
            place = entries.count
            begin(draft)
        default:
            self.query = nil
            return nil
        }
        return .edited
    }

    /// Shows the newest entry up to `start` that contains the query; if there isn't one, the line stays as it is.
    private mutating func find(_ query: String, from start: Int) {
        self.query = query
        let wanted = query.lowercased()
        let found = entries.indices.prefix(max(start + 1, 0)).last { entries[$0].lowercased().contains(wanted) }
        guard !query.isEmpty, let found else { return }
        place = found
        begin(entries[found])
    }

    private var rowStart: Int { line[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0 }
    private var rowEnd: Int { line[cursor...].firstIndex(of: "\n") ?? line.count }

    private mutating func moveUp() {
        let column = cursor - rowStart
        cursor = rowStart - 1
        cursor = min(rowStart + column, rowEnd)
    }

    private mutating func moveDown() {
        let column = cursor - rowStart
        cursor = rowEnd + 1
        cursor = min(cursor + column, rowEnd)
    }

    /// Inserts text, whose beginning may combine with the character before it, as an accent does.
    private mutating func insert(_ text: String) {
        guard line.count + text.count <= Self.longestLine else { return }
        let before = String(line[..<cursor]) + text
        line = Array(before + String(line[cursor...]))
        cursor = min(before.count, line.count)
    }

    private mutating func remove(_ range: Range<Int>) {
        line.removeSubrange(range)
        cursor = range.lowerBound
    }

    private mutating func enter() -> Outcome {
        // Pasted text often ends with a line break.
        let entered = String(line.reversed().drop(while: \.isNewline).reversed())
        if entered.contains(where: { !$0.isWhitespace }), entered != entries.last { entries.append(entered) }
        if entries.count > Self.entryLimit { entries.removeFirst() }
        begin("")
        place = entries.count
        return .entered(entered)
    }

    private mutating func show(_ wanted: Int) {
        guard wanted != place, (0...entries.count).contains(wanted) else { return }
        if place == entries.count { draft = String(line) }
        place = wanted
        begin(wanted == entries.count ? draft : entries[wanted])
    }

    private mutating func begin(_ text: String) {
        line = Array(text)
        cursor = line.count
    }

    private var wordStart: Int {
        let blanks = line[..<cursor].reversed().prefix(while: \.isWhitespace).count
        return cursor - blanks - line[..<(cursor - blanks)].reversed().prefix { !$0.isWhitespace }.count
    }

    private var wordEnd: Int {
        let blanks = line[cursor...].prefix(while: \.isWhitespace).count
        return cursor + blanks + line[(cursor + blanks)...].prefix { !$0.isWhitespace }.count
    }
}
