// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Whether a sentence ends at a given place.
enum Verdict: Equatable {
    case yes(end: Int)
    /// Scanning continues at `resume`.
    case no(resume: Int)
    case needsMore
}

/// The characters at a possible end: terminators, then closing marks.
struct Ending {
    var dots = 0
    /// `. . .`
    var isSpaced = false
    var hasMark = false
    var hasEnd = false
    var hasEllipsis = false
    /// The offset after the terminators.
    var terminatorsEnd: Int
    /// The offset after the closing marks.
    var end: Int

    var isSingleStop: Bool { dots == 1 && !hasMark && !hasEnd && !hasEllipsis }
    var isClosed: Bool { end > terminatorsEnd }
}

/// What follows a possible end.
struct Context {
    var ending: Ending
    /// The offset of the first character, after the space if there is one.
    var next: Int
    /// Whether there is no space in between.
    var isGlued: Bool
    /// The end of the block, or of the text so far.
    var limit: Int
    /// Whether nothing relevant will come after `limit`.
    var isEnd: Bool
}

extension SentenceScanner {
    /// Whether the sentence ends at the character at `offset`.
    mutating func judge(at offset: Int, _ plain: PlainText, final: Bool) -> Verdict {
        let bytes = plain.bytes
        let limit = plain.blockEnd(after: offset)
        let byte = bytes[offset]
        // Nothing ends inside "29.95", "e.g." or "example.com".
        if byte == UInt8(ascii: "."), isFullStopUsual, offset + 1 < limit, bytes[offset + 1].isSmallLetterOrDigit {
            return .no(resume: offset + 1)
        }
        let isEnd = final || plain.hasBlockMark(at: limit)
        if byte == UInt8(ascii: ")") || byte == UInt8(ascii: ".") {
            switch judgeMarker(at: offset, limit, isEnd, plain) {
            case .none: break
            case .some(let verdict): return verdict
            }
        }
        let isMark =
            byte == UInt8(ascii: ";") && isGreek(before: offset, bytes)
            || byte == UInt8(ascii: ":") && isArmenian(before: offset, bytes)
        if byte == UInt8(ascii: ":"), !isMark { return .no(resume: offset + 1) }
        guard let ending = ending(at: offset, limit, bytes) ?? (isMark ? lettersOwnEnd(at: offset) : nil)
        else {
            let length = UTF8Form.length(lead: byte)
            // What follows a quotation mark shows whether it opens.
            guard offset + length < limit || isEnd else { return .needsMore }
            return .no(resume: offset + length)
        }
        guard ending.end - offset <= Self.longestEnding else { return .no(resume: ending.end) }
        guard ending.end + (ending.dots > 0 ? 1 : 0) < limit || isEnd else { return .needsMore }
        switch pairs.closing(after: ending.terminatorsEnd..<ending.end, limit: limit, isEnd: isEnd, bytes) {
        case .unknown: return .needsMore
        case .at: return .no(resume: ending.end)
        case .none: break
        }
        guard ending.end < limit else { return .yes(end: ending.end) }
        let isGlued = bytes[ending.end] != 0x20
        let next = isGlued ? ending.end : ending.end + 1
        guard next < limit else { return isEnd ? .yes(end: ending.end) : .needsMore }
        let context = Context(ending: ending, next: next, isGlued: isGlued, limit: limit, isEnd: isEnd)
        switch isAttributed(context, bytes) {
        case .unknown: return .needsMore
        case .at(let end): return .no(resume: end)
        case .none: break
        }
        if ending.hasEnd { return judgeEnd(context, bytes) }
        if ending.hasMark { return judgeMark(context, bytes) }
        if ending.isSingleStop { return judgeFullStop(at: offset, context, bytes) }
        return judgeEllipsis(context, bytes)
    }

