// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Whether a sentence ends at a terminator.
extension SentenceScanner {
    /// What stands at a possible end: terminators, then what closes.
    struct Ending {
        var dots = 0
        var isSpaced = false
        var hasMark = false
        var hasEnd = false
        var hasEllipsis = false
        /// After the terminators.
        var terminatorsEnd: Int
        /// After the closers too.
        var end: Int
    }

    func judge(at offset: Int, _ plain: PlainText, final: Bool) -> Verdict {
        let bytes = plain.bytes
        let limit = blockEnd(after: offset, plain)
        let isEnd = final || limit < plain.end || plain.hasBlockMark(at: limit)
        guard let ending = ending(at: offset, limit, bytes) else {
            return .no(resume: offset + UTF8Form.length(lead: bytes[offset]))
        }
        guard ending.end - offset <= Self.lookahead else { return .no(resume: ending.end) }
        guard ending.end + (ending.dots > 0 ? 1 : 0) < limit || isEnd else { return .needsMore }
        guard ending.end < limit else { return .yes(end: ending.end) }

        let isBlank = bytes[ending.end] == 0x20
        let next = isBlank ? ending.end + 1 : ending.end
        guard next < limit else { return .yes(end: ending.end) }
        let context = Context(ending: ending, next: next, isGlued: !isBlank, limit: limit, isEnd: isEnd)
        if ending.hasEnd { return judgeEnd(context, bytes) }
        if ending.hasMark { return judgeMark(context, bytes) }
        if ending.dots > 1 || ending.hasEllipsis { return judgeEllipsis(context, bytes) }
        return judgeFullStop(at: offset, context, bytes)
    }

    /// Whether the text ends with what most probably ends a sentence, though the next character is not there yet.
    func likelyEnd(in plain: PlainText) -> Int? {
        let bytes = plain.bytes
        guard let offset = candidate, let ending = ending(at: offset, plain.end, bytes), ending.end == plain.end,
            ending.dots + (ending.hasEllipsis ? 2 : 0) <= 1 || ending.hasMark || ending.hasEnd
        else { return nil }
        if ending.hasMark || ending.hasEnd { return ending.end }
        let word = word(before: offset, bytes)
        guard word.count >= 2, word.allSatisfy({ bytes[$0].isASCIILetter || bytes[$0] >= 0x80 || bytes[$0] == 0x27 })
        else { return nil }
        let text = bytes.string(word).lowercased()
        guard !language.isAbbreviation(text), !language.isBeforeNumber(text) else { return nil }
        if word.count == 2, bytes[word.lowerBound] >= 0x80 { return nil }  // one letter
        return ending.end
    }

    struct Context {
        var ending: Ending
        /// The first character after the blank.
        var next: Int
        /// No blank stands between.
        var isGlued: Bool
        var limit: Int
        /// Nothing comes after `limit` that belongs here.
        var isEnd: Bool
    }

    private func ending(at offset: Int, _ limit: Int, _ bytes: ByteWindow) -> Ending? {
        var ending = Ending(terminatorsEnd: offset, end: offset)
        var end = offset
        run: while end < limit, end - offset <= Self.lookahead {
            let scalar = bytes.scalar(at: end)
            switch terminators.role(of: scalar) {
            case .fullStop: ending.dots += 1
            case .mark: ending.hasMark = true
            case .ellipsis: ending.hasEllipsis = true
            case .end: ending.hasEnd = true
            default:
                // `. . .`
                guard scalar == " ", ending.dots > 0, end + 1 < limit, bytes[end + 1] == UInt8(ascii: "."),
                    terminators.role(of: ".") == .fullStop
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
            switch terminators.role(of: scalar) {
            case .closer, .straightQuote: end += UTF8Form.length(lead: bytes[end])
            default:
                // « Bonjour ! »
                guard scalar == " ", end + 2 < limit, bytes[end + 1] == 0xC2, bytes[end + 2] == 0xBB else { return end }
                end += 3
            }
        }
        return end
    }

    /// The next place where a block ends, at most the end of the text.
    private func blockEnd(after offset: Int, _ plain: PlainText) -> Int {
        for index in 0..<min(plain.marks.count, 8) {
            let (place, mark) = plain.marks[index]
            switch mark {
            case .block where place > offset, .note where place > offset: return place
            default: continue
            }
        }
        return plain.end
    }
}

extension SentenceScanner {
    private func judgeEnd(_ context: Context, _ bytes: ByteWindow) -> Verdict {
        let ending = context.ending
        if ending.end > ending.terminatorsEnd, Quotations.goOn(after: bytes.scalar(at: context.next)) {
            return .no(resume: ending.end)
        }
        return .yes(end: ending.end)
    }

