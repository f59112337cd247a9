// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The rules for each kind of ending.
extension SentenceScanner {
    /// `。` and the like.
    func judgeEnd(_ context: Context, _ bytes: ByteWindow) -> Verdict {
        let ending = context.ending
        if context.isGlued, bytes.scalar(at: context.next).isContinuing { return .no(resume: ending.end) }
        // A full-width full stop between digits is a decimal point.
        if bytes.isWideDigit(before: ending.terminatorsEnd - 3), bytes.isWideDigit(at: context.next) {
            return .no(resume: ending.end)
        }
        guard ending.isClosed else { return .yes(end: ending.end) }
        switch Quotations.goOn(at: context.next, limit: context.limit, isEnd: context.isEnd, bytes) {
        case .yes: return .no(resume: ending.end)
        case .no: return .yes(end: ending.end)
        case .needsMore: return .needsMore
        }
    }

    /// `!` and `?`: "She works at Yahoo! in the accounting department."
    func judgeMark(_ context: Context, _ bytes: ByteWindow) -> Verdict {
        let ending = context.ending
        let next = bytes.scalar(at: context.next)
        if context.isGlued {
            guard !next.isContinuing else { return .no(resume: ending.end) }
            if next.isEastAsian { return judgeEnd(context, bytes) }
            guard next.isUpper, bytes.isWordByte(before: ending, start) else {
                return next == "¿" || next == "¡" ? .yes(end: ending.end) : .no(resume: ending.end)
            }
            // "name?What", but not "Y!J" or "Foo!Bar()".
            let word = bytes.wordEnd(from: context.next, limit: context.limit)
            guard word < context.limit || context.isEnd else { return .needsMore }
            return word - context.next >= 2 || word < context.limit && bytes[word] == 0x20
                ? .yes(end: ending.end) : .no(resume: ending.end)
        }
        // "5! = 120"
        if next == "=" || next == "+" || next == "/" { return .no(resume: ending.end) }
        guard let follower = followerStart(context, bytes) else { return .needsMore }
        return isSmall(follower, context, bytes) ? .no(resume: ending.end) : .yes(end: ending.end)
    }

    /// `...` and `…`: "Wait... what?"
    func judgeEllipsis(_ context: Context, _ bytes: ByteWindow) -> Verdict {
        let ending = context.ending
        let no = Verdict.no(resume: ending.end)
        let next = bytes.scalar(at: context.next)
        if context.isGlued { return next.isEastAsian && ending.hasEllipsis ? judgeEnd(context, bytes) : no }
        if next.isEastAsian, !ending.hasEllipsis { return no }
        if ending.isSpaced, ending.dots == 3, !ending.isClosed, !next.isUpper { return no }
        if next.isContinuing { return no }
        guard let follower = followerStart(context, bytes) else { return .needsMore }
        if isSmall(context.next, context, bytes) || isSmall(follower, context, bytes) { return no }
        // "Well... I think" usually goes on.
        let word = bytes.wordEnd(from: follower, limit: context.limit)
        guard word < context.limit || context.isEnd else { return .needsMore }
        return ending.dots == 3 && word - follower == 1 && bytes[follower] == UInt8(ascii: "I")
            ? no : .yes(end: ending.end)
    }