    /// The end of the text, if it most probably ends a sentence, before the next character is known.
    ///
    /// `nil` after a digit, an initial or an abbreviation, or where a URL or a file name may go on.
    func likelyEnd(in plain: PlainText) -> Int? {
        let bytes = plain.bytes
        let first = max(start, bytes.start)
        var offset = plain.end
        // Back over the closing marks and the terminators.
        while offset > first, terminators.role(of: bytes.scalar(at: bytes.scalarStart(before: offset))) == .closer {
            offset = bytes.scalarStart(before: offset)
        }
        while offset > first, terminators.role(of: bytes.scalar(at: bytes.scalarStart(before: offset))).isTerminator {
            offset = bytes.scalarStart(before: offset)
        }
        guard offset < plain.end, let ending = ending(at: offset, plain.end, bytes), ending.end == plain.end else {
            return nil
        }
        if ending.hasMark || ending.hasEnd { return bytes.isSpeakable(first..<offset) ? ending.end : nil }
        guard ending.isSingleStop, !isMarkerLike(before: offset, bytes) else { return nil }
        let word = bytes.word(before: offset, notBefore: first)
        guard word.count >= 2, bytes.isPlainWord(word), !bytes.isInitial(word) else { return nil }
        let text = bytes.key(word)
        let goesOn = language.isAbbreviation(text) || language.isBeforeNumber(text) || language.isFileStem(text)
        return goesOn || bytes.isCamelCase(word) ? nil : ending.end
    }

    /// Whether `scalar`, right after the end of a sentence, belongs to it.
    func belongsToEnd(_ scalar: Unicode.Scalar) -> Bool {
        terminators.role(of: scalar) != .other && scalar != "“"
    }

    private func isMarkerLike(before offset: Int, _ bytes: ByteWindow) -> Bool {
        guard let marker = enumeration.marker(endingAt: offset, from: max(start, bytes.start), bytes) else {
            return false
        }
        return bytes.wordStart(from: max(start, bytes.start), limit: bytes.end) >= marker.start
    }

    private func ending(at offset: Int, _ limit: Int, _ bytes: ByteWindow) -> Ending? {
        // The usual case: a full stop, a space and a word.
        if bytes[offset] == UInt8(ascii: "."), isFullStopUsual, offset + 2 < limit, bytes[offset + 1] == 0x20,
            bytes[offset + 2].isASCIILetter
        {
            return Ending(dots: 1, terminatorsEnd: offset + 1, end: offset + 1)
        }
        var ending = Ending(terminatorsEnd: offset, end: offset)
        var end = offset
        run: while end < limit, end - offset <= Self.longestEnding {
            let scalar = bytes.scalar(at: end)
            switch terminators.role(of: scalar) {
            case .fullStop: ending.dots += 1
            case .mark: ending.hasMark = true
            case .ellipsis: ending.hasEllipsis = true
            case .end: ending.hasEnd = true
            case .closer, .other:
                // `. . .`
                guard scalar == " ", ending.dots > 0, end + 1 < limit, bytes[end + 1] == UInt8(ascii: "."),
                    end + 2 >= limit || bytes[end + 2] == 0x20 || bytes[end + 2] == UInt8(ascii: ".")
                        || bytes[end + 2] >= 0x80
                else { break run }
                ending.isSpaced = true
            }
            end += UTF8Form.length(lead: bytes[end])
        }
        guard end > offset else { return nil }
        ending.terminatorsEnd = end
        ending.end = closersEnd(from: end, limit, bytes)
        return ending
    }

    private func closersEnd(from offset: Int, _ limit: Int, _ bytes: ByteWindow) -> Int {
        var end = offset
        while end < limit, end - offset < 16 {
            let scalar = bytes.scalar(at: end)
            if terminators.role(of: scalar) == .closer, scalar != "“" || pairs.isOpen(.low) {
                end += UTF8Form.length(lead: bytes[end])  // „Ja.“, but 走了。“真的？”
            } else if bytes[end] == 0x20, end + 2 < limit, bytes[end + 1] == 0xC2, bytes[end + 2] == 0xBB,
                end + 3 >= limit || !bytes[end + 3].isWordByte
            {
                end += 3  // « Bonjour ! », but not »Wirklich?« »Ja!«
            } else {
                break
            }
        }
        return end
    }

