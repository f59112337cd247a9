// SPDX-License-Identifier: GPL-3.0-or-later

/// What words beside a number tell: codes said digit by digit, durations, ratios, scores, ranges of weekdays.
extension RunReader {
    /// The words before `place`, nearest first, in small letters; up to three, none beyond the end of a clause.
    func wordsBefore(_ place: Int) -> [String] {
        var words: [String] = []
        var at = place
        while words.count < 3 {
            while scalar(at - 1).isBlank || scalar(at - 1) == ":" || scalar(at - 1) == "#", at > range.lowerBound {
                at -= 1
            }
            let end = at
            while isLetter(at - 1), end - at < 16 { at -= 1 }
            guard at < end else { break }
            words.append(text.string(at..<end).lowercased())
        }
        return words
    }

    func wordAfter(_ place: Int) -> String {
        let start = scalar(place).isBlank ? place + 1 : place
        return isLetter(start) ? text.string(start..<min(wordEnd(start), start + 16)).lowercased() : ""
    }

    private static let fillers: Set<String> = [
        "is", "was", "are", "number", "numbers", "no", "nr", "ist", "lautet", "est", "es", "è", "é", "номер",
    ]

    /// Codes, numbers that are dialled, zeros in front: digit by digit.
    mutating func readCode() -> Bool {
        let digits = text.digits(at: index, before: end)
        guard digits.count >= 3, digits.count <= 20, isCode(digits) else { return false }
        var groups = [digits]
        while let last = groups.last, scalar(last.upperBound) == "-", isDigit(last.upperBound + 1), groups.count < 8 {
            groups.append(text.digits(at: last.upperBound + 1, before: end))
        }
        let words = groups.map { text.string($0).map(String.init).joined(separator: " ") }
        say(words.joined(separator: ", "), for: index..<(groups.last ?? digits).upperBound)
        spelledEnd = index
        return true
    }

    private func isCode(_ digits: Range<Int>) -> Bool {
        let after = scalar(digits.upperBound)
        guard after != "%", after != "/", !isLetter(digits.upperBound),
            !(after == "." && isDigit(digits.upperBound + 1)),
            !(after == "," && isDigit(digits.upperBound + 1)), !(after == ":" && isDigit(digits.upperBound + 1))
        else { return false }
        let before = scalar(digits.lowerBound - 1)
        guard before != ".", before != ",", before != "/", rules.quantities.currencies[before] == nil else {
            return false
        }
        if text.scalars[digits.lowerBound] == "0", digits.count >= 3, !scalar(digits.lowerBound - 1).isDash {
            return true
        }
        if digits.count >= 3, let spelledEnd, isJoined(spelledEnd, digits.lowerBound) { return true }
        let words = wordsBefore(digits.lowerBound)
        let meaning = words.first { !Self.fillers.contains($0) }
        let next = wordAfter(digits.upperBound)
        if digits.count >= 4, let meaning, rules.numbers.codeWords.contains(meaning) { return true }
        if digits.count >= 4, next == "as", before.isBlank { return true }
        if digits.count == 5, scalar(digits.lowerBound - 1).isBlank, isCapital(digits.lowerBound - 2),
            isCapital(digits.lowerBound - 3), !isLetter(digits.lowerBound - 4), next.isEmpty, rules.numbers.outOf != nil
        {
            return true
        }
        guard digits.count <= 6, let first = words.first else { return false }
        let isAlone =
            next.isEmpty
            || ["or", "and", "now", "for", "if", "in", "immediately", "right", "oder", "und"].contains(next)
        if isAlone, rules.numbers.callWords.contains(first) { return true }
        return digits.count >= 5 && words.last == "text" && isAlone
    }

    /// Whether only "or", "and" or a comma stands between two places.
    func isJoined(_ place: Int, _ next: Int) -> Bool {
        guard next > place, next - place <= 6 else { return false }
        let between = text.string(place..<next).trimmingBlanks
        return [",", "or", "and", "/", "&", "oder", "und", rules.numbers.and, ", or", ", and"].contains(between)
    }

    /// "1h 30m": two or more parts of a duration, the longer units first.
    mutating func readDuration() -> Bool {
        guard !rules.quantities.durations.isEmpty, let first = durationPart(at: index) else { return false }
        var parts = [first]
        while parts.count < 5, let last = parts.last {
            var next = scalar(last.end).isBlank ? last.end + 1 : last.end
            if scalar(last.end) == ",", scalar(last.end + 1).isBlank { next = last.end + 2 }
            let and = rules.numbers.and.unicodeScalars.count
            if and > 0, scalar(last.end).isBlank, wordAfter(last.end) == rules.numbers.and { next = last.end + 2 + and }
            guard isDigit(next), let part = durationPart(at: next), part.rank > last.rank else { break }
            parts.append(part)
        }
        guard parts.count > 1 else { return false }
        for part in parts {
            let amount = text.string(text.digits(at: part.start, before: end))
            say(
                amount + (rules.words.isSpaceless ? "" : rules.numbers.decimalWord == nil ? " " : "")
                    + part.noun[rules.quantities.form(Int(amount))], for: part.start..<part.end)
        }
        return true
    }

