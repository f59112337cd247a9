// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// What begins with a digit: a number with what belongs to it.
    mutating func readFigure() {
        if readTelephone() || readDate() || readVersion() || readFraction() || readOrdinal() || readClock() { return }
        guard let number = number(at: index) else {
            index += 1
            return
        }
        if readYear(number) { return }
        readQuantity(number)
    }

    /// A number or a range of numbers, and the unit behind it.
    mutating func readQuantity(_ first: WrittenNumber) {
        if let currency = currency(after: first), rules.currencies[currency.sign] != nil {
            return sayMoney(first, sign: currency.sign, for: first.range.lowerBound..<currency.end)
        }
        say(first)
        var last = first
        if let second = rangeEnd(after: first.range.upperBound), let through = rules.through {
            say(
                isSum(after: second.range.upperBound) ? rules.minus ?? through : through,
                for: index..<second.range.lowerBound)
            say(second)
            last = second
        }
        readUnit(after: last)
    }

    /// A number as eSpeak reads it: copied where it is written so, else without marks between its groups.
    mutating func say(_ number: WrittenNumber) {
        if number.isForeign {
            say(number.digits(decimalMark: rules.decimalMark), for: number.range)
        } else {
            index = number.range.upperBound
        }
    }

    /// The number behind a hyphen or dash after a number: "5–10", "5 - 10".
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

    /// Whether "=" follows: then a dash before was a minus.
    private func isSum(after place: Int) -> Bool {
        scalar(place) == "=" || scalar(place).isBlank && scalar(place + 1) == "="
    }

    /// "2.0.1": three or more numbers joined by full stops.
    private mutating func readVersion() -> Bool {
        guard let point = rules.point else { return false }
        var parts: [Range<Int>] = []
        var place = index
        while true {
            let digits = text.digits(at: place, before: end)
            guard !digits.isEmpty else { break }
            parts.append(digits)
            place = digits.upperBound + 1
            guard scalar(digits.upperBound) == "." else { break }
        }
        guard parts.count >= 3, let last = parts.last else { return false }
        let words = parts.map { text.string($0) }.joined(separator: " \(point) ")
        say(words, for: index..<last.upperBound)
        return true
    }

    /// "1/2", "3/4".
    private mutating func readFraction() -> Bool {
        guard let fraction = rules.fraction else { return false }
        let numerator = text.digits(at: index, before: end)
        guard numerator.count <= 3, scalar(numerator.upperBound) == "/" else { return false }
        let denominator = text.digits(at: numerator.upperBound + 1, before: end)
        guard (1...3).contains(denominator.count), scalar(denominator.upperBound) != "/",
            !(scalar(denominator.upperBound) == "." && isDigit(denominator.upperBound + 1)),
            let over = Int(text.string(numerator)), let under = Int(text.string(denominator)),
            let words = fraction(over, under)
        else { return false }
        say(words, for: index..<denominator.upperBound)
        return true
    }

    /// "21st": digits with letters right behind them.
    private mutating func readOrdinal() -> Bool {
        guard let ordinal = rules.ordinal else { return false }
        let digits = text.digits(at: index, before: end)
        guard digits.count <= 9, let value = Int(text.string(digits)) else { return false }
        let last = wordEnd(digits.upperBound)
        guard (1...3).contains(last - digits.upperBound),
            let words = ordinal(value, text.string(digits.upperBound..<last))
        else { return false }
        say(words, for: index..<last)
        return true
    }

    /// "10:05".
    private mutating func readClock() -> Bool {
        guard let clock = rules.clock else { return false }
        let hours = text.digits(at: index, before: end)
        guard hours.count <= 2, scalar(hours.upperBound) == ":" else { return false }
        let minutes = text.digits(at: hours.upperBound + 1, before: end)
        guard minutes.count == 2, scalar(minutes.upperBound) != ":", let hour = Int(text.string(hours)), hour < 25,
            let minute = Int(text.string(minutes)), minute < 60, let words = clock(hour, minute)
        else { return false }
        say(words, for: index..<minutes.upperBound)
        return true
    }

    /// A number of four digits that is read like a year.
    private mutating func readYear(_ number: WrittenNumber) -> Bool {
        guard let year = rules.year, number.range.count == 4, let value = number.value, unit(after: number) == nil,
            let words = year(value)
        else { return false }
        let decade = number.range.upperBound
        say(words, for: number.range)
        _ = decade
        return true
    }
}

extension Unicode.Scalar {
    /// A hyphen, a dash or a minus.
    var isDash: Bool { self == "-" || self == "–" || self == "—" || self == "−" }
}
