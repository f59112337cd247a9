// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// Reads a word. Most are copied; abbreviations, Roman numerals and names with digits need a closer look.
    mutating func readWord() {
        let start = index
        let last = wordEnd(start)
        index = last
        let next = scalar(last)
        if compiled.hasCenturies, isCapital(start), readCentury(start..<last) { return }
        if !compiled.namesHaveCapitals || isCapital(start), readCalendar(start..<last) { return }
        if readShort(start..<last) { return }
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
            if last == start + 1, scalar(start) == "x", readTimes(start..<last) { return }
            if isRomanNumeral(start..<last) { readRoman(start..<last) } else { readDay(after: start..<last) }
        } else if next == ".", isRomanNumeral(start..<last), last + 1 == end {
            readRoman(start..<last)
        } else if next == "." {
            readAbbreviation(start..<last)
        } else if next.isDigit || next == "-" && isDigit(last + 1) {
            // "9am-5pm" is a range.
            if next == "-", last - start == 2, scalar(start + 1) == "m", isDigit(start - 1) { return }
            // Scripts without spaces have numbers right after words.
            if next == "-", isDecade(at: last + 1), !isCapital(last - 1) { return }
            if [.latin, .cyrillic].contains(Script(text.scalars[start])) { skipName() }
        } else if next == "/" {
            index = start
            if !readLoneUnit() { index = last }
        } else if isRomanNumeral(start..<last) {
            readRoman(start..<last)
        }
    }

    /// "3 x 4", "10 x 20 cm"
    private mutating func readTimes(_ word: Range<Int>) -> Bool {
        if let by = rules.quantities.by, let second = number(at: word.upperBound + 1), isDigit(word.lowerBound - 2),
            scalar(word.lowerBound - 1) == " ",
            unit(after: second) != nil || Self.lengths.contains(wordAfter(second.range.upperBound))
        {
            say(by, for: word)
            return true
        }
        guard isDigit(word.upperBound + 1), scalar(word.lowerBound - 1) == " ", isDigit(word.lowerBound - 2),
            let times = rules.words.operators["×"]
        else { return false }
        say(times, for: word)
        return true
    }

    /// Units that a length and a width are given in.
    private static let lengths = WordList(
        words: "inch inches foot feet yards meters metres centimeters centimetres millimeters pixels")

    /// "XIXe siècle", "XIX в."
    private mutating func readCentury(_ word: Range<Int>) -> Bool {
        let numeral =
            word.lowerBound..<(text.scalars[word].firstIndex { !"IVX".unicodeScalars.contains($0) } ?? word.upperBound)
        guard !numeral.isEmpty, numeral.count <= 5, let value = romanValue(numeral), value > 0,
            let words = rules.numbers.century?(
                value, text.string(numeral.upperBound..<word.upperBound), wordAfter(word.upperBound),
                precedingWord(word.lowerBound).lowercased())
        else { return false }
        say(words, for: word)
        // "XIX в." is said in full.
        let start = index + 1
        if scalar(start) == "в", scalar(start + 1) == ".", scalar(index).isBlank {
            say("", for: index..<(start + 2 < end ? start + 2 : start + 1))
        }
        return true
    }

    /// An abbreviation without a full stop: "vs", "w/o".
    private mutating func readShort(_ word: Range<Int>) -> Bool {
        let start = word.lowerBound
        guard compiled.mayBeShort(text.scalars[start]) else { return false }
        for (short, meaning) in compiled.short where short.count >= word.count && start + short.count <= end {
            let last = start + short.count
            let isWhole = short.count == word.count ? scalar(last) != "." : short.last == "/" || !isLetter(last)
            guard isWhole, text.scalars[start..<last].elementsEqual(short) else { continue }
            say(meaning, for: start..<last)
            return true
        }
        return false
    }

    /// "mid-1980s", "mid-60s"; but not "B-52s".
    private func isDecade(at place: Int) -> Bool {
        let digits = text.digits(at: place, before: end)
        return [2, 4].contains(digits.count) && scalar(digits.upperBound) == "s" && !isLetter(digits.upperBound + 1)
    }

    /// Skips the rest of a name with digits, which is read as it is: "GPT-4o", "H2O", "v2.0.1".
    private mutating func skipName() {
        while isLetter(index) || isDigit(index)
            || (scalar(index) == "-" || scalar(index) == ".") && (isDigit(index + 1))
        { index += 1 }
    }

    /// Reads a word before a full stop. If the sentence goes on, eSpeak NG must not take it for the end.
    private mutating func readAbbreviation(_ word: Range<Int>) {
        let stop = word.upperBound
        if readSpacedInitials(word) { return }
        // In "e.g." and the like, a letter follows the full stop; so it does in a name with initials.
        if word.count == 1, isLetter(stop + 1) { return readInitials(word.lowerBound) }
        if let ending = rules.words.abbreviatedEnding, word.count > ending.short.count,
            text.scalars[word].suffix(ending.short.count).elementsEqual(ending.short)
        {
            let stem = text.string(word.lowerBound..<stop - ending.short.count)
            return say(stem + ending.long, for: word.lowerBound..<(stop + 1 < end ? stop + 1 : stop))
        }
        guard word.count <= 10, !readShortName(word) else { return }
        guard let abbreviation = abbreviation(word) else {
            if word.count == 1 { readInitials(word.lowerBound) }
            return
        }
        let blank = scalar(stop + 1).isBlank && stop + 1 < end
        let next = blank ? stop + 2 : stop + 1
        switch abbreviation {
        case .always(let words): say(words, for: word.lowerBound..<(stop + 1 < end ? stop + 1 : stop))
        case .beforeNumber(let words):
            if isDigit(next) { say(words, for: word.lowerBound..<stop + 1) }
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
        // `last` is the last letter with its own full stop.
        let stop = last + 1
        if last > start, case .always(let words)? = abbreviation(start..<stop) {
            // "Back at 7 p.m. Don't wait.": the full stop ends the sentence as well.
            let word = scalar(stop + 1).isBlank ? stop + 2..<wordEnd(stop + 2) : stop..<stop
            let isEnd =
                isDigit(start - 1) || isDigit(start - 2)
                ? isCapital(word.lowerBound) && !isCapital(word.lowerBound + 1) && calendarName(word) == nil : false
            return say(words, for: start..<(stop + 1 < end && !isEnd ? stop + 1 : stop))
        }
        index = stop + 1
        // Before a capital, eSpeak NG would end the sentence here.
        guard scalar(index).isBlank, index < end, isCapital(index + 1), isCapital(start) else { return }
        var letters = String(Character(text.scalars[start]))
        for place in stride(from: start + 2, to: stop, by: 2) { letters += " \(Character(text.scalars[place]))" }
        say(letters, for: start..<stop + 1)
    }

    private func abbreviation(_ word: Range<Int>) -> WordRules.Abbreviation? {
        compiled.abbreviation(FoldedWord(text.scalars[word]))
    }

    /// Abbreviations in two parts with a space between: "z. B.", "p. ex.", "EE. UU.".
    private mutating func readSpacedInitials(_ first: Range<Int>) -> Bool {
        let start = first.upperBound + 2
        guard rules.words.hasSpacedAbbreviations, first.count <= 2, scalar(start - 1).isBlank else { return false }
        let stop = wordEnd(start)
        guard (1...3).contains(stop - start), scalar(stop) == "." else { return false }
        let name = FoldedWord(text.scalars[first] + ["."] + text.scalars[start..<stop])
        guard case .always(let words)? = compiled.abbreviation(name) else { return false }
        say(words, for: first.lowerBound..<(stop + 1 < end ? stop + 1 : stop))
        return true
    }

    private func isCapitalised(wordBefore place: Int) -> Bool {
        var start = place - 2
        while isLetter(start - 1) { start -= 1 }
        return isCapital(start)
    }

    /// Two to five capitals that make a Roman numeral.
    private func isRomanNumeral(_ word: Range<Int>) -> Bool {
        guard compiled.hasRomanNumerals, (2...5).contains(word.count), isCapital(word.lowerBound) else { return false }
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

    /// The value of a numeral up to 39 in its usual form.
    private func romanValue(_ word: Range<Int>) -> Int? {
        let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
        let tens = text.scalars[word].prefix { $0 == "X" }.count
        let rest = text.string(word.lowerBound + tens..<word.upperBound)
        if rest.hasSuffix("X"), tens > 0, rest == "IX" { return tens * 10 + 9 }
        guard tens <= 3, let one = ones.firstIndex(of: rest) else { return nil }
        return tens * 10 + one
    }
}