    /// Whether a remark in brackets follows that belongs to the sentence: `"…" (Smith 55).`
    private func isAttributed(_ context: Context, _ bytes: ByteWindow) -> OpenPairs.Closing {
        guard !context.isGlued, bytes[context.next] == UInt8(ascii: "(") else { return .none }
        let last = min(context.limit, context.next + OpenPairs.longest)
        guard let close = bytes.firstOffset(of: UInt8(ascii: ")"), in: context.next..<last) else {
            return last < context.limit || context.isEnd || last - context.next >= OpenPairs.longest ? .none : .unknown
        }
        guard close + 1 < context.limit || context.isEnd else { return .unknown }
        let isSentence = terminators.role(of: bytes.scalar(at: bytes.scalarStart(before: close))).isTerminator
        let goesOn = close + 1 < context.limit && terminators.role(of: bytes.scalar(at: close + 1)).isTerminator
        return !isSentence && goesOn ? .at(close + 1) : .none
    }

    private func isGreek(before offset: Int, _ bytes: ByteWindow) -> Bool {
        offset - 2 >= max(start, bytes.start) && (0xCD...0xCF).contains(bytes[offset - 2])
    }

    private func isArmenian(before offset: Int, _ bytes: ByteWindow) -> Bool {
        offset - 2 >= max(start, bytes.start) && (0xD4...0xD6).contains(bytes[offset - 2])
    }

    /// `;` is a question mark in Greek, `:` a full stop in Armenian.
    private func lettersOwnEnd(at offset: Int) -> Ending {
        Ending(hasMark: true, terminatorsEnd: offset + 1, end: offset + 1)
    }
}

extension SentenceScanner {
    /// Whether a sentence ends before the list marker whose number or letter ends at `offset`; `nil` if it isn't a
    /// marker.
    private mutating func judgeMarker(at offset: Int, _ limit: Int, _ isEnd: Bool, _ plain: PlainText) -> Verdict? {
        let bytes = plain.bytes
        let first = max(start, bytes.start)
        guard offset + 1 < limit || isEnd else { return .needsMore }
        let isBracketed =
            bytes[offset] == UInt8(ascii: ".") && offset + 1 < limit && bytes[offset + 1] == UInt8(ascii: ")")
        let offset = isBracketed ? offset + 1 : offset
        guard let marker = enumeration.marker(endingAt: offset, from: first, bytes) else { return nil }
        let after = offset + 1
        guard after + 1 < limit || isEnd else { return .needsMore }
        guard after + 1 < limit, bytes[after] == 0x20 else { return nil }
        let isFirst = bytes.wordStart(from: first, limit: limit) >= marker.start
        let isTrusted = isFirst && (marker.form != .number || marker.value <= 20 || first <= blockStart)
        let followsColon = marker.start - 2 >= first && bytes[marker.start - 2] == UInt8(ascii: ":")
        guard enumeration.begins(marker, isFirst: isTrusted, followsColon: followsColon) else { return nil }
        return isFirst ? .no(resume: after) : .yes(end: marker.start)
    }
}

extension PlainText {
    /// Where the next block after `offset` begins; at most the end of the text.
    func blockEnd(after offset: Int) -> Int {
        for index in 0..<min(marks.count, 8) {
            let (place, mark) = marks[index]
            switch mark {
            case .block where place > offset, .note where place > offset: return place
            default: continue
            }
        }
        return end
    }

    /// Whether a block or a note begins at `offset`.
    func hasBlockMark(at offset: Int) -> Bool {
        for index in 0..<min(marks.count, 8) where marks[index].offset == offset {
            switch marks[index].mark {
            case .block, .note: return true
            case .lineBreak, .atom: continue
            }
        }
        return false
    }

    /// Whether a block begins at `offset`, after a blank line or the like.
    func hasParagraphMark(at offset: Int) -> Bool {
        for index in 0..<min(marks.count, 8) where marks[index].offset == offset {
            if case .block(_, paragraph: true) = marks[index].mark { return true }
        }
        return false
    }
}