    private func judgeMark(_ context: Context, _ bytes: ByteWindow) -> Verdict {
        let next = bytes.scalar(at: context.next)
        if context.isGlued {
            return next.isUpper || next.isIdeographic || next == "¿" || next == "¡"
                ? .yes(end: context.ending.end) : .no(resume: context.ending.end)
        }
        return next.isLower && !beginsSmall(bytes) ? .no(resume: context.ending.end) : .yes(end: context.ending.end)
    }

    private func judgeEllipsis(_ context: Context, _ bytes: ByteWindow) -> Verdict {
        let ending = context.ending
        if context.isGlued { return .no(resume: ending.end) }
        if ending.isSpaced, ending.dots == 3 { return .no(resume: ending.end) }
        let next = bytes.scalar(at: context.next)
        if next.isLower || next.isClosing { return .no(resume: ending.end) }
        return .yes(end: ending.end)
    }

    private func judgeFullStop(at offset: Int, _ context: Context, _ bytes: ByteWindow) -> Verdict {
        let end = context.ending.end
        let no = Verdict.no(resume: end)
        let word = word(before: offset, bytes)
        let next = bytes.scalar(at: context.next)
        if context.isGlued { return judgeGlued(offset, word, context, bytes) }
        if next.isLower { return beginsSmall(bytes) && isPlain(word, bytes) ? .yes(end: end) : no }
        guard !word.isEmpty else { return .yes(end: end) }
        // Closers stand between: the quotation or the bracket is over, whatever word it ended with.
        if end > context.ending.terminatorsEnd { return .yes(end: end) }
        if bytes[word].allSatisfy(\.isDigit) { return judgeNumber(word, context, bytes) }

        let text = bytes.string(word).lowercased()
        if word.lowerBound == blockStart, isMarker(word, bytes) { return no }
        if language.prefixes.contains(text) { return no }
        if language.isBeforeNumber(text) { return next.isDigit ? no : .yes(end: end) }
        let isInitial = isInitial(word, bytes)
        guard isInitial || language.isAbbreviation(text) || isDotted(word, bytes) else { return .yes(end: end) }
        if next.isDigit { return no }
        guard let follower = follower(context, bytes) else { return .needsMore }
        if language.isStarter(follower.lowercased()) { return .yes(end: end) }
        if isInitial || !next.isUpper { return no }
        // "He left at 6 P.M. Mr. Smith …", but "At 5 a.m. Mr. Smith …".
        return LanguageRules.isTime(text) && wordsBefore(word, bytes) > 1 && language.isTitle(follower.lowercased())
            ? .yes(end: end) : no
    }

    /// `Hello world.Today is`, but not `example.com`, `3.14` or `Foo.bar()`.
    private func judgeGlued(_ offset: Int, _ word: Range<Int>, _ context: Context, _ bytes: ByteWindow) -> Verdict {
        let no = Verdict.no(resume: context.ending.end)
        let next = bytes.scalar(at: context.next)
        if next.isIdeographic { return word.isEmpty ? no : .yes(end: context.ending.end) }
        guard next.isUpper, isPlain(word, bytes) || bytes[word].allSatisfy({ $0.isDigit || $0 == 0x2C }), word.count > 1
        else { return no }
        var end = context.next
        while end < context.limit, end - context.next < 24, bytes[end].isWordByte || bytes[end] == 0x27 { end += 1 }
        guard end < context.limit || context.isEnd else { return .needsMore }
        guard end - context.next >= 2 || end == context.limit || bytes[end] == 0x20 else { return no }
        guard end < context.limit else { return .yes(end: context.ending.end) }
        switch bytes[end] {
        case UInt8(ascii: "("), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "="): return no
        case UInt8(ascii: "."):
            guard end + 1 < context.limit || context.isEnd else { return .needsMore }
            return end + 1 < context.limit && bytes[end + 1] != 0x20 && !bytes.scalar(at: end + 1).isUpper
                ? no : .yes(end: context.ending.end)
        default: return .yes(end: context.ending.end)
        }
    }

