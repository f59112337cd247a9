// SPDX-License-Identifier: GPL-3.0-or-later

/// Durations: "1h 30m", "1h30", "2:01:09".
extension RunReader {
    private struct Part {
        var start: Int
        var digits: Range<Int>
        var end: Int
        /// The index of its unit in ``QuantityRules/durations``.
        var rank: Int
    }

    /// Reads two or more parts, longer units first.
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
        guard parts.count > 1 else { return readHoursAndMinutes(first) || readLoneMinutes(first) }
        for part in parts { say(part) }
        hasMinutes = hasMinutes || parts.contains { $0.rank == 2 }
        return true
    }

    private mutating func say(_ part: Part) {
        let amount = text.string(part.digits)
        let noun = rules.quantities.durations[part.rank].noun
        let blank = rules.words.isSpaceless || rules.numbers.decimalWord != nil ? "" : " "
        say(amount + blank + noun[rules.quantities.form(Int(amount))], for: part.start..<part.end)
    }

    /// "1h30"
    private mutating func readHoursAndMinutes(_ hours: Part) -> Bool {
        let minutes = text.digits(at: hours.end, before: end)
        guard hours.rank == 1, rules.dates.hourLetter == nil, minutes.count == 2, !isLetter(minutes.upperBound),
            hours.end == hours.digits.upperBound + 1
        else { return false }
        say(hours)
        hasMinutes = true
        index = minutes.upperBound
        return true
    }

    /// "15m" after "2h 30m", "5m ago".
    private mutating func readLoneMinutes(_ part: Part) -> Bool {
        guard part.rank == 2, part.end == part.digits.upperBound + 1, let amount = Int(text.string(part.digits)),
            hasMinutes && amount < 60 || isTimeThatPasses(part)
        else { return false }
        say(part)
        return true
    }

    /// "5m ago", "45m left", but not "go 45m left".
    private func isTimeThatPasses(_ part: Part) -> Bool {
        guard rules.quantities.agoWords.contains(wordAfter(part.end)) else { return false }
        let next = wordEnd(scalar(part.end).isBlank ? part.end + 1 : part.end)
        return wordAfter(next) != "of" && !wordsBefore(part.start).contains(where: Self.moves.contains)
    }

    /// After these verbs, "m" is a length.
    private static let moves = WordList(words: "go going turn walk drive keep head run move continue swim climb ride")

    private func durationPart(at place: Int) -> Part? {
        let digits = text.digits(at: place, before: end)
        guard !digits.isEmpty, digits.count <= 5 else { return nil }
        let start = scalar(digits.upperBound).isBlank ? digits.upperBound + 1 : digits.upperBound
        let last = rules.words.isSpaceless ? latinEnd(start) : wordEnd(start)
        guard last > start, last - start <= 4 else { return nil }
        guard let rank = compiled.durations[text.scalars[start..<last]] else { return nil }
        return Part(start: place, digits: digits, end: last, rank: rank)
    }

    private func latinEnd(_ place: Int) -> Int {
        var last = place
        while scalar(last).isASCIILetter { last += 1 }
        return last
    }

    /// Hours, minutes and seconds as a duration, with decimals for the seconds; `nil` if the language has no words for
    /// it.
    func durationWords(_ values: [Int], decimals: String) -> String? {
        let nouns = rules.quantities.durations.dropFirst().map(\.noun)
        guard nouns.count == 3, !rules.numbers.and.isEmpty else { return nil }
        var parts = zip(values, nouns).filter { $0.0 > 0 }.map { "\($0) \($1[rules.quantities.form($0)])" }
        if !decimals.isEmpty {
            if values[2] > 0 { parts.removeLast() }
            let mark = Character(rules.numbers.decimalMark)
            parts.append("\(values[2])\(mark)\(decimals) \(nouns[2][rules.quantities.form(nil)])")
        }
        guard let last = parts.last else { return nil }
        return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " \(rules.numbers.and) " + last
    }
}
