// SPDX-License-Identifier: GPL-3.0-or-later

/// Weekdays and months: "Mon-Fri", "Oct.–Dec.", "Mon, Wed and Fri", "Sat., Dec. 6", "May 3-5".
extension RunReader {
    /// Reads a weekday or month that is next to another one.
    mutating func readCalendar(_ word: Range<Int>) -> Bool {
        guard let name = calendarName(word) else { return false }
        let (next, joint) = afterCalendarName(word.upperBound)
        let second = joint == nil || !isLetter(next) ? nil : calendarName(next..<wordEnd(next))
        if let calendarEnd, let before = calendarName,
            calendarEnd == word.lowerBound || isJoined(calendarEnd, word.lowerBound)
        {
            let isSecond = calendarEnd == word.lowerBound
            let isFirst = second != nil && joint != .and
            sayCalendar(fullName(name, beside: before), word, isFirst ? .from : isSecond ? .to : .alone)
            calendarName = before
            if isFirst { passThrough(joint, upTo: next) }
            return true
        }
        guard let second, let joint, let full = fullNames(name, second) else { return false }
        sayCalendar(full, word, joint == .and ? .alone : .from)
        // "mar" is March if the other name is a month.
        calendarName = Calendar.Name(
            weekday: second.weekday == nil ? nil : name.weekday, month: second.month == nil ? nil : name.month)
        if joint != .and { passThrough(joint, upTo: next) }
        return true
    }

    /// What joins two names.
    private enum Joint { case dash, word, and }

    /// The end of a range at which a name is, if it is at one.
    private enum RangeEnd { case from, to, alone }

    private mutating func sayCalendar(_ name: String, _ word: Range<Int>, _ rangeEnd: RangeEnd) {
        let stop = scalar(word.upperBound) == "." && word.upperBound + 1 < end ? word.upperBound + 1 : word.upperBound
        var words = name
        if let forms = rules.dates.calendarRange, rangeEnd != .alone {
            let (from, to) = forms(name)
            words = rangeEnd == .from ? from : to
            // "с пн по пт" already has its preposition.
            let preposition = words.prefix { $0 != " " }
            if rangeEnd == .from, precedingWord(word.lowerBound).lowercased() == preposition {
                words = String(words.dropFirst(preposition.count + 1))
            }
        }
        say(words, for: word.lowerBound..<stop)
        calendarEnd = index
    }

    /// Says a dash, and leaves a word as it is.
    private mutating func passThrough(_ joint: Joint?, upTo next: Int) {
        if joint == .dash {
            say(rules.dates.calendarThrough ?? rules.numbers.through ?? " ", for: index..<next)
        } else {
            index = next
        }
        calendarEnd = index
    }

    /// Reads the dash of a range after "am" or "pm", or before a month: "9am–5pm", "Oct 5–Dec 10".
    mutating func readTimeDash() -> Bool {
        guard let through = rules.numbers.through else { return false }
        let next = index + 1
        let isHalf =
            (scalar(index - 1) == "m" || scalar(index - 1) == "M") && ["a", "A", "p", "P"].contains(scalar(index - 2))
            && isDigit(scalar(index - 3).isBlank ? index - 4 : index - 3)
        let isMonth = isDigit(index - 1) && isLetter(next) && calendarName(next..<wordEnd(next))?.month != nil
        guard isHalf && (isDigit(next) || isLetter(next)) || isMonth else { return false }
        say(through, for: index..<next)
        return true
    }

    /// The weekday or month that `word` names. In languages that capitalize them, a lowercase word isn't one.
    func calendarName(_ word: Range<Int>) -> Calendar.Name? {
        guard word.count >= 2, word.count <= 13 else { return nil }
        if compiled.namesHaveCapitals, !isCapital(word.lowerBound) { return nil }
        guard compiled.calendar.mayBegin(text.scalars[word.lowerBound], text.scalars[word.lowerBound + 1]) else {
            return nil
        }
        return compiled.calendar.name(text.scalars[word])
    }

    /// The full name: of the weekday if `other` is a weekday, of the month if it is a month.
    private func fullName(_ name: Calendar.Name, beside other: Calendar.Name) -> String {
        let calendar = compiled.calendar
        if let weekday = name.weekday, other.weekday != nil { return calendar.weekdays[weekday] }
        if let month = name.month, other.month != nil { return calendar.months[month] }
        return name.weekday.map { calendar.weekdays[$0] } ?? name.month.map { calendar.months[$0] } ?? ""
    }

    private func fullNames(_ name: Calendar.Name, _ second: Calendar.Name) -> String? {
        let fits = name.weekday != nil && second.weekday != nil || name.month != nil && second.month != nil
        return fits ? fullName(name, beside: second) : nil
    }

