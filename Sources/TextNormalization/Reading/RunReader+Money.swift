// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// "$29.95", "€ 5", "$5–10 million": the sign stands first.
    mutating func readMoney() -> Bool {
        let sign = text.scalars[index]
        let start = scalar(index + 1).isBlank ? index + 2 : index + 1
        guard rules.currencies[sign] != nil, isDigit(start), let number = number(at: start) else { return false }
        let (prefix, from) = currencyPrefix
        guard var place = secondAmount(after: number, sign: sign) else {
            sayMoney(number, sign: sign, prefix: prefix, for: from..<number.range.upperBound)
            return true
        }
        // The currency is said once, after the second amount.
        say(number.digits(decimalMark: rules.decimalMark), for: from..<number.range.upperBound)
        say(rules.through ?? "", for: index..<place)
        if scalar(place) == sign { place += 1 }
        guard let second = self.number(at: place) else { return true }
        sayMoney(second, sign: sign, prefix: prefix, for: index..<second.range.upperBound)
        return true
    }

    /// Letters that belong to the sign of a currency: "US$5". They are still to be spoken.
    private var currencyPrefix: (words: String, start: Int) {
        var start = index
        while isLetter(start - 1), index - start < 3 { start -= 1 }
        guard start < index, let words = rules.currencyPrefixes[text.string(start..<index)] else { return ("", index) }
        return (words + " ", start)
    }

    /// Where the second amount of a range begins.
    private func secondAmount(after first: WrittenNumber, sign: Unicode.Scalar) -> Int? {
        guard rules.through != nil, first.fraction == nil else { return nil }
        let place = first.range.upperBound
        if let second = rangeEnd(after: place) { return second.range.lowerBound }
        guard scalar(place).isDash, scalar(place + 1) == sign, isDigit(place + 2) else { return nil }
        return place + 1
    }

    /// The sign of a currency behind a number.
    func currency(after number: WrittenNumber) -> (sign: Unicode.Scalar, end: Int)? {
        let place = number.range.upperBound
        let sign = scalar(place).isBlank ? place + 1 : place
        guard rules.currencies[scalar(sign)] != nil, !isDigit(sign + 1) else { return nil }
        return (scalar(sign), sign + 1)
    }

    /// The amount, its scale, the currency in its form, the cents.
    mutating func sayMoney(
        _ amount: WrittenNumber, sign: Unicode.Scalar, prefix: String = "", for range: Range<Int>
    ) {
        defer { readPer() }
        guard let currency = rules.currencies[sign] else { return }
        if let scale = scale(at: range.upperBound) {
            let number = amount.digits(decimalMark: rules.decimalMark)
            let unit = currency.afterScale ?? currency.unit[rules.form(2)]
            return say("\(number) \(scale.words) \(prefix)\(unit)", for: range.lowerBound..<scale.end)
        }
        guard let fraction = amount.fraction, fraction.utf8.count == 2, let cents = Int(fraction),
            !currency.cent.isEmpty
        else {
            let unit = currency.unit[rules.form(amount.value)]
            return say("\(amount.digits(decimalMark: rules.decimalMark)) \(prefix)\(unit)", for: range)
        }
        let small = "\(cents) \(currency.cent[rules.form(cents)])"
        if Int(amount.whole) == 0 { return say(small, for: range) }
        let large = "\(amount.whole) \(prefix)\(currency.unit[rules.form(Int(amount.whole))])"
        say(cents == 0 ? large : "\(large) \(rules.centsJoin)\(small)", for: range)
    }

    /// "million" and the like between a number and its currency.
    private func scale(at place: Int) -> (words: String, end: Int)? {
        let start = scalar(place).isBlank ? place + 1 : place
        let last = wordEnd(start)
        guard last > start, last - start <= 12, let words = rules.scales[text.string(start..<last)] else { return nil }
        // A single letter must stand right behind the digits: "$5M".
        if last - start == 1, start != place { return nil }
        return (words, last)
    }
}
