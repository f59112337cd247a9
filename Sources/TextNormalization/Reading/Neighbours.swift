// SPDX-License-Identifier: GPL-3.0-or-later

/// The words next to a number, which show what it is.
extension RunReader {
    /// The words before `place`, nearest first and in lower case: at most `limit`, all in the same clause.
    func wordsBefore(_ place: Int, upTo limit: Int = 3) -> [String] {
        var words: [String] = []
        words.reserveCapacity(limit)
        var at = place
        while words.count < limit {
            while at > range.lowerBound, isBetweenWords(at - 1) { at -= 1 }
            let end = at
            while isLetter(at - 1), end - at < 16 { at -= 1 }
            guard at < end else { break }
            words.append(small(at..<end))
        }
        return words
    }

    /// Spaces, ":", "#", "(", and the full stop of an abbreviation.
    private func isBetweenWords(_ place: Int) -> Bool {
        switch scalar(place) {
        case ":", "#", "(": true
        case ".": scalar(place + 1).isBlank && isLetter(place - 1)
        case let scalar: scalar.isBlank
        }
    }

    func wordAfter(_ place: Int) -> String {
        let start = scalar(place).isBlank ? place + 1 : place
        return isLetter(start) ? small(start..<min(wordEnd(start), start + 16)) : ""
    }

    /// A word in lower case, as most already are.
    private func small(_ word: Range<Int>) -> String {
        let isSmall = word.allSatisfy { text.scalars[$0].value &- 0x61 < 26 }
        return isSmall ? text.string(word) : text.string(word).lowercased()
    }

    /// The word or symbol before `place`.
    func precedingWord(_ place: Int) -> String {
        guard place > range.lowerBound else { return "" }
        if !scalar(place - 1).isBlank { return String(Character(scalar(place - 1))) }
        let last = scalar(place - 2) == "." && isLetter(place - 3) ? place - 2 : place - 1
        var start = last
        while isLetter(start - 1), last - start < 8 { start -= 1 }
        return text.string(start..<last)
    }

    /// The word before a date, skipping the weekday: "am" in "am Fr., 5.12.". For the end of a range, the word before
    /// its first date.
    func wordBeforeDate(_ place: Int) -> String {
        if scalar(place - 1).isDash || scalar(place - 2).isDash { return wordBeforeDate }
        var at = place
        while at > range.lowerBound, scalar(at - 1).isBlank || scalar(at - 1) == "," || scalar(at - 1) == "." {
            at -= 1
        }
        var start = at
        while isLetter(start - 1), at - start < 13 { start -= 1 }
        guard start < at, scalar(at) != "." || calendarName(start..<at) != nil else { return precedingWord(place) }
        return calendarName(start..<at)?.weekday == nil ? precedingWord(place) : precedingWord(start)
    }
}
