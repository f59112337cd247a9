// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether a full stop that belongs to an abbreviation also ends a sentence.
extension SentenceScanner {
    /// Judges an abbreviation that may end a sentence: it does only if what follows looks like the beginning of one.
    func judgeAbbreviation(
        _ word: Range<Int>, _ text: WordKey, _ follower: Int, _ context: Context, _ bytes: ByteWindow
    ) -> Verdict {
        let no = Verdict.no(resume: context.ending.end)
        let yes = Verdict.yes(end: context.ending.end)
        let isInitial = bytes.isInitial(word)
        // "J. R. R. Tolkien"
        if isInitial, letterBefore(word, bytes) != nil { return no }
        let followerEnd = bytes.wordEnd(from: follower, limit: context.limit)
        guard followerEnd < context.limit || context.isEnd || followerEnd - follower >= 24 else { return .needsMore }
        // "А. И. Семенов"
        if isInitial, bytes.isInitial(follower..<followerEnd), followerEnd < context.limit,
            bytes[followerEnd] == UInt8(ascii: ".")
        {
            return no
        }
        // "you and I. Did you", but not "Albert I. Jones".
        if language.isStarter(bytes.keyOfStem(follower..<followerEnd)) { return yes }
        if bytes.scalar(at: follower).isEastAsian { return no }
        if bytes.scalar(at: follower).isUpper, endsClause(text, word, bytes) { return yes }
        guard bytes.scalar(at: follower).isUpper, !isInitial, language.isTimeOfDay(text) else { return no }
        // "8 p.m. EST"
        if (2...4).contains(followerEnd - follower), bytes[follower..<followerEnd].allSatisfy(\.isCapital) { return no }
        // "He left at 6 P.M. Mr. Smith …", but "At 5 a.m. Mr. Smith …".
        return opensWithTime(before: word, bytes) ? no : yes
    }

    /// Whether the sentence begins with a time of day, as in "At 5 a.m. …", so that its verb is still to come.
    func opensWithTime(before word: Range<Int>, _ bytes: ByteWindow) -> Bool {
        let first = bytes.wordStart(from: max(start, bytes.start), limit: word.lowerBound)
        return language.timePrepositions.contains(
            WordKey(bytes[first..<bytes.wordEnd(from: first, limit: word.lowerBound)]))
    }

    /// Whether a degree or an era ends a clause: "her Ph.D. Tom", "44 B.C. Augustus". After a name a degree does not.
    private func endsClause(_ text: WordKey, _ word: Range<Int>, _ bytes: ByteWindow) -> Bool {
        let before = bytes.word(beforeWordAt: word.lowerBound, notBefore: start)
        guard let last = before.last else { return false }
        if language.isEra(text) { return bytes[last].isDigit }
        return language.isDegree(text) && bytes.scalar(at: before.lowerBound).isLower && bytes.isPlainWord(before)
    }

    /// The letter before a one-letter word, with a full stop and a space between them: `z` in "z. B.".
    private func letterBefore(_ word: Range<Int>, _ bytes: ByteWindow) -> Range<Int>? {
        let stop = word.lowerBound - 2
        guard stop > max(start, bytes.start), bytes[stop] == UInt8(ascii: "."), bytes[stop + 1] == 0x20 else {
            return nil
        }
        let letter = bytes.word(before: stop, notBefore: start)
        return bytes.isLetter(letter) ? letter : nil
    }

    /// The key `z.b` for "z. B", or `т.д` for "т. д", if the language has that abbreviation.
    func spacedAbbreviation(_ word: Range<Int>, _ bytes: ByteWindow) -> WordKey? {
        guard bytes.isLetter(word), let letter = letterBefore(word, bytes) else { return nil }
        let key = WordKey(bytes[letter] + [UInt8(ascii: ".")] + bytes[word])
        return language.isAbbreviation(key) ? key : nil
    }

    func isLetterWithStop(at offset: Int, _ limit: Int, _ bytes: ByteWindow) -> Bool {
        let end = bytes.wordEnd(from: offset, limit: limit)
        return bytes.isLetter(offset..<end) && end < limit && bytes[end] == UInt8(ascii: ".")
    }
}