    /// Where the next name may begin, and what joins the two.
    private func afterCalendarName(_ place: Int) -> (Int, Joint?) {
        var at = scalar(place) == "." ? place + 1 : place
        let isSpaced = scalar(at).isBlank
        if isSpaced { at += 1 }
        if scalar(at).isDash { return (scalar(at + 1).isBlank ? at + 2 : at + 1, .dash) }
        if isSpaced {
            let last = wordEnd(at)
            let next = last > at ? last : at + 1
            if isThroughWord(at..<last) { return (next + 1, .word) }
            let isAnd = last > at && text.string(at..<last) == rules.numbers.and
            if isAnd || scalar(at) == "&" { return (next + 1, .and) }
            return (at, nil)
        }
        if scalar(at) == ",", scalar(at + 1).isBlank { return (at + 2, .and) }
        return scalar(at) == "/" ? (at + 1, .and) : (at, nil)
    }

    private func isThroughWord(_ word: Range<Int>) -> Bool {
        guard (1...5).contains(word.count) else { return false }
        return rules.dates.throughWords.contains(text.string(word))
    }

    /// "Oct. 5", "Sat., Dec. 6", "Wed. at noon": a short name with its full stop.
    mutating func readShortName(_ word: Range<Int>) -> Bool {
        guard let name = calendarName(word) else { return false }
        let stop = word.upperBound
        let isSpaced = scalar(stop + 1).isBlank && stop + 1 < end
        let next = isSpaced ? stop + 2 : stop + 1
        let calendar = compiled.calendar
        if let month = name.month, isDigit(next) {
            if rules.dates.date == nil || rules.dates.isDayFirst || !readDay(month, at: next, from: word.lowerBound) {
                say(calendar.months[month], for: word.lowerBound..<stop + 1)
            }
            return true
        }
        if let month = name.month, isDigit(word.lowerBound - 2), name.weekday == nil || rules.dates.isDayFirst {
            say(calendar.months[month], for: word.lowerBound..<(stop + 1 < end ? stop + 1 : stop))
            return true
        }
        guard let weekday = name.weekday else { return false }
        let isFollowed =
            scalar(stop + 1) == "," || isSpaced && (isDigit(next) || isLetter(next) && !isCapital(next))
            || isLetter(next) && calendarName(next..<wordEnd(next)) != nil
        guard
            isFollowed || calendar.hasCapitals && word.count > 2 && wordsBefore(word.lowerBound, upTo: 1).first == "on"
        else {
            return false
        }
        say(calendar.weekdays[weekday], for: word.lowerBound..<(stop + 1 < end ? stop + 1 : stop))
        return true
    }

    /// "May 3": the day after a month's name. "Jan 2024", "Sat 6 Dec": a name without its full stop.
    mutating func readDay(after word: Range<Int>) {
        guard isDigit(word.upperBound + 1), let name = calendarName(word) else { return }
        let calendar = compiled.calendar
        if let month = name.month, name.weekday == nil || !isLetter(wordStart(afterNumberAt: word.upperBound + 1)) {
            guard !rules.dates.isDayFirst else {
                return isLetter(word.lowerBound - 1) ? () : say(calendar.months[month], for: word)
            }
            if !readDay(month, at: word.upperBound + 1, from: word.lowerBound), word.count < 5 {
                say(calendar.months[month], for: word)
            }
        } else if let weekday = name.weekday {
            say(calendar.weekdays[weekday], for: word)
        }
    }

    private func wordStart(afterNumberAt place: Int) -> Int {
        let last = text.digits(at: place, before: end).upperBound
        return scalar(last).isBlank ? last + 1 : last
    }

    /// Reads the day at `place`, whose month is written from `start` on, and the day at the end of a range.
    private mutating func readDay(_ month: Int, at place: Int, from start: Int) -> Bool {
        guard let date = rules.dates.date, !rules.dates.isDayFirst else { return false }
        let digits = text.digits(at: place, before: end)
        guard let day = dayOfMonth(digits) else { return false }
        say(date(nil, month + 1, day), for: start..<digits.upperBound)
        let next =
            scalar(index).isBlank && scalar(index + 1).isDash && scalar(index + 2).isBlank ? index + 3 : index + 1
        guard scalar(next - 1).isDash || scalar(next - 2).isDash, let through = rules.numbers.through,
            case let last = text.digits(at: next, before: end), let second = dayOfMonth(last), second > day,
            let ordinal = rules.dates.dayOfMonth
        else { return true }
        say(through + ordinal(second), for: index..<last.upperBound)
        return true
    }

    /// The number at `digits`, if it is a day and not a time or an amount.
    private func dayOfMonth(_ digits: Range<Int>) -> Int? {
        let next = scalar(digits.upperBound)
        guard (1...2).contains(digits.count), let day = Int(text.string(digits)), (1...31).contains(day),
            !isLetter(digits.upperBound), next != "%", next != ":" || !isDigit(digits.upperBound + 1)
        else { return nil }
        return day
    }
}
