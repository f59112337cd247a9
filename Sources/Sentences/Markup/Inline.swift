// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Markup within a line.
extension MarkupReader {
    /// Reads text up to the next mark, or that mark.
    mutating func readInline(_ plain: inout PlainText) -> Step {
        let start = cursor
        var end = cursor
        let limit = source.end
        let isText = Self.isText
        while end < limit {
            let byte = source[end]
            if isText[Int(byte)] {
                end += 1
            } else if byte == 0x20, end > start, end + 1 < limit, isText[Int(source[end + 1])] {
                end += 2
            } else {
                break
            }
        }
        let scheme = beginningOfScheme(in: start..<end, plain)
        take(start..<(scheme ?? end), &plain)
        guard cursor < limit else { return .done }
        return scheme == nil ? readMark(source[cursor], &plain) : readScheme(cursor..<end, &plain)
    }

    private mutating func take(_ text: Range<Int>, _ plain: inout PlainText) {
        guard !text.isEmpty else { return }
        plain.append(source[text], from: text.lowerBound)
        cursor = text.upperBound
    }

    /// Whether a byte is plain text.
    private static let isText: [Bool] = {
        var table = Array(repeating: true, count: 256)
        for byte in 0..<0x20 { table[byte] = false }
        for character in " *_`~[]!<&\\$:wW|{=/".utf8 { table[Int(character)] = false }
        for lead in [0xC2, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3] { table[lead] = false }
        table[0x7F] = false
        return table
    }()