    /// A single `.`
    func judgeFullStop(at offset: Int, _ context: Context, _ bytes: ByteWindow) -> Verdict {
        let ending = context.ending
        let no = Verdict.no(resume: ending.end)
        let yes = Verdict.yes(end: ending.end)
        let word = bytes.word(before: offset, notBefore: start)
        if context.isGlued { return judgeGlued(word, context, bytes) }
        // « Tél. : 01 42 … »
        if bytes[context.next] == UInt8(ascii: ":") { return no }
        guard let follower = followerStart(context, bytes) else { return .needsMore }
        if isSmall(follower, context, bytes) {
            // "u. a. here" is an abbreviation.
            return !bytes.isLetter(word) && beginsItem(at: context.next, context.limit, bytes) ? yes : no
        }
        // Closing marks come after the full stop: the quotation or bracket ends, whatever its last word is.
        if ending.isClosed { return judgeEnd(context, bytes) }
        if word.isEmpty || follower == context.limit { return yes }
        if bytes[word].allSatisfy(\.isDigit) { return judgeNumber(word, follower, context, bytes) }

        let text = bytes.key(word)
        let isBehindPlus = bytes[context.next] == UInt8(ascii: "+") && follower == context.next + 1
        let isBeforeDigit = bytes[follower].isDigit && (follower == context.next || isBehindPlus)
        // "c. 1885"
        if isBeforeDigit, bytes.isLetter(word), bytes.scalar(at: word.lowerBound).isLower { return no }
        // "z. B."
        if bytes.isLetter(word), isLetterWithStop(at: follower, context.limit, bytes) { return no }
        if let spaced = spacedAbbreviation(word, bytes) {
            return language.isPrefix(spaced) ? no : judgeAbbreviation(word, spaced, follower, context, bytes)
        }
        if language.isUnit(text), bytes.endsInDigit(beforeWordAt: word.lowerBound, notBefore: start),
            bytes.scalar(at: follower).isUpper
        {
            // German nouns are capitalized: "60 Min. Verspätung".
            guard language.hasOrdinalStops else { return yes }
            let followerEnd = bytes.wordEnd(from: follower, limit: context.limit)
            guard followerEnd < context.limit || context.isEnd else { return .needsMore }
            return language.isStarter(bytes.keyOfStem(follower..<followerEnd)) ? yes : no
        }
        // "2 lb. 4 oz."
        if isBeforeDigit, language.isUnit(text), bytes.endsInDigit(beforeWordAt: word.lowerBound, notBefore: start) {
            return no
        }
        if language.isPrefix(text) || isBeforeDigit && language.endsBeforeNumber(bytes[word]) { return no }
        let isInitial = bytes.isInitial(word)
        if language.isBeforeNumber(text), isBeforeDigit || !isInitial {
            if isBeforeDigit { return no }
            let followerEnd = bytes.wordEnd(from: follower, limit: context.limit)
            guard followerEnd < context.limit || context.isEnd else { return .needsMore }
            return bytes.isRomanNumber(follower..<followerEnd) ? no : yes
        }
        let isDotted = bytes.isDotted(word)
        guard isInitial || isDotted || language.isAbbreviation(text) else { return yes }
        if isBeforeDigit, !isInitial {
            // "before 7 p.m. 7 a.m. is too early", but "At 5 p.m. 10 people came".
            return language.isTimeOfDay(text) && !opensWithTime(before: word, bytes) ? yes : no
        }
        return judgeAbbreviation(word, text, follower, context, bytes)
    }

    /// `Hello world.Today is`, but not `example.com`, `3.14` or `Foo.bar()`.
    private func judgeGlued(_ word: Range<Int>, _ context: Context, _ bytes: ByteWindow) -> Verdict {
        let no = Verdict.no(resume: context.ending.end)
        let yes = Verdict.yes(end: context.ending.end)
        let next = bytes.scalar(at: context.next)
        if next.isEastAsian {
            // "Python.然后", but not "12.5元" or "v2.版".
            guard let last = word.last, !bytes[last].isDigit, !bytes.isInitial(word), !bytes.isDotted(word),
                !language.isAbbreviation(bytes.key(word))
            else { return no }
            return yes
        }
        if context.ending.isClosed {
            return next.isUpper && bytes.isPlainWord(word) ? yes : no
        }
        let isNumber = bytes[word].allSatisfy { $0.isDigit || $0 == UInt8(ascii: ",") }
        guard next.isUpper, word.count > 1, bytes.isPlainWord(word) || isNumber else { return no }
        let end = bytes.wordEnd(from: context.next, limit: context.limit)
        guard end + 1 < context.limit || context.isEnd || end - context.next >= 24 else { return .needsMore }
        let isWord =
            end - context.next >= 2 || bytes[context.next] == UInt8(ascii: "I")
            || bytes[context.next] == UInt8(ascii: "A")
        guard isWord, !language.isDomain(WordKey(bytes[context.next..<end])) else { return no }
        if isNumber, bytes.isChessMove(context.next..<end) { return no }
        guard end < context.limit else { return yes }
        switch bytes[end] {
        case UInt8(ascii: "("), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "="),
            UInt8(ascii: "-"),
            UInt8(ascii: "["):
            return no
        case UInt8(ascii: "."):
            guard end + 1 < context.limit else { return yes }
            return bytes[end + 1] == 0x20 || bytes.scalar(at: end + 1).isUpper ? yes : no
        default: return yes
        }
    }

    /// A number: `der 3. Juli`, but "The score was 3. Next month".
    private func judgeNumber(
        _ word: Range<Int>, _ follower: Int, _ context: Context, _ bytes: ByteWindow
    ) -> Verdict {
        let no = Verdict.no(resume: context.ending.end)
        guard word.count <= 3 else { return .yes(end: context.ending.end) }
        let followerEnd = bytes.wordEnd(from: follower, limit: context.limit)
        guard followerEnd < context.limit || context.isEnd else { return .needsMore }
        if bytes.isChessMove(follower..<followerEnd) { return no }
        guard language.hasOrdinalStops else { return .yes(end: context.ending.end) }
        if language.months.contains(WordKey(bytes[follower..<followerEnd])) { return no }
        let before = bytes.word(beforeWordAt: word.lowerBound, notBefore: start)
        // "aus dem 1. -3. Jahrhundert"
        if before.count <= 3, bytes[before].last == UInt8(ascii: "."), bytes[before].dropLast().allSatisfy(\.isDigit) {
            return no
        }
        return language.beforeOrdinals.contains(WordKey(bytes[before])) ? no : .yes(end: context.ending.end)
    }
}

