// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Fenced code blocks.
extension MarkupReader {
    /// Begins a fenced code block, whose code is not read.
    mutating func beginFence(_ marker: UInt8, _ offset: Int, _ plain: inout PlainText) -> Step? {
        let end = endOfRun(of: marker, from: offset, limit: Self.lookahead)
        guard end < source.end || isFinal || end - offset >= Self.lookahead else { return .needsMore }
        guard end - offset >= 3 else { return nil }
        // With more backticks in the line, it is inline code.
        var lineEnd = end
        while let byte = byte(at: lineEnd), byte != UInt8(ascii: "\n"), lineEnd - end < 128 {
            if byte == marker, marker == UInt8(ascii: "`") { return nil }
            lineEnd += 1
        }
        guard lineEnd < source.end || isFinal || lineEnd - end >= 128 else { return .needsMore }
        if options.codeBlocks == .note {
            plain.addNote(Notes.codeBlock(in: currentLanguage(of: plain)), for: offset..<lineEnd)
            passUncounted(plain)
        }
        begin(.sentence, at: lineEnd, &plain)
        fence = Fence(marker: marker, length: end - offset)
        return .done
    }

    /// Skips code up to the line that closes the block.
    mutating func skipCode(_ plain: inout PlainText) -> Step {
        guard let fence else { return .done }
        if isAtLineStart {
            let offset = skipBlanks(from: cursor)
            let end = endOfRun(of: fence.marker, from: offset)
            let rest = skipBlanks(from: end)
            guard rest < source.end || isFinal || rest - cursor > Self.lookahead else { return .needsMore }
            if end - offset >= fence.length {
                self.fence = nil
                cursor = rest
                blankLines = 1
                isAtLineStart = byte(at: rest) == UInt8(ascii: "\n")
                if isAtLineStart { cursor += 1 }
                return .done
            }
            isAtLineStart = false
        }
        let lineEnd = source.firstOffset(of: UInt8(ascii: "\n"), in: cursor..<source.end)
        if options.codeBlocks == .read { takeCode(cursor..<(lineEnd ?? source.end), &plain) }
        cursor = lineEnd.map { $0 + 1 } ?? source.end
        if lineEnd != nil {
            isAtLineStart = true
            if options.codeBlocks == .read { plain.beginBlock(.sentence, paragraph: false) }
        }
        return .done
    }
}
