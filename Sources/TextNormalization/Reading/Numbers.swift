// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// Reads what begins with a digit: a number and what belongs to it.
    mutating func readNumber() {
        if readHardwareAddress() || readDate() || readTelephone() || readCode() || readDuration() || readDottedDate()
            || readVersion() || readScore() || readRatio() || readFraction() || readOrdinal()
            || readDottedOrdinal() || readClock() || readHeight()
        {
            return
        }
        guard let number = number(at: index) else {
            index += 1
            return
        }
        readQuantity(number)
    }

    /// Reads a number or a range of numbers, and the unit after it.
    mutating func readQuantity(_ first: WrittenNumber) {
        if let currency = currency(after: first.range.upperBound) {
            return sayMoney(first, currency.currency, for: first.range.lowerBound..<currency.end)
        }
        if let scale = scale(at: first.range.upperBound), let currency = currency(after: scale.end) {
            let words = self.words(for: first, scale: scale.words, currency.currency)
            return say(words, for: first.range.lowerBound..<currency.end)
        }
        if let through = rules.dates.clockThrough ?? rules.numbers.through, clockBegins(after: first.range.upperBound) {
            // "11–12:30"
            index = first.range.upperBound
            return say(through, for: index..<index + 1)
        }
        let second = rules.numbers.through == nil ? nil : rangeEnd(after: first.range.upperBound)
        let last = second ?? first
        let isYear = rules.dates.year != nil && scalar(last.range.upperBound) != "%" && unit(after: last) == nil
        say(first, isYear: isYear)
        if let second, let through = rules.numbers.through {
            let isSum = isSum(after: second.range.upperBound)
            say(isSum ? rules.numbers.minus ?? through : through, for: index..<second.range.lowerBound)
            say(second, isYear: isYear)
        }
        readUnit(after: last)
        if second == nil { readThrough(after: last) }
    }

    /// Reads the dash of a range that has a unit at both ends: "10% - 15%", "9시~17시".
    private mutating func readThrough(after number: WrittenNumber) {
        var place = scalar(index) == "%" ? index + 1 : index
        if rules.numbers.decimalWord != nil, place == number.range.upperBound {
            while isLetter(place), place - number.range.upperBound < 4 { place += 1 }
        }
        guard let through = rules.numbers.through, place > number.range.upperBound, let second = rangeEnd(after: place)
        else {
            return
        }
        say(through, for: place..<second.range.lowerBound)
    }

    /// Whether a time of day follows the dash at `place`.
    private func clockBegins(after place: Int) -> Bool {
        guard rules.dates.clock != nil, scalar(place).isDash else { return false }
        let hours = text.digits(at: place + 1, before: end)
        guard (1...2).contains(hours.count), scalar(hours.upperBound) == ":" else { return false }
        let minutes = text.digits(at: hours.upperBound + 1, before: end)
        return minutes.count == 2 && scalar(minutes.upperBound) != ":"
    }

    /// Says a number for eSpeak NG: copied if that is how it reads numbers, else without the marks between its groups.
    private mutating func say(_ number: WrittenNumber, isYear: Bool) {
        if isYear, number.range.count == 4, let value = number.value, let words = rules.dates.year?(value) {
            say(words, for: number.range)
        } else if number.isForeign || number.fraction != nil && rules.numbers.decimalWord != nil {
            say(number.digits(rules.numbers), for: number.range)
        } else {
            index = number.range.upperBound
        }
    }

    /// The number after a hyphen or dash that follows a number: "5–10", "5 - 10", "10% - 15%".
    func rangeEnd(after place: Int) -> WrittenNumber? {
        var dash = place
        let spaced = scalar(dash).isBlank
        if spaced { dash += 1 }
        guard scalar(dash).isDash || scalar(dash) == "~" else { return nil }
        var start = dash + 1
        guard scalar(start).isBlank == spaced else { return nil }
        if spaced { start += 1 }
        guard isDigit(start), let second = number(at: start) else { return nil }
        let after = second.range.upperBound
        let chained = scalar(after).isDash && isDigit(after + 1)
        return chained || scalar(after) == ":" ? nil : second
    }

    /// Whether "=" follows, which makes the dash before it a minus.
    private func isSum(after place: Int) -> Bool {
        scalar(place) == "=" || scalar(place).isBlank && scalar(place + 1) == "="
    }

    /// "2.0.1": three or more numbers, joined by full stops.
    private mutating func readVersion() -> Bool {
        let first = text.digits(at: index, before: end).upperBound
        guard let point = rules.numbers.point, scalar(first) == ".", isDigit(first + 1) else { return false }
        var parts: [Range<Int>] = []
        var place = index
        while true {
            let digits = text.digits(at: place, before: end)
            guard !digits.isEmpty else { break }
            parts.append(digits)
            place = digits.upperBound + 1
            guard scalar(digits.upperBound) == "." else { break }
        }
        // "1.000.000" is one number if the language groups thousands with full stops.
        let isGrouped = rules.numbers.groupMark == "." && parts.dropFirst().allSatisfy { $0.count == 3 }
        guard parts.count >= 3, !isGrouped, let last = parts.last else { return false }
        let words = parts.map { text.string($0) }.joined(separator: " \(point) ")
        say(words, for: index..<last.upperBound)
        return true
    }

    /// "1/2", "3/4"; "1 1/2".
    private mutating func readFraction() -> Bool {
        guard let fraction = rules.numbers.fraction else { return false }
        let numerator = text.digits(at: index, before: end)
        guard numerator.count <= 3, scalar(numerator.upperBound) == "/", scalar(index - 1) != "/" else { return false }
        let denominator = text.digits(at: numerator.upperBound + 1, before: end)
        let next = scalar(denominator.upperBound)
        guard (1...3).contains(denominator.count), next != "/", !(next == "." && isDigit(denominator.upperBound + 1)),
            let over = Int(text.string(numerator)), let under = Int(text.string(denominator)),
            let words = fraction(over, under)
        else { return false }
        let isMixed = over < under && scalar(index - 1) == " " && isDigit(index - 2)
        let count = isMixed ? 2 : 1
        let amount = WrittenNumber(
            range: index..<denominator.upperBound, whole: String(count), fraction: nil, isForeign: false)
        say(isMixed ? "\(rules.numbers.and) \(words)" : words, for: amount.range)
        readUnit(after: amount)
        return true
    }

    /// "21st", "1990s": digits with letters right after them.
    private mutating func readOrdinal() -> Bool {
        guard let ordinal = rules.numbers.ordinal else { return false }
        let digits = text.digits(at: index, before: end)
        guard digits.count <= 9, let value = Int(text.string(digits)) else { return false }
        let last = wordEnd(digits.upperBound)
        guard (1...3).contains(last - digits.upperBound) else { return false }
        // "3rd-5th"
        let isRange = scalar(last).isDash && isDigit(last + 1) && scalar(last - 1) != "s"
        if isRange, let through = rules.numbers.through,
            ["st", "nd", "rd", "th"].contains(text.string(digits.upperBound..<last))
        {
            index = last
            say(through, for: last..<last + 1)
            return true
        }
        guard
            let words = ordinal(
                value, text.string(digits.upperBound..<last), precedingWord(index), followingWord(last))
        else { return false }
        // The apostrophe of "'80s" belongs to the decade.
        let isShortened = words.hasSuffix("ies") && (scalar(index - 1) == "'" || scalar(index - 1) == "’")
        say(words, for: (isShortened ? index - 1 : index)..<last)
        return true
    }

    /// The word after the space at `place`.
    private func followingWord(_ place: Int) -> String {
        guard scalar(place).isBlank, isLetter(place + 1) else { return "" }
        return text.string(place + 1..<min(wordEnd(place + 1), place + 9))
    }

    /// Feet and inches: 5'10".
    private mutating func readHeight() -> Bool {
        guard let height = rules.quantities.height else { return false }
        let feet = text.digits(at: index, before: end)
        guard feet.count <= 2, scalar(feet.upperBound) == "'" || scalar(feet.upperBound) == "′" else { return false }
        let inches = text.digits(at: feet.upperBound + 1, before: end)
        let mark = scalar(inches.upperBound)
        guard (1...2).contains(inches.count), mark == "\"" || mark == "″" || mark == "”" else { return false }
        say(height(text.string(feet), text.string(inches)), for: index..<inches.upperBound + 1)
        return true
    }
}

extension Unicode.Scalar {
    /// A hyphen, a dash or a minus.
    var isDash: Bool { self == "-" || self == "–" || self == "—" || self == "−" }
}
