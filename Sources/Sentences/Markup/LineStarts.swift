// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The beginning of a line: headings, lists, quotes, fences, rules.
extension MarkupReader {
    /// Reads the beginning of a line, up to the first byte of its text.
    mutating func beginLine(_ plain: inout PlainText) -> Step {
        var offset = skipBlanks(from: cursor)
        // Quotes may be nested, and may contain any other block.
        while byte(at: offset) == UInt8(ascii: ">") { offset = skipBlanks(from: offset + 1) }
        guard let first = byte(at: offset) else {
            guard isFinal || offset - cursor > Self.lookahead else { return .needsMore }
            cursor = offset
            return .done
        }
        if isInTable, let step = continueTable(offset, &plain) { return step }
        if Self.mayBeginStep(first), let step = beginStep(offset, &plain) { return step }
        if isInStep, first != UInt8(ascii: "\n"), let step = continueStep(offset) { return step }
        switch first {
        case UInt8(ascii: "\n"): return endBlankLine(offset)
        case UInt8(ascii: "|"): return beginTable(offset, &plain) ?? beginText(offset, &plain)
        case UInt8(ascii: "["): return skipDefinition(offset, &plain) ?? beginText(offset, &plain)
        case UInt8(ascii: "#"): return beginHeading(offset, &plain)
        case UInt8(ascii: "`"), UInt8(ascii: "~"):
            return beginFence(first, offset, &plain) ?? beginText(offset, &plain)
        case UInt8(ascii: ":"): return beginBareTable(offset, &plain) ?? beginText(offset, &plain)
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "="):
            return beginBareTable(offset, &plain) ?? skipRule(first, offset) ?? beginBullet(
                first, offset, &plain)
                ?? beginText(offset, &plain)
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
            return beginNumbered(offset, &plain) ?? beginText(offset, &plain)
        case 0xC2, 0xE2, 0xE3: return beginSymbolBullet(offset, &plain) ?? beginText(offset, &plain)
        default: return beginText(offset, &plain)
        }
    }

    func skipBlanks(from offset: Int) -> Int {
        var end = offset
        while let byte = byte(at: end), byte == 0x20 || byte == 0x09 || byte == 0x0D { end += 1 }
        return end
    }

    private mutating func endBlankLine(_ newline: Int) -> Step {
        cursor = newline + 1
        blankLines += 1
        return .done
    }

    /// Begins a block, unless this line continues the one before.
    mutating func begin(_ kind: Piece.Kind, at offset: Int, _ plain: inout PlainText) {
        plain.beginBlock(kind, paragraph: blankLines > 0 || kind == .heading || block == .heading)
        block = kind
        blankLines = 0
        openStars = 0
        isAtLineStart = false
        cursor = offset
    }

    private mutating func beginText(_ offset: Int, _ plain: inout PlainText) -> Step {
        if blankLines > 0 || block == .heading {
            begin(.sentence, at: offset, &plain)
        } else {
            plain.breakLine(at: max(0, cursor - 1))
            isAtLineStart = false
            cursor = offset
        }
        return .done
    }

    private mutating func beginHeading(_ offset: Int, _ plain: inout PlainText) -> Step {
        let end = endOfRun(of: UInt8(ascii: "#"), from: offset, limit: 7)
        guard let next = byte(at: end) else { return isFinal ? skipLine(to: end) : .needsMore }
        guard end - offset <= 6, next == 0x20 || next == 0x09 || next == UInt8(ascii: "\n") || next >= 0x80 else {
            return beginText(offset, &plain)
        }
        begin(.heading, at: skipBlanks(from: end), &plain)
        return .done
    }

    private mutating func skipLine(to offset: Int) -> Step {
        cursor = offset
        return .done
    }

    /// Skips a line of only `-`, `*`, `_` or `=`, three or more.
    private mutating func skipRule(_ marker: UInt8, _ offset: Int) -> Step? {
        var end = offset
        var count = 0
        while let byte = byte(at: end), byte == marker || byte == 0x20 || byte == 0x09 || byte == 0x0D,
            end - offset < Self.lookahead
        {
            count += byte == marker ? 1 : 0
            end += 1
        }
        guard let next = byte(at: end) else {
            guard isFinal || end - offset >= Self.lookahead else { return .needsMore }
            guard count >= 3 else { return nil }
            return skipLine(to: end)
        }
        if end - offset >= Self.lookahead {
            cursor = end  // so many of them are never text
            return .done
        }
        guard count >= 3, next == UInt8(ascii: "\n") else { return nil }
        cursor = end + 1
        blankLines += 1
        return .done
    }

    private mutating func beginBullet(_ marker: UInt8, _ offset: Int, _ plain: inout PlainText) -> Step? {
        guard marker != UInt8(ascii: "_"), marker != UInt8(ascii: "=") else { return nil }
        guard let next = byte(at: offset + 1) else { return isFinal ? skipLine(to: offset + 1) : .needsMore }
        guard next == 0x20 || next == 0x09 || next == UInt8(ascii: "\n") else { return nil }
        return beginItem(at: offset + 1, &plain)
    }

    /// Reads `•` and the like, which need no space after them.
    private mutating func beginSymbolBullet(_ offset: Int, _ plain: inout PlainText) -> Step? {
        let scalar = source.scalar(at: offset)
        let length = UTF8Form.length(lead: source[offset])
        switch scalar {
        case "•", "‣", "◦", "▪", "▫", "●", "○", "⁃", "∙", "■", "□", "►", "▶", "➤", "➢", "➔",
            "・":
            return beginItem(at: offset + length, &plain)
        case "·", "–":
            guard let next = byte(at: offset + length) else { return isFinal ? nil : .needsMore }
            return next == 0x20 || next == 0x09 ? beginItem(at: offset + length, &plain) : nil
        default: return nil
        }
    }

    mutating func beginItem(at offset: Int, _ plain: inout PlainText) -> Step {
        let content = skipBlanks(from: offset)
        guard byte(at: content) == UInt8(ascii: "[") else {
            if byte(at: content) == nil, !isFinal { return .needsMore }
            begin(.item, at: content, &plain)
            return .done
        }
        // The check box of a task is not read.
        guard content + 3 < source.end || isFinal else { return .needsMore }
        let isTask = source.has("[ ]", at: content) || source.has("[x]", at: content) || source.has("[X]", at: content)
        begin(.item, at: isTask ? skipBlanks(from: content + 3) : content, &plain)
        return .done
    }

    /// Reads `1.`, `1)`, `1.)` or `a)`: the number is text, and stays with its item.
    private mutating func beginNumbered(_ offset: Int, _ plain: inout PlainText) -> Step? {
        var end = offset
        let isNumber = (0x30...0x39).contains(source[offset])
        while let byte = byte(at: end), isNumber ? (0x30...0x39).contains(byte) : end == offset, end - offset < 4 {
            end += 1
        }
        guard let mark = byte(at: end) else { return isFinal ? nil : .needsMore }
        guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")"), end - offset <= 3 else { return nil }
        // A capital is more often an initial than the letter of an item.
        if (0x42...0x5A).contains(source[offset]), mark == UInt8(ascii: "."), block != .item { return nil }
        guard let next = byte(at: end + 1) else { return isFinal ? nil : .needsMore }
        if mark == UInt8(ascii: "."), next == UInt8(ascii: ")") {
            guard let after = byte(at: end + 2) else { return isFinal ? nil : .needsMore }
            guard after == 0x20 || after == 0x09 else { return nil }
        } else {
            guard next == 0x20 || next == 0x09 else { return nil }
        }
        begin(.item, at: offset, &plain)
        return .done
    }
}