extension SentenceScanner {
    /// Whether a list item such as "a. here" or "b) there" begins at `offset`.
    private func beginsItem(at offset: Int, _ limit: Int, _ bytes: ByteWindow) -> Bool {
        guard offset + 2 < limit, bytes[offset].isASCIILetter, bytes[offset + 2] == 0x20 else { return false }
        return bytes[offset + 1] == UInt8(ascii: ")")
            || bytes[offset + 1] == UInt8(ascii: ".") && bytes[offset] == UInt8(ascii: "a")
    }

    /// The offset of the first letter or digit after the ending, past quotes, brackets and dashes; `nil` if that isn't
    /// known yet.
    private func followerStart(_ context: Context, _ bytes: ByteWindow) -> Int? {
        let follower = bytes.wordStart(from: context.next, limit: context.limit)
        return follower + 2 < context.limit || context.isEnd ? follower : nil
    }

    /// Whether there is a lowercase letter at `offset`, in a text that doesn't begin its sentences with them.
    private func isSmall(_ offset: Int, _ context: Context, _ bytes: ByteWindow) -> Bool {
        guard offset < context.limit, bytes.scalar(at: offset).isLower, !beginsSmall(bytes) else { return false }
        guard offset + 1 < context.limit else { return true }
        let next = bytes[offset + 1]
        return next != UInt8(ascii: "(") && !(0x41...0x5A).contains(next)  // f(x), iOS
    }

    /// Whether the sentence itself begins with a lowercase letter: "hi! how are you?"
    private func beginsSmall(_ bytes: ByteWindow) -> Bool {
        let first = max(start, bytes.start)
        let offset = bytes.wordStart(from: first, limit: cursor)
        return kind == .sentence && offset < cursor && bytes.scalar(at: offset).isLower
    }
}

extension ByteWindow {
    fileprivate func isWideDigit(before offset: Int) -> Bool {
        offset - 3 >= start && isWideDigit(at: offset - 3)
    }

    /// Whether `０` to `９` is at `offset`.
    fileprivate func isWideDigit(at offset: Int) -> Bool {
        offset + 2 < end && self[offset] == 0xEF && self[offset + 1] == 0xBC && (0x90...0x99).contains(self[offset + 2])
    }

    /// Whether a word comes before an ending that began after `start`.
    fileprivate func isWordByte(before ending: Ending, _ start: Int) -> Bool {
        var offset = ending.terminatorsEnd
        while offset > max(start, self.start), !self[offset - 1].isWordByte { offset -= 1 }
        return offset > max(start, self.start)
    }

    /// Whether `range` is a single letter.
    func isLetter(_ range: Range<Int>) -> Bool {
        !range.isEmpty && UTF8Form.length(lead: self[range.lowerBound]) == range.count
            && scalar(at: range.lowerBound).properties.isAlphabetic
    }

    /// Whether a number comes before the word at `offset`: "20 min."
    fileprivate func endsInDigit(beforeWordAt offset: Int, notBefore earliest: Int) -> Bool {
        offset - 2 >= max(earliest, start) && self[offset - 1] == 0x20 && self[offset - 2].isDigit
    }

    /// Whether `range` is a chess move such as "Nf3", "Qxd5" or "Bb5": "2. Nf3 Nc6" is not a list.
    fileprivate func isChessMove(_ range: Range<Int>) -> Bool {
        guard (3...5).contains(range.count), Array("KQRBN".utf8).contains(self[range.lowerBound]),
            (0x31...0x38).contains(self[range.upperBound - 1]), (0x61...0x68).contains(self[range.upperBound - 2])
        else { return false }
        return self[range.lowerBound + 1..<range.upperBound - 2].allSatisfy { $0.isSmallLetterOrDigit }
    }

    fileprivate func isRomanNumber(_ range: Range<Int>) -> Bool {
        !range.isEmpty && self[range].allSatisfy { [0x49, 0x56, 0x58, 0x4C, 0x43].contains($0) }
    }
}
