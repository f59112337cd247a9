// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// "2024-05-03": year, month and day.
    mutating func readDate() -> Bool {
        if readYearInWords() { return true }
        guard let date = rules.dates.date else { return readDayBeforeMonth() }
        if readSlashedDate(date) || readDayBeforeMonth() { return true }
        let year = text.digits(at: index, before: end)
        let mark = scalar(year.upperBound)
        guard year.count == 4, mark == "-" || mark == "/" else { return false }
        let month = text.digits(at: year.upperBound + 1, before: end)
        guard (1...2).contains(month.count), scalar(month.upperBound) == mark else { return false }
        let day = text.digits(at: month.upperBound + 1, before: end)
        guard (1...2).contains(day.count), let y = Int(text.string(year)), let m = Int(text.string(month)),
            let d = Int(text.string(day)), (1...12).contains(m), (1...31).contains(d), !scalar(day.upperBound).isDash
        else { return false }
        say(date(y, m, d), for: index..<day.upperBound)
        readThroughDate()
        return true
    }

    /// Reads the dash between two dates.
    private mutating func readThroughDate() {
        let spaced = scalar(index).isBlank
        let dash = spaced ? index + 1 : index
        let next = scalar(dash + 1).isBlank == spaced && spaced ? dash + 2 : dash + 1
        guard let through = rules.numbers.through, scalar(dash).isDash, isDigit(next) else { return }
        say(through, for: index..<next)
    }

    /// "12/25/2024" or "25/12/2024". A number over 12 must be the day; otherwise the language decides.
    private mutating func readSlashedDate(_ date: (Int?, Int, Int) -> String) -> Bool {
        let first = text.digits(at: index, before: end)
        guard first.count <= 2, scalar(first.upperBound) == "/" else { return false }
        let second = text.digits(at: first.upperBound + 1, before: end)
        guard (1...2).contains(second.count), let a = Int(text.string(first)), let b = Int(text.string(second)),
            min(a, b) >= 1, min(a, b) <= 12, max(a, b) <= 31
        else { return false }
        let isDayFirst = a > 12 || b <= 12 && rules.dates.isDayFirst
        guard scalar(second.upperBound) == "/" else {
            guard isDayOfYear(a, b, second) else { return false }
            say(date(nil, isDayFirst ? b : a, isDayFirst ? a : b), for: index..<second.upperBound)
            readThroughDate()
            return true
        }
        let year = text.digits(at: second.upperBound + 1, before: end)
        guard year.count == 4 || year.count == 2, let y = Int(text.string(year)), scalar(year.upperBound) != "/" else {
            return false
        }
        let full = year.count == 4 ? y : y < 50 ? 2000 + y : 1900 + y
        say(date(full, isDayFirst ? b : a, isDayFirst ? a : b), for: index..<year.upperBound)
        readThroughDate()
        return true
    }

    /// Whether "12/25" is a date: a word before it shows that, or no fraction has such a denominator.
    private func isDayOfYear(_ a: Int, _ b: Int, _ second: Range<Int>) -> Bool {
        guard !rules.dates.dateWords.isEmpty, scalar(second.upperBound) != "%", !isLetter(second.upperBound),
            !(scalar(second.upperBound) == "." && isDigit(second.upperBound + 1)), scalar(index - 1) != "/"
        else { return false }
        if (a, b) == (9, 11) || (a, b) == (24, 7) { return false }
        if let word = wordsBefore(index, upTo: 1).first, rules.dates.dateWords.contains(word) {
            return !(rules.dates.isDayFirst && a < b && b <= 12 && a <= 3)
        }
        return !rules.dates.isDayFirst && a <= 12 && b > 12 && ![15, 16, 20, 24, 25, 30].contains(b)
            && wordAfter(second.upperBound).isEmpty
    }

    /// "2025 г.", "2025 года": the year is an ordinal.
    private mutating func readYearInWords() -> Bool {
        let digits = text.digits(at: index, before: end)
        guard digits.count == 4, let words = rules.dates.yearInWords, let value = Int(text.string(digits)),
            scalar(digits.upperBound).isBlank
        else { return false }
        let suffix = digits.upperBound + 1..<wordEnd(digits.upperBound + 1)
        guard (1...4).contains(suffix.count),
            let said = words(value, text.string(suffix), precedingWord(index).lowercased())
        else { return false }
        let hasStop = suffix.count == 1 && scalar(suffix.upperBound) == "." && suffix.upperBound + 1 < end
        say(said, for: index..<(hasStop ? suffix.upperBound + 1 : suffix.upperBound))
        return true
    }

    /// "3 мая", "3-5 мая": the day is an ordinal.
    private mutating func readDayBeforeMonth() -> Bool {
        guard let ordinal = rules.dates.dayBeforeMonth else { return false }
        let first = text.digits(at: index, before: end)
        var last = first
        if scalar(first.upperBound).isDash { last = text.digits(at: first.upperBound + 1, before: end) }
        guard first.count <= 2, (1...2).contains(last.count), scalar(last.upperBound).isBlank,
            let month = RussianWords.month(wordAfter(last.upperBound)), let a = Int(text.string(first)),
            let b = Int(text.string(last)), a <= b
        else { return false }
        let before = precedingWord(index)
        if last == first {
            guard let words = ordinal(a, month, before) else { return false }
            say(words, for: first)
            return true
        }
        guard let from = ordinal(a, month, ""), let to = ordinal(b, month, "по") else { return false }
        say((before.lowercased() == "с" ? "" : "с ") + from + " по " + to, for: first.lowerBound..<last.upperBound)
        return true
    }

    /// "3.7.2024".
    mutating func readDottedDate() -> Bool {
        guard let date = rules.dates.dottedDate else { return false }
        let day = text.digits(at: index, before: end)
        guard day.count <= 2, scalar(day.upperBound) == "." else { return false }
        if readDottedDays(day) { return true }
        let month = text.digits(at: day.upperBound + 1, before: end)
        guard (1...2).contains(month.count), scalar(month.upperBound) == ".", let d = Int(text.string(day)),
            let m = Int(text.string(month)), (1...31).contains(d), (1...12).contains(m)
        else { return false }
        let year = text.digits(at: month.upperBound + 1, before: end)
        let before = wordBeforeDate(index)
        wordBeforeDate = before
        if year.isEmpty {
            let next = month.upperBound + 1
            guard next < end, scalar(next).isBlank || scalar(next).isDash || scalar(next) == ",",
                !rules.quantities.labels.contains(before.lowercased()), before != "Version", before != "Kapitel"
            else { return false }
            say(date(d, m, nil, before), for: index..<next)
        } else {
            guard year.count == 4 || year.count == 2, let y = Int(text.string(year)), !isDigit(year.upperBound + 1)
            else {
                return false
            }
            let full = year.count == 4 ? y : y < 50 ? 2000 + y : 1900 + y
            say(date(d, m, full, before), for: index..<year.upperBound)
        }
        readThroughDate()
        return true
    }

    /// "3.–5. Mai"
    private mutating func readDottedDays(_ first: Range<Int>) -> Bool {
        guard let ordinal = rules.numbers.dottedOrdinal, scalar(first.upperBound + 1).isDash else { return false }
        let second = text.digits(at: first.upperBound + 2, before: end)
        guard (1...2).contains(second.count), scalar(second.upperBound) == ".", scalar(second.upperBound + 1).isBlank,
            let a = Int(text.string(first)), let b = Int(text.string(second)), a < b, b <= 31,
            case let month = second.upperBound + 2..<wordEnd(second.upperBound + 2), calendarName(month)?.month != nil
        else { return false }
        let name = text.string(month)
        let before = precedingWord(index)
        guard let from = ordinal(a, before, name), let to = ordinal(b, before, name) else { return false }
        say(from + (rules.numbers.through ?? " ") + to, for: first.lowerBound..<second.upperBound + 1)
        return true
    }

    /// "3. Juli": a number with a full stop, in the middle of a sentence.
    mutating func readDottedOrdinal() -> Bool {
        guard let ordinal = rules.numbers.dottedOrdinal else { return false }
        let digits = text.digits(at: index, before: end)
        let stop = digits.upperBound
        guard digits.count <= 3, scalar(stop) == ".", scalar(stop + 1) == " ", isLetter(stop + 2),
            let value = Int(text.string(digits)),
            let words = ordinal(value, precedingWord(index), text.string(stop + 2..<wordEnd(stop + 2)))
        else { return false }
        say(words, for: index..<stop + 1)
        return true
    }

    /// "10:05".
    mutating func readClock() -> Bool {
        guard let clock = rules.dates.clock else { return false }
        let hours = text.digits(at: index, before: end)
        guard hours.count <= 2, let place = minutesStart(after: hours.upperBound) else { return false }
        let minutes = text.digits(at: place, before: end)
        guard minutes.count == 2, let hour = Int(text.string(hours)), hour < 25,
            let minute = Int(text.string(minutes)), minute < 60
        else { return false }
        if scalar(minutes.upperBound) == ":" { return readSeconds(after: minutes, hours: hours) }
        var last = minutes.upperBound
        if let word = rules.dates.hourWord, scalar(last) == " " {
            let after = wordEnd(last + 1)
            if after - last - 1 == word.unicodeScalars.count, text.string(last + 1..<after) == word { last = after }
        }
        if let words = clock(hour, minute, isHalfDay(at: minutes.upperBound)) {
            say(words, for: index..<last)
        } else {
            index = minutes.upperBound
        }
        let isDash = scalar(index).isDash || scalar(index) == "~" || scalar(index) == "〜" || scalar(index) == "～"
        if let through = rules.dates.clockThrough ?? rules.numbers.through, isDash, isDigit(index + 1) {
            say(through, for: index..<index + 1)
        }
        return true
    }

    /// "2:01:09": a duration, or a time of day read part by part with its zeros.
    private mutating func readSeconds(after minutes: Range<Int>, hours: Range<Int>) -> Bool {
        let seconds = text.digits(at: minutes.upperBound + 1, before: end)
        guard seconds.count == 2, scalar(seconds.upperBound) != ":" else { return false }
        let values = [hours, minutes, seconds].compactMap { Int(text.string($0)) }
        var last = seconds.upperBound
        var decimals = ""
        if scalar(last) == "." || scalar(last) == ",", isDigit(last + 1) {
            let digits = text.digits(at: last + 1, before: end)
            decimals = text.string(digits)
            last = digits.upperBound
        }
        let words = wordsBefore(index)
        let isTimeOfDay =
            isHalfDay(at: last) || rules.dates.hourWord.map { wordAfter(last) == $0.lowercased() } ?? false
            || words.first.map(rules.dates.timeWords.contains) ?? false
                && !words.contains { ["record", "time", "finish", "finished", "mark", "pace", "clocked"].contains($0) }
        if !isTimeOfDay, let words = durationWords(values, decimals: decimals) {
            say(words, for: index..<last)
            return true
        }
        if let hourWord = rules.dates.hourWord {
            let end = wordAfter(last) == hourWord.lowercased() ? wordEnd(last + 1) : last
            let nouns = rules.quantities.durations.map(\.noun)
            let rest = "\(values[1]) \(rules.numbers.and) \(values[2]) \(nouns[3][rules.quantities.form(values[2])])"
            say("\(values[0]) \(hourWord) \(rest)", for: index..<end)
            return true
        }
        let parts = [minutes, seconds].map {
            scalar($0.lowerBound) == "0" ? "0 \(scalar($0.lowerBound + 1))" : text.string($0)
        }
        say(([text.string(hours)] + parts).joined(separator: " "), for: index..<seconds.upperBound)
        return true
    }

    /// The position after the mark between hours and minutes.
    private func minutesStart(after place: Int) -> Int? {
        if scalar(place) == ":" { return place + 1 }
        // "10.30 Uhr"
        if rules.dates.hourWord != nil, scalar(place) == ".", scalar(place + 3) == " ", scalar(place + 4) == "U" {
            return place + 1
        }
        guard let letter = rules.dates.hourLetter else { return nil }
        let mark = scalar(place).isBlank ? place + 1 : place
        guard scalar(mark) == letter, !isLetter(mark + 1) else { return nil }
        return scalar(mark + 1).isBlank ? mark + 2 : mark + 1
    }

    /// Whether "am", "PM" or "p.m." follows.
    private func isHalfDay(at place: Int) -> Bool {
        let start = scalar(place).isBlank ? place + 1 : place
        guard ["a", "A", "p", "P"].contains(scalar(start)) else { return false }
        return ["m", "M", "."].contains(scalar(start + 1))
    }
}
