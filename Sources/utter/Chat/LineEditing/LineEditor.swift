// SPDX-License-Identifier: GPL-3.0-or-later

/// The line being edited, and the history of entered lines. It knows keys only, no terminal.
struct LineEditor {
    /// The effect of a key.
    enum Outcome: Equatable {
        case edited
        /// The line was entered; a new one has begun.
        case entered(String)
        /// Ctrl-C: the line was discarded.
        case interrupted
        /// Ctrl-D on an empty line.
        case ended
        case clearScreen
    }

    /// Nobody types more, and a larger paste was a mistake.
    static let longestLine = 20_000
    private static let entryLimit = 500

    private(set) var line: [Character] = []
    /// Where the next character is inserted.
    private(set) var cursor = 0

    private var entries: [String] = []
    /// Which entry is shown; `entries.count`: the new line.
    private var place = 0
    /// The new line, while an entry is shown.
    private var draft = ""

    mutating func apply(_ key: Key) -> Outcome {
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
        case .clearScreen: return .clearScreen
        case .left: cursor = max(cursor - 1, 0)
        case .right: cursor = min(cursor + 1, line.count)
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .home: cursor = 0
        case .end: cursor = line.count
        case .backspace: remove(max(cursor - 1, 0)..<cursor)
        case .delete: remove(cursor..<min(cursor + 1, line.count))
        case .deleteToStart: remove(0..<cursor)
        case .deleteToEnd: remove(cursor..<line.count)
        case .deleteWord: remove(wordStart..<cursor)
        case .previous: show(place - 1)
        case .next: show(place + 1)
        }
        return .edited
    }

    /// Typed text may combine with the character before it, as an accent does.
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
        let entered = String(line)
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
