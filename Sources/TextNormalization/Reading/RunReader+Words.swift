// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// A word: most are copied; abbreviations, Roman numerals and names with digits need a look.
    mutating func readWord() {
        let start = index
        let last = wordEnd(start)
        index = last
        let next = scalar(last)
        if last - start >= 2, readCalendar(start..<last) { return }
        if last - start == 2, let versus = rules.words.versus, scalar(start) == "v", scalar(start + 1) == "s",
            next != "."
        {
            return say(versus, for: start..<last)
        }
        if next == ":" || next.isDigit || next == "-" {
            index = start
            if readHardwareAddress() { return }
            index = last
        }
        if last - start == 3, isCapital(start), isDigit(next.isBlank ? last + 1 : last), readCurrencyCode(start..<last)
        {
            return
        }
        if next == " " {
            if isRomanNumeral(start..<last) { readRoman(start..<last) } else { readDay(after: start..<last) }
        } else if next == ".", isRomanNumeral(start..<last), last + 1 == end {
            readRoman(start..<last)
        } else if next == "." {
            readAbbreviation(start..<last)
        } else if next.isDigit || next == "-" && isDigit(last + 1) {
            // "9am-5pm" is a range.
            if next == "-", last - start == 2, scalar(start + 1) == "m", isDigit(start - 1) { return }
            // Scripts without blanks have numbers right behind words.
            if next == "-", isDecade(at: last + 1), !isCapital(last - 1) { return }
            if [.latin, .cyrillic].contains(Script(text.scalars[start])) { skipName() }
        } else if next == "/" {
            index = start
            if !readLoneUnit() { index = last }
        } else if isRomanNumeral(start..<last) {
            readRoman(start..<last)
        }
    }

    /// "mid-1980s", "mid-60s"; but not "B-52s".
    private func isDecade(at place: Int) -> Bool {
        let digits = text.digits(at: place, before: end)
        return [2, 4].contains(digits.count) && scalar(digits.upperBound) == "s" && !isLetter(digits.upperBound + 1)
    }

    /// Passes the rest of a name with digits, which is read as it stands: "GPT-4o", "H2O", "v2.0.1".
    private mutating func skipName() {
        while isLetter(index) || isDigit(index)
            || (scalar(index) == "-" || scalar(index) == ".") && (isDigit(index + 1))
        { index += 1 }
    }

    /// "May 3": the day after a month's name. "Jan 2024": a month without its full stop.
    private mutating func readDay(after word: Range<Int>) {
        guard rules.dates.date != nil, isDigit(word.upperBound + 1), word.count <= 9, isCapital(word.lowerBound) else {
            return
        }
        if case .beforeNumber(let name)? = abbreviation(word), rules.dates.months.contains(name) {
            if !readDay(of: name, at: word.upperBound + 1, from: word.lowerBound) { say(name, for: word) }
        } else {
            _ = readDay(of: text.string(word), at: word.upperBound + 1, from: word.lowerBound)
        }
    }

    /// The day at `place` of a month that is written from `start` on.
    private mutating func readDay(of name: String, at place: Int, from start: Int) -> Bool {
        guard let date = rules.dates.date, let month = rules.dates.months.firstIndex(of: name) else { return false }
        let digits = text.digits(at: place, before: end)
        let next = scalar(digits.upperBound)
        guard digits.count <= 2, let day = Int(text.string(digits)), (1...31).contains(day),
            !isLetter(digits.upperBound), next != ":", next != "%"
        else { return false }
        say(date(nil, month + 1, day), for: start..<digits.upperBound)
        return true
    }

    /// A word before a full stop. Where the sentence goes on, eSpeak must not hear an end in it.
    private mutating func readAbbreviation(_ word: Range<Int>) {
        let stop = word.upperBound
        if readSpacedInitials(word) { return }
        // "e.g." and the like go on with a letter; so does a name with initials.
        if word.count == 1, isLetter(stop + 1) { return readInitials(word.lowerBound) }
        if let ending = rules.words.abbreviatedEnding, word.count > ending.short.count,
            text.scalars[word].suffix(ending.short.count).elementsEqual(ending.short)
        {
            let stem = text.string(word.lowerBound..<stop - ending.short.count)
            return say(stem + ending.long, for: word.lowerBound..<(stop + 1 < end ? stop + 1 : stop))
        }
        guard word.count <= 10 else { return }
        guard let abbreviation = abbreviation(word) else {
            if word.count == 1 { readInitials(word.lowerBound) }
            return
        }
        let blank = scalar(stop + 1).isBlank && stop + 1 < end
        let next = blank ? stop + 2 : stop + 1
        switch abbreviation {
        case .always(let words): say(words, for: word.lowerBound..<(stop + 1 < end ? stop + 1 : stop))
        case .beforeNumber(let words):
            if isDigit(next), !readDay(of: words, at: next, from: word.lowerBound) {
                say(words, for: word.lowerBound..<stop + 1)
            }
        case .beforeName(let words):
            if blank, isLetter(next) { say(words, for: word.lowerBound..<stop + 1) }
        case .beforeOrAfterName(let before, let after):
            let followsName = word.lowerBound >= range.lowerBound + 2 && isLetter(word.lowerBound - 2)
            if blank, isCapital(next), !followsName || !isCapitalised(wordBefore: word.lowerBound) {
                say(before, for: word.lowerBound..<stop + 1)
            } else if followsName {
                say(after, for: word.lowerBound..<(stop + 1 < end ? stop + 1 : stop))
            }
        }
    }

    /// Letters with full stops: "U.S. Government", "J. R. R. Tolkien", "e.g.".
    private mutating func readInitials(_ start: Int) {
        var last = start
        while isLetter(last), !isLetter(last + 1), scalar(last + 1) == ".", isLetter(last + 2), !isLetter(last + 3),
            scalar(last + 3) == "."
        { last += 2 }
        // `last` is the last letter that has a full stop of its own.
        let stop = last + 1
        if last > start, case .always(let words)? = abbreviation(start..<stop) {
            return say(words, for: start..<(stop + 1 < end ? stop + 1 : stop))
        }
        index = stop + 1
        // Before a capital eSpeak would end the sentence here.
        guard scalar(index).isBlank, index < end, isCapital(index + 1), isCapital(start) else { return }
        var letters = String(Character(text.scalars[start]))
        for place in stride(from: start + 2, to: stop, by: 2) { letters += " \(Character(text.scalars[place]))" }
        say(letters, for: start..<stop + 1)
    }

    private func abbreviation(_ word: Range<Int>) -> WordRules.Abbreviation? {
        book.abbreviation(FoldedWord(text.scalars[word]))
    }

    /// Abbreviations in two parts with a blank between: "z. B.", "p. ex.", "EE. UU.".
    private mutating func readSpacedInitials(_ first: Range<Int>) -> Bool {
        let start = first.upperBound + 2
        guard rules.words.hasSpacedAbbreviations, first.count <= 2, scalar(start - 1).isBlank else { return false }
        let stop = wordEnd(start)
        guard (1...3).contains(stop - start), scalar(stop) == "." else { return false }
        let name = FoldedWord(text.scalars[first] + ["."] + text.scalars[start..<stop])
        guard case .always(let words)? = book.abbreviation(name) else { return false }
        say(words, for: first.lowerBound..<(stop + 1 < end ? stop + 1 : stop))
        return true
    }

    private func isCapitalised(wordBefore place: Int) -> Bool {
        var start = place - 2
        while isLetter(start - 1) { start -= 1 }
        return isCapital(start)
    }

    /// Two capitals or more that make a Roman numeral.
    private func isRomanNumeral(_ word: Range<Int>) -> Bool {
        guard rules.numbers.roman != nil, (2...5).contains(word.count) else { return false }
        return text.scalars[word].allSatisfy { $0 == "I" || $0 == "V" || $0 == "X" }
    }

    /// "Henry VIII", "World War II", "Chapter IV".
    private mutating func readRoman(_ word: Range<Int>) {
        guard let roman = rules.numbers.roman, let value = romanValue(word), scalar(word.lowerBound - 1).isBlank else {
            return
        }
        var start = word.lowerBound - 1
        while isLetter(start - 1) { start -= 1 }
        guard start < word.lowerBound - 1, isCapital(start),
            let words = roman(value, text.string(start..<word.lowerBound - 1))
        else { return }
        say(words, for: word)
    }

    /// The value of a numeral up to 39 that is written the usual way.
    private func romanValue(_ word: Range<Int>) -> Int? {
        let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
        let tens = text.scalars[word].prefix { $0 == "X" }.count
        let rest = text.string(word.lowerBound + tens..<word.upperBound)
        if rest.hasSuffix("X"), tens > 0, rest == "IX" { return tens * 10 + 9 }
        guard tens <= 3, let one = ones.firstIndex(of: rest) else { return nil }
        return tens * 10 + one
    }
}