    private mutating func readMark(_ byte: UInt8, _ plain: inout PlainText) -> Step {
        switch byte {
        case UInt8(ascii: "\n"):
            cursor += 1
            isAtLineStart = true
            blankLines = 0
            return .done
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): return readEmphasis(byte, &plain)
        case UInt8(ascii: "`"): return readCode(&plain)
        case UInt8(ascii: "["), UInt8(ascii: "!"): return readLink(&plain)
        case UInt8(ascii: "]"): return closeLink(&plain)
        case UInt8(ascii: "<"): return readTag(&plain)
        case UInt8(ascii: "\\"): return readEscape(&plain)
        case UInt8(ascii: "$"): return readMath(&plain)
        case UInt8(ascii: "&"): return readEntity(&plain)
        case UInt8(ascii: "|"): return readCellBorder(&plain)
        case UInt8(ascii: "w"), UInt8(ascii: "W"): return readAddress(&plain)
        case UInt8(ascii: "{"): return readBrace(&plain)
        case UInt8(ascii: "="): return readHighlight(&plain)
        case UInt8(ascii: "/"), UInt8(ascii: ":"): return readPath(&plain)
        case 0xC2, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3: return readSymbol(&plain)
        case Self.erased: return leaveOut(1)
        case 0..<0x21:
            plain.appendBlank(from: cursor)
            cursor += 1
            return .done
        default: return take(1, &plain)
        }
    }

    /// Takes `count` bytes as text.
    mutating func take(_ count: Int, _ plain: inout PlainText) -> Step {
        if count == 1 {
            plain.append(source[cursor], from: cursor)
        } else {
            plain.append(source[cursor..<cursor + count], from: cursor)
        }
        cursor += count
        return .done
    }

    /// Leaves out `count` bytes.
    mutating func leaveOut(_ count: Int) -> Step {
        cursor += count
        return .done
    }

    /// Reads `*`, `_` or `~`, depending on the characters around it: emphasis is left out, arithmetic and names are
    /// kept.
    private mutating func readEmphasis(_ marker: UInt8, _ plain: inout PlainText) -> Step {
        let end = endOfRun(of: marker, from: cursor, limit: Self.lookahead)
        let count = end - cursor
        guard count < Self.lookahead else { return leaveOut(count) }
        guard end < source.end || isFinal else { return .needsMore }
        let before = plain.lastByte
        let after = byte(at: end) ?? 0x20
        let isBlankBefore = before == 0x20
        let isBlankAfter = after <= 0x20
        if isBlankBefore, isBlankAfter {
            // `2 * 3` is text. A row of underscores is a blank to fill in.
            if marker == UInt8(ascii: "_") || plain.isAtBlockStart { return leaveOut(count) }
            return take(count, &plain)
        }
        // Chinese has no spaces between sentences.
        if isBlankBefore || before >= 0x80, marker != UInt8(ascii: "~"), plain.mayBeginSentence {
            switch findRemark(marker, count: count, from: end) {
            case .needsMore: return .needsMore
            case .none: break
            case .found(let close):
                remarkEnd = close
                if !plain.isAtBlockStart { plain.beginBlock(block == .heading ? .sentence : block, paragraph: false) }
                return leaveOut(count)
            }
        }
        switch marker {
        case UInt8(ascii: "~"): return count == 2 ? leaveOut(count) : take(count, &plain)
        case UInt8(ascii: "_"):
            if cursor == remarkEnd { return endRemark(count, &plain) }
            return before.isWordByte && after.isWordByte ? take(count, &plain) : leaveOut(count)
        default:
            if cursor == remarkEnd { return endRemark(count, &plain) }
            let isOperator = before.isOperandEnd && after.isOperandStart && plain.endsInOperand
            return isOperator && count <= 2 && !(openStars > 0 && !before.isDigit)
                ? take(count, &plain)
                : leaveEmphasisOut(count, opens: isBlankBefore)
        }
    }

    /// `==text==`
    private mutating func readHighlight(_ plain: inout PlainText) -> Step {
        let end = endOfRun(of: UInt8(ascii: "="), from: cursor, limit: Self.lookahead)
        guard end < source.end || isFinal else { return .needsMore }
        guard end - cursor == 2 else { return take(end - cursor, &plain) }
        if cursor == highlightEnd { return leaveOut(2) }
        let before = plain.lastByte
        guard before >= 0x80 || !before.isWordByte, let next = byte(at: end), next > 0x20 else {
            return take(2, &plain)
        }
        let limit = min(source.end, end + Self.longestHighlight)
        var close = searches.start(.highlight, from: end)
        while close + 1 < limit, !source.has("==", at: close), source[close] != UInt8(ascii: "\n") { close += 1 }
        guard close + 1 < limit else {
            guard isFinal || limit - end >= Self.longestHighlight else { return .needsMore }
            searches.note(.highlight, from: end, to: close)
            return take(2, &plain)
        }
        guard source[close] == UInt8(ascii: "="), source[close - 1] > 0x20 else { return take(2, &plain) }
        highlightEnd = close
        return leaveOut(2)
    }

    private static let longestHighlight = 256

    /// Whether the emphasis at `start`, where a sentence may begin, is a sentence by itself: `*Holds out hand* Nice …`.
    private mutating func findRemark(_ marker: UInt8, count: Int, from start: Int) -> Search {
        let limit = min(source.end, start + Self.longestRemark)
        var close = start
        while close < limit, source[close] != marker {
            // No sentence or line ends inside a remark.
            if [0x0A, 0x2E, 0x21, 0x3F, 0x3A, 0x60, 0x5B].contains(source[close]) { return .none }
            close += 1
        }
        guard close + count + 2 < source.end || isFinal || close - start >= Self.longestRemark else {
            return .needsMore
        }
        guard close < limit, close + count + 1 < source.end, source[close + count] == 0x20 else { return .none }
        let next = source.scalar(at: close + count + 1)
        guard next.isUpper || next.isEastAsian else { return .none }
        // "**John** Smith" and "**New York** City" are names.
        let words = source.string(start..<close).split(separator: " ")
        let isRemark =
            words.count == 1
            ? words[0].utf8.last == UInt8(ascii: "s") || words[0].unicodeScalars.allSatisfy(\.isEastAsian)
            : words.dropFirst().contains { $0.unicodeScalars.first?.isLower ?? false }
        return isRemark ? .found(close) : .none
    }

    private static let longestRemark = 96

    private mutating func endRemark(_ count: Int, _ plain: inout PlainText) -> Step {
        plain.beginBlock(block == .heading ? .sentence : block, paragraph: false)
        openStars = 0
        return leaveOut(count)
    }

    private mutating func leaveEmphasisOut(_ count: Int, opens: Bool) -> Step {
        openStars = opens ? openStars + 1 : max(0, openStars - 1)
        return leaveOut(count)
    }

    /// Reads inline code: its text stays as it is, and is never cut.
    private mutating func readCode(_ plain: inout PlainText) -> Step {
        let open = cursor
        let end = endOfRun(of: UInt8(ascii: "`"), from: open, limit: Self.lookahead)
        let count = end - open
        guard count < Self.lookahead else { return leaveOut(count) }
        guard end < source.end || isFinal else { return .needsMore }
        let kind: SearchMemory.Kind = count == 1 ? .tick : count == 2 ? .ticks : .manyTicks
        let limit = min(source.end, end + Self.lookahead)
        var offset = searches.start(kind, from: end)
        var lineIsBlank = false
        while offset < limit {
            switch source[offset] {
            case UInt8(ascii: "`"):
                let close = endOfRun(of: UInt8(ascii: "`"), from: offset, limit: Self.lookahead)
                guard close < source.end || isFinal else { return .needsMore }
                if close - offset == count {
                    let start = plain.end
                    takeCode(end..<offset, &plain)
                    if !isQuotation(end..<offset) { plain.addAtom(from: start) }
                    cursor = close
                    return .done
                }
                offset = close
                lineIsBlank = false
            case UInt8(ascii: "\n"):
                if lineIsBlank { return leaveOut(count) }
                lineIsBlank = true
                offset += 1
            case let byte:
                if byte > 0x20 { lineIsBlank = false }
                offset += 1
            }
        }
        guard limit - end >= Self.lookahead || isFinal else { return .needsMore }
        searches.note(kind, from: end, to: limit)
        return leaveOut(count)
    }

    /// Whether the text between code marks is a sentence: `Then he left.`
    private func isQuotation(_ range: Range<Int>) -> Bool {
        guard let first = range.first, let last = range.last, source[first].isCapital,
            [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(source[last])
        else { return false }
        var words = 1
        for offset in range {
            switch source[offset] {
            case 0x20: words += 1
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ";"),
                UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "_"), UInt8(ascii: "$"),
                UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "@"), 0x0A:
                return false
            default: break
            }
        }
        return words > 2
    }

    /// Takes text without marks, and collapses its spaces.
    mutating func takeCode(_ range: Range<Int>, _ plain: inout PlainText) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            if source[offset] <= 0x20 || source[offset] == Self.erased {
                if source[offset] <= 0x20 { plain.appendBlank(from: offset) }
                offset += 1
                continue
            }
            var end = offset
            while end < range.upperBound, source[end] > 0x20, source[end] != Self.erased { end += 1 }
            plain.append(source[offset..<end], from: offset)
            offset = end
        }
    }
}

extension UInt8 {
    fileprivate var isOperandEnd: Bool { isDigit || isASCIILetter || self == UInt8(ascii: ")") }
    fileprivate var isOperandStart: Bool { isDigit || isASCIILetter || self == UInt8(ascii: "(") }

    var isASCIIPunctuation: Bool {
        (0x21...0x2F).contains(self) || (0x3A...0x40).contains(self) || (0x5B...0x60).contains(self)
            || (0x7B...0x7E).contains(self)
    }
}

extension PlainText {
    /// Whether the last word is a number, a single letter or a bracket: `2*3`, `x*y`, `(a+b)*2`.
    var endsInOperand: Bool {
        let last = lastByte
        if last.isDigit || last == UInt8(ascii: ")") { return true }
        guard last.isASCIILetter else { return false }
        return !byteBeforeLast.isWordByte
    }
}
