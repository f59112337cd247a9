// SPDX-License-Identifier: GPL-3.0-or-later
import TextNormalization
import Utterance

/// Tables, and definitions of links and footnotes: lines that are not read, or not as they are.
extension MarkupReader {
    /// Begins a table: a row, and a delimiter line below it. Any other line that begins with `|` is text.
    mutating func beginTable(_ offset: Int, _ plain: inout PlainText) -> Step? {
        guard let first = lineEnd(from: offset) else { return waitOrPass(offset) }
        let second = skipBlanks(from: first + 1)
        guard let end = lineEnd(from: second) ?? (isFinal ? source.end : nil) else { return waitOrPass(second) }
        let rule = second..<min(end, source.end)
        let isRule =
            rule.contains { source[$0] == UInt8(ascii: "-") }
            && rule.allSatisfy { isRulePart(source[$0]) }
        guard isRule else { return nil }
        isInTable = true
        isBareTable = false
        if options.tables == .read {
            begin(.item, at: offset, &plain)
            return .done
        }
        return skipTable(offset..<rule.upperBound, &plain)
    }

    /// `--- | ---`: the line above was the header of a table whose rows don't begin with `|`, and has been read as
    /// text.
    mutating func beginBareTable(_ offset: Int, _ plain: inout PlainText) -> Step? {
        guard blankLines == 0, !plain.isAtBlockStart else { return nil }
        var end = offset
        while let byte = byte(at: end), isRulePart(byte), end - offset < Self.lookahead { end += 1 }
        guard end - offset < Self.lookahead else { return nil }
        guard let last = byte(at: end) ?? (isFinal ? UInt8(ascii: "\n") : nil) else { return .needsMore }
        let rule = source[offset..<end]
        guard last == UInt8(ascii: "\n"), rule.contains(UInt8(ascii: "|")), rule.contains(UInt8(ascii: "-")) else {
            return nil
        }
        isInTable = true
        isBareTable = true
        if options.tables == .read {
            cursor = min(end + 1, source.end)
            return .done
        }
        return skipTable(offset..<end, &plain)
    }

    private mutating func skipTable(_ range: Range<Int>, _ plain: inout PlainText) -> Step {
        if options.tables == .note {
            let noteLanguage = language(of: plain).language(inPlaceOf: source[range].span)
            plain.addNote(Notes.table(in: noteLanguage), for: range)
            passUncounted(plain)
        }
        begin(.sentence, at: range.upperBound, &plain)
        isSkippingLine = true
        return .done
    }

    private func isRulePart(_ byte: UInt8) -> Bool {
        [0x7C, 0x2D, 0x3A, 0x20, 0x09, 0x0D].contains(byte)
    }

    /// Reads another line in a table: a row is skipped, or read as an item; any other line ends the table.
    mutating func continueTable(_ offset: Int, _ plain: inout PlainText) -> Step? {
        if isBareTable, byte(at: offset) != UInt8(ascii: "\n") {
            let limit = min(source.end, offset + Self.lookahead)
            guard let end = lineEnd(from: offset) ?? (isFinal || limit < source.end ? limit : nil) else {
                return .needsMore
            }
            isInTable = source.firstOffset(of: UInt8(ascii: "|"), in: offset..<end) != nil
        } else {
            isInTable = byte(at: offset) == UInt8(ascii: "|")
        }
        guard isInTable else { return nil }
        guard options.tables == .read else {
            cursor = offset
            isSkippingLine = true
            return .done
        }
        begin(.item, at: offset, &plain)
        return .done
    }

    /// Reads the `|` between the cells of a table that is read.
    mutating func readCellBorder(_ plain: inout PlainText) -> Step {
        guard isInTable, options.tables == .read else { return take(1, &plain) }
        guard let next = byte(at: cursor + 1) else { return isFinal ? leaveOut(1) : .needsMore }
        // The delimiter line below the header has no text.
        if !plain.isAtBlockStart, next != UInt8(ascii: "\n"), next != 0x0D {
            plain.append([UInt8(ascii: ",")], for: cursor..<cursor + 1)
        }
        plain.appendBlank(from: cursor)
        return leaveOut(1)
    }

    mutating func skipLine() -> Step {
        guard let newline = source.firstOffset(of: UInt8(ascii: "\n"), in: cursor..<source.end) else {
            cursor = source.end
            return .done
        }
        cursor = newline + 1
        isSkippingLine = false
        isAtLineStart = true
        return .done
    }

    /// Skips `[name]: https://…`; of `[^1]: text` only the label.
    mutating func skipDefinition(_ offset: Int, _ plain: inout PlainText) -> Step? {
        var end = offset + 1
        while let byte = byte(at: end), byte != UInt8(ascii: "]"), byte != UInt8(ascii: "\n"), end - offset < 128 {
            end += 1
        }
        guard let last = byte(at: end) else { return isFinal || end - offset >= 128 ? nil : .needsMore }
        guard last == UInt8(ascii: "]"), end > offset + 1 else { return nil }
        guard let colon = byte(at: end + 1) else { return isFinal ? nil : .needsMore }
        guard colon == UInt8(ascii: ":") else { return nil }
        if source[offset + 1] == UInt8(ascii: "^") {
            begin(.sentence, at: skipBlanks(from: end + 2), &plain)
            return .done
        }
        let target = skipBlanks(from: end + 2)
        guard target + 4 < source.end || isFinal else { return .needsMore }
        guard
            source.has("http", at: target) || source.has("<", at: target) || source.has("/", at: target)
                || source.has("#", at: target) || source.has("www.", at: target)
        else { return nil }
        cursor = target
        isSkippingLine = true
        blankLines += 1
        return .done
    }

    private func waitOrPass(_ offset: Int) -> Step? {
        isFinal || source.end - offset >= Self.lookahead ? nil : .needsMore
    }

    /// The end of the line at `offset`, if it is there and near enough.
    private func lineEnd(from offset: Int) -> Int? {
        let limit = min(source.end, offset + Self.lookahead)
        return offset < limit ? source.firstOffset(of: UInt8(ascii: "\n"), in: offset..<limit) : nil
    }
}