    private func judgeNumber(_ word: Range<Int>, _ context: Context, _ bytes: ByteWindow) -> Verdict {
        let no = Verdict.no(resume: context.ending.end)
        if word.lowerBound == start || word.lowerBound == blockStart, word.count <= 3 { return no }
        if language.hasOrdinalStops, word.count <= 2 {
            guard let follower = follower(context, bytes) else { return .needsMore }
            if language.months.contains(follower.lowercased()) { return no }
            let before = self.word(before: word.lowerBound - 1, bytes)
            if language.beforeOrdinals.contains(bytes.string(before).lowercased()) { return no }
        }
        return .yes(end: context.ending.end)
    }

    /// The word after the blank, quotes and brackets before it left out; nil while it may go on.
    private func follower(_ context: Context, _ bytes: ByteWindow) -> String? {
        var begin = context.next
        while begin < context.limit, begin - context.next < 8, !bytes[begin].isWordByte || bytes[begin] == 0xE2 {
            begin += UTF8Form.length(lead: bytes[begin])
        }
        var end = begin
        while end < context.limit, end - begin < 24, bytes[end].isWordByte { end += 1 }
        guard end < context.limit || context.isEnd || end - begin >= 24 else { return nil }
        return bytes.string(min(begin, end)..<end)
    }

    /// The word that ends at `offset`, at most 48 bytes, without quotes and brackets before it.
    func word(before offset: Int, _ bytes: ByteWindow) -> Range<Int> {
        let earliest = max(start, bytes.start, offset - 48)
        guard offset > earliest else { return max(offset, earliest)..<max(offset, earliest) }
        var begin = offset
        while begin > earliest {
            let byte = bytes[begin - 1]
            guard byte > 0x20, byte != 0x22, byte != 0x28, byte != 0x5B, byte != 0x27 || begin - 1 > earliest else {
                break
            }
            begin -= 1
        }
        while begin < offset, bytes[begin] == 0xE2 || bytes[begin] == 0xC2 || UTF8Form.isContinuation(bytes[begin]) {
            begin += 1
        }
        return begin..<offset
    }

    private func wordsBefore(_ word: Range<Int>, _ bytes: ByteWindow) -> Int {
        guard word.lowerBound > start else { return 0 }
        return bytes[start..<word.lowerBound].reduce(0) { $0 + ($1 == 0x20 ? 1 : 0) } - 1
    }

    private func isPlain(_ word: Range<Int>, _ bytes: ByteWindow) -> Bool {
        !word.isEmpty && bytes[word].allSatisfy { $0.isASCIILetter || $0 >= 0x80 || $0 == 0x27 || $0 == 0x2D }
    }

    private func isInitial(_ word: Range<Int>, _ bytes: ByteWindow) -> Bool {
        !word.isEmpty && UTF8Form.length(lead: bytes[word.lowerBound]) == word.count
            && bytes.scalar(at: word.lowerBound).isUpper
    }

    /// `U.S.A`, `i.e`: letters with full stops between them.
    private func isDotted(_ word: Range<Int>, _ bytes: ByteWindow) -> Bool {
        var letters = 0
        var dots = 0
        for offset in word {
            switch bytes[offset] {
            case UInt8(ascii: "."):
                dots += 1
                letters = 0
            case let byte where byte.isDigit: return false
            case let byte where !UTF8Form.isContinuation(byte): letters += 1
            default: continue
            }
            if letters > 2 { return false }
        }
        return dots > 0
    }

    private func isMarker(_ word: Range<Int>, _ bytes: ByteWindow) -> Bool {
        word.count <= 1 && bytes[word.lowerBound].isASCIILetter
    }

