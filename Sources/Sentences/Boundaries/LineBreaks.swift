// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether a line break within a block ends a sentence or only wraps the text.
extension SentenceScanner {
    enum LineBreak {
        case yes
        case no
        case needsMore
    }

    /// Lines of at least this many bytes may have been wrapped for their length.
    private static let wrappedLine = 56
    private static let wrappedEastAsianLine = 90

    func breaksLine(at offset: Int, _ plain: PlainText, final: Bool) -> LineBreak {
        let bytes = plain.bytes
        guard offset > max(start, bytes.start) else { return .no }
        if plain.hasBlockMark(at: offset) { return .no }
        guard offset + 1 < plain.end else { return final ? .yes : .needsMore }
        let last = bytes.scalar(at: bytes.scalarStart(before: offset))
        let next = bytes.scalar(at: offset + 1)
        switch terminators.role(of: last) {
        case .fullStop:
            let word = bytes.key(bytes.word(before: offset - 1, notBefore: start))
            return language.isPrefix(word) || next.isLower && language.isAbbreviation(word) ? .no : .yes
        case .mark, .ellipsis, .end: return .yes
        case .closer, .other: break
        }
        switch last {
        case ":", "：": return .yes
        case ",", "，", "、", "-", "(", "（": return .no
        default: break
        }
        if enumeration.isActive, next.isUpper { return .yes }
        let length = offset - lineStart
        if last.isEastAsian || next.isEastAsian { return length < Self.wrappedEastAsianLine ? .yes : .no }
        if next.isContinuing || next == "." { return .no }
        let line = max(lineStart, start, bytes.start)..<offset
        if next.isLower { return length < 20 && bytes.wordCount(in: line) <= 2 ? .yes : .no }
        return length < Self.wrappedLine ? .yes : .no
    }
}