    private func durationPart(at place: Int) -> (start: Int, end: Int, rank: Int, noun: ReadingRules.Noun)? {
        let digits = text.digits(at: place, before: end)
        guard !digits.isEmpty, digits.count <= 5 else { return nil }
        let start = scalar(digits.upperBound).isBlank ? digits.upperBound + 1 : digits.upperBound
        let last = wordEnd(start)
        guard last > start, last - start <= 4 else { return nil }
        let sign = text.string(start..<last)
        guard let index = rules.quantities.durations.firstIndex(where: { $0.sign == sign }) else { return nil }
        let noun = rules.quantities.durations[index].noun
        let rank = rules.quantities.durations.firstIndex { $0.noun == noun } ?? index
        return (place, last, rank, noun)
    }

    /// "1:02:03" as a duration; nil where the language has no words for it.
    func durationWords(_ values: [Int]) -> String? {
        let nouns = ["h", "m", "s", "ч", "м", "с"].compactMap { sign in
            rules.quantities.durations.first { $0.sign == sign }?.noun
        }
        guard nouns.count == 3, !rules.numbers.and.isEmpty else { return nil }
        let parts = zip(values, nouns).filter { $0.0 > 0 }.map { "\($0) \($1[rules.quantities.form($0)])" }
        guard let last = parts.last else { return nil }
        return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " \(rules.numbers.and) " + last
    }

    /// "16:9": two numbers that are no time of day.
    mutating func readRatio() -> Bool {
        guard let ratio = rules.numbers.ratio else { return false }
        let first = text.digits(at: index, before: end)
        let second = text.digits(at: first.upperBound + 1, before: end)
        guard first.count <= 4, scalar(first.upperBound) == ":", (1...4).contains(second.count),
            scalar(second.upperBound) != ":", scalar(index - 1) != ":", !isLetter(second.upperBound)
        else { return false }
        let isNamed = wordsBefore(index).contains { ["ratio", "aspect", "scale", "odds", "score"].contains($0) }
        guard second.count == 1 || first.count == 1 && second.count > 2 || isNamed else { return false }
        say(rules.words.isSpaceless ? ratio : " \(ratio) ", for: first.upperBound..<second.lowerBound)
        index = second.upperBound
        return true
    }

    /// "4.5/5", "scored 8/10"; "2024/25".
    mutating func readScore() -> Bool {
        guard let first = number(at: index), scalar(first.range.upperBound) == "/",
            let second = number(at: first.range.upperBound + 1), scalar(second.range.upperBound) != "/"
        else { return false }
        let slash = first.range.upperBound..<second.range.lowerBound
        if first.range.count == 4, second.range.count == 2, let a = first.value, let b = second.value,
            (a + 1) % 100 == b
        {
            let year = rules.dates.year?(a) ?? String(a)
            say("\(year) \(text.string(second.range))", for: index..<second.range.upperBound)
            return true
        }
        guard let outOf = rules.numbers.outOf, ["5", "10", "20", "100"].contains(second.whole) else { return false }
        let isNamed = wordsBefore(index).contains {
            ["rated", "rating", "score", "scored", "scores", "give", "gave", "got", "rate"].contains($0)
        }
        guard first.fraction != nil || isNamed else { return false }
        say(" \(outOf) ", for: slash)
        index = second.range.upperBound
        return true
    }

    /// "Mon-Fri", "Oct.–Dec.", "Mon, Wed and Fri": a weekday or a month beside another one.
    mutating func readCalendar(_ word: Range<Int>) -> Bool {
        guard word.count <= 10, let name = calendarName(word) else { return false }
        let (next, joint) = afterCalendarName(word.upperBound)
        if let calendarEnd, calendarEnd == word.lowerBound || isJoined(calendarEnd, word.lowerBound) {
            sayCalendar(name, word)
            if let joint, joint, isLetter(next), calendarName(next..<wordEnd(next)) != nil { sayThrough(upTo: next) }
            return true
        }
        guard let joint, isLetter(next), let second = calendarName(next..<wordEnd(next)),
            isWeekday(name) == isWeekday(second)
        else { return false }
        sayCalendar(name, word)
        if joint { sayThrough(upTo: next) }
        return true
    }

    private mutating func sayCalendar(_ name: String, _ word: Range<Int>) {
        let stop = scalar(word.upperBound) == "." && word.upperBound + 1 < end ? word.upperBound + 1 : word.upperBound
        say(name, for: word.lowerBound..<stop)
        calendarEnd = index
    }