    /// Whether the sentence begins with a small letter: then small letters may begin the next one as well.
    private func beginsSmall(_ bytes: ByteWindow) -> Bool {
        var offset = max(start, bytes.start)
        while offset < bytes.end, !bytes[offset].isWordByte { offset += 1 }
        return offset < bytes.end && bytes.scalar(at: offset).isLower
    }
}

/// Whether a line break within a block ends a sentence.
extension SentenceScanner {
    enum LineBreak {
        case yes
        case no
        case needsMore
    }

    /// The most bytes of a line that was not broken for its length.
    private static let wrappedLine = 56

    func breaksLine(at offset: Int, _ plain: PlainText, final: Bool) -> LineBreak {
        let bytes = plain.bytes
        guard offset > max(start, bytes.start) else { return .no }
        guard offset + 1 < plain.end else { return final || plain.hasBlockMark(at: plain.end) ? .yes : .needsMore }
        let last = bytes.scalar(at: bytes.scalarStart(before: offset))
        let next = bytes.scalar(at: offset + 1)
        switch terminators.role(of: last) {
        case .fullStop:
            let word = word(before: offset - 1, bytes)
            return language.prefixes.contains(bytes.string(word).lowercased()) ? .no : .yes
        case .mark, .ellipsis, .end: return .yes
        default: break
        }
        if last == ":" || last == "：" { return .yes }
        if last == "," || last == "，" || last == "、" || last == "-" { return .no }
        let length = offset - lineStart
        if last.isIdeographic || next.isIdeographic { return length < 90 ? .yes : .no }
        if next.isLower { return length < 20 && wordsIn(lineStart..<offset, bytes) <= 2 ? .yes : .no }
        return length < Self.wrappedLine ? .yes : .no
    }

    private func wordsIn(_ range: Range<Int>, _ bytes: ByteWindow) -> Int {
        let begin = max(range.lowerBound, bytes.start)
        guard begin < range.upperBound else { return 0 }
        var words = 1
        for offset in begin..<range.upperBound - 1 where bytes[offset] == 0x20 && offset > begin { words += 1 }
        return words
    }
}

extension PlainText {
    /// Whether a block or a note begins at `offset`.
    func hasBlockMark(at offset: Int) -> Bool {
        for index in 0..<min(marks.count, 8) where marks[index].offset == offset {
            switch marks[index].mark {
            case .block, .note: return true
            default: continue
            }
        }
        return false
    }
}

enum Quotations {
    /// Whether what follows a quotation's end goes on with the sentence that quotes: 「行こう！」と言った。
    static func goOn(after next: Unicode.Scalar) -> Bool {
        switch next {
        case "と", "っ", "の", "を", "は", "が", "に", "も": true

        default: next.isClosing
        }
    }
}

extension LanguageRules {
    func isAbbreviation(_ word: String) -> Bool {
        abbreviations.contains(word) || prefixes.contains(word)
            || Self.english.abbreviations.contains(word) || Self.english.prefixes.contains(word)
    }

    func isBeforeNumber(_ word: String) -> Bool {
        beforeNumbers.contains(word)
    }

    func isStarter(_ word: String) -> Bool {
        starters.contains(word)
    }

    func isTitle(_ word: String) -> Bool {
        prefixes.contains(word) || Self.english.prefixes.contains(word)
    }

    static func isTime(_ word: String) -> Bool {
        word == "a.m" || word == "p.m"
    }
}

extension Unicode.Scalar {
    var isUpper: Bool {
        value < 0x80 ? (0x41...0x5A).contains(value) : properties.isUppercase
    }

    var isLower: Bool {
        value < 0x80 ? (0x61...0x7A).contains(value) : properties.isLowercase
    }

    var isDigit: Bool { (0x30...0x39).contains(value) }

    /// Han, kana, hangul and what is written with them without blanks.
    var isIdeographic: Bool {
        switch value {
        case 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }

    /// Punctuation that goes on with the sentence.
    var isClosing: Bool {
        switch self {
        case ",", ";", ":", "，", "；", "：", "、", ")", "]", "）": true
        default: false
        }
    }
}
