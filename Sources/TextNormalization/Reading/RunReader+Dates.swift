// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// "2024-05-03": year, month and day.
    mutating func readDate() -> Bool {
        guard let date = rules.dates.date else { return false }
        if readSlashedDate(date) { return true }
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
        return true
    }

    /// "12/25/2024" or "25/12/2024": only where it is clear which number is the month.
    private mutating func readSlashedDate(_ date: (Int?, Int, Int) -> String) -> Bool {
        let first = text.digits(at: index, before: end)
        guard first.count <= 2, scalar(first.upperBound) == "/" else { return false }
        let second = text.digits(at: first.upperBound + 1, before: end)
        guard (1...2).contains(second.count), scalar(second.upperBound) == "/" else { return false }
        let year = text.digits(at: second.upperBound + 1, before: end)
        guard year.count == 4, let a = Int(text.string(first)), let b = Int(text.string(second)),
            let y = Int(text.string(year)), min(a, b) >= 1, min(a, b) <= 12, max(a, b) <= 31
        else { return false }
        let isDayFirst = a > 12 || b <= 12 && rules.dates.isDayFirst
        say(date(y, isDayFirst ? b : a, isDayFirst ? a : b), for: index..<year.upperBound)
        return true
    }

    /// "3.7.2024".
    mutating func readDottedDate() -> Bool {
        guard let date = rules.dates.dottedDate else { return false }
        let day = text.digits(at: index, before: end)
        guard day.count <= 2, scalar(day.upperBound) == "." else { return false }
        let month = text.digits(at: day.upperBound + 1, before: end)
        guard (1...2).contains(month.count), scalar(month.upperBound) == "." else { return false }
        let year = text.digits(at: month.upperBound + 1, before: end)
        guard year.count == 4, let d = Int(text.string(day)), let m = Int(text.string(month)),
            let y = Int(text.string(year)), (1...31).contains(d), (1...12).contains(m)
        else { return false }
        say(date(d, m, y, precedingWord(index)), for: index..<year.upperBound)
        return true
    }

    /// "3. Juli": a number with a full stop in the middle of a sentence.
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
        if let through = rules.numbers.through, scalar(index).isDash, isDigit(index + 1) {
            say(through, for: index..<index + 1)
        }
        return true
    }

    /// "2:01:09": the parts, each with its zero, since it may be a time of day or one that was needed.
    private mutating func readSeconds(after minutes: Range<Int>, hours: Range<Int>) -> Bool {
        let seconds = text.digits(at: minutes.upperBound + 1, before: end)
        guard seconds.count == 2, scalar(seconds.upperBound) != ":" else { return false }
        let values = [hours, minutes, seconds].compactMap { Int(text.string($0)) }
        let isTimeOfDay = isHalfDay(at: seconds.upperBound) || wordsBefore(index).first == "at"
        if !isTimeOfDay, let words = durationWords(values) {
            say(words, for: index..<seconds.upperBound)
            return true
        }
        let parts = [minutes, seconds].map {
            scalar($0.lowerBound) == "0" ? "0 \(scalar($0.lowerBound + 1))" : text.string($0)
        }
        say(([text.string(hours)] + parts).joined(separator: " "), for: index..<seconds.upperBound)
        return true
    }

    /// Past the mark between hours and minutes.
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