    private mutating func sayThrough(upTo next: Int) {
        say(rules.numbers.through ?? " ", for: index..<next)
        calendarEnd = index
    }

    /// The dash of a range that ends in a half of the day, or in a month: "9am–5pm", "Oct 5–Dec 10".
    mutating func readTimeDash() -> Bool {
        guard let through = rules.numbers.through, rules.numbers.outOf != nil else { return false }
        let before = wordsBefore(index).first ?? ""
        let isHalf = (before == "am" || before == "pm") && isDigit(index - 3)
        let next = index + 1
        let isMonth = isDigit(index - 1) && isCapital(next) && calendarName(next..<wordEnd(next)) != nil
        guard isHalf && (isDigit(next) || isLetter(next)) || isMonth else { return false }
        say(through, for: index..<next)
        return true
    }

    private func calendarName(_ word: Range<Int>) -> String? {
        guard word.count >= 2, word.count <= 10 else { return nil }
        let written = text.string(word)
        let name = rules.dates.shortNames[written.lowercased()]
        // In English and German these are names only with a capital.
        return name.map { $0.first?.isUppercase ?? false } ?? false && !isCapital(word.lowerBound) ? nil : name
    }

    private func isWeekday(_ name: String) -> Bool {
        !(rules.dates.shortNames.values.contains(name) && rules.dates.months.contains(name))
    }

    /// Where the next name may begin, and whether a dash or "to" joins it (true) or a comma and the like (false).
    private func afterCalendarName(_ place: Int) -> (Int, Bool?) {
        var at = scalar(place) == "." ? place + 1 : place
        let isSpaced = scalar(at).isBlank
        if isSpaced { at += 1 }
        if scalar(at).isDash { return (scalar(at + 1).isBlank ? at + 2 : at + 1, true) }
        if isSpaced {
            let word = wordAfter(at)
            let through = rules.numbers.through.map { $0.trimmingBlanks } ?? ""
            if word == through { return (at + word.unicodeScalars.count + 1, true) }
            if word == rules.numbers.and || scalar(at) == "&" {
                return (at + max(1, word.unicodeScalars.count) + 1, false)
            }
            return (at, nil)
        }
        if scalar(at) == ",", scalar(at + 1).isBlank { return (at + 2, false) }
        return scalar(at) == "/" ? (at + 1, false) : (at, nil)
    }

    /// "00:1A:2B:3C:4D:5E": six pairs.
    mutating func readHardwareAddress() -> Bool {
        let start = index
        let mark = scalar(start + 2)
        guard mark == ":" || mark == "-", start + 17 <= end, !isLetter(start + 17), !isDigit(start + 17) else {
            return false
        }
        for place in 0..<17 {
            let scalar = scalar(start + place)
            if place % 3 == 2 {
                if scalar != mark { return false }
            } else if !Character(scalar).isHexDigit {
                return false
            }
        }
        let pairs = stride(from: start, to: start + 17, by: 3).map {
            "\(Character(scalar($0))) \(Character(scalar($0 + 1)))"
        }
        say(pairs.joined(separator: ", "), for: start..<start + 17)
        return true
    }

    /// Whether the letter at `place`, behind a number, is a name and no unit: "seat 12A".
    func isLabel(_ place: Int, behind number: WrittenNumber) -> Bool {
        let before = scalar(number.range.lowerBound - 1)
        let next = scalar(place + 1)
        // "9x5" is a product; what is no Latin or Cyrillic letter is a counter.
        guard text.scalars[place].value < 0x0500, text.scalars[place] != "x" else { return false }
        if before == ":" || before == "/" || before.isDash && isLetter(number.range.lowerBound - 2) { return true }
        if next.isDigit
            || (next == ":" || next.isDash || next == "/") && (isLetter(place + 2) || isDigit(place + 2)) && next != "/"
        {
            return true
        }
        if let labelEnd, isJoined(labelEnd, number.range.lowerBound) { return true }
        let words = wordsBefore(number.range.lowerBound)
        if let word = words.first(where: { !Self.fillers.contains($0) }),
            rules.quantities.labels.contains(word)
                || rules.quantities.labels.contains(where: { $0 == "straße" && word.hasSuffix("straße") })
        {
            return true
        }
        let letter = text.scalars[place]
        if letter == "K",
            ["run", "race", "video", "tv", "display", "monitor", "screen", "resolution", "television"].contains(
                wordAfter(place + 1))
        {
            return true
        }
        guard letter == "A" || letter == "C" || letter == "F", number.fraction == nil else { return false }
        return !words.contains(where: rules.quantities.unitHints.contains)
            && !rules.quantities.unitHints.contains(wordAfter(place + 1))
    }
}

extension String {
    /// Without blanks at its ends.
    var trimmingBlanks: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
