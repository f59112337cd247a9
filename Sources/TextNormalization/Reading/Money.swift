// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// "$29.95", "€ 5", "US$5", "$5–10 million": the symbol comes first.
    mutating func readMoney() -> Bool {
        let symbol = text.scalars[index]
        let start = scalar(index + 1).isBlank ? index + 2 : index + 1
        guard rules.quantities.currencies[symbol] != nil, isDigit(start), let number = number(at: start),
            let (currency, from) = currencyWithPrefix(symbol)
        else { return false }
        guard var place = secondAmount(after: number, symbol: symbol) else {
            sayMoney(number, currency, for: from..<number.range.upperBound)
            return true
        }
        // The currency is said once, after the second amount.
        say(number.digits(rules.numbers), for: from..<number.range.upperBound)
        say(rules.numbers.through ?? "", for: index..<place)
        if scalar(place) == symbol { place += 1 }
        guard let second = self.number(at: place) else { return true }
        sayMoney(second, currency, for: index..<second.range.upperBound)
        return true
    }

    /// "HKD13.5", "USD 5": the currency is said after the amount.
    mutating func readCurrencyCode(_ word: Range<Int>) -> Bool {
        let code = text.string(word)
        let start = isDigit(word.upperBound) ? word.upperBound : word.upperBound + 1
        guard CurrencyCodes.all.contains(code), let noun = rules.quantities.units[code], let number = number(at: start)
        else {
            return false
        }
        let words = "\(number.digits(rules.numbers)) \(noun[rules.quantities.form(number.value)])"
        say(words, for: word.lowerBound..<number.range.upperBound)
        return true
    }

    /// The currency whose symbol is at `index`, together with the letters before it, and where they begin. Those were
    /// read as a word but not yet spoken.
    private func currencyWithPrefix(_ symbol: Unicode.Scalar) -> (QuantityRules.Currency, start: Int)? {
        guard let currency = rules.quantities.currencies[symbol] else { return nil }
        var start = index
        while isLetter(start - 1), index - start < 3 { start -= 1 }
        let letters = text.string(start..<index)
        if let named = rules.quantities.namedCurrencies[letters] { return (named, start) }
        guard let adjective = rules.quantities.currencyPrefixes[letters] else { return (currency, index) }
        var prefixed = currency
        prefixed.unit = currency.unit.map { "\(adjective) \($0)" }
        return (prefixed, start)
    }

    /// Where the second amount of a range begins.
    private func secondAmount(after first: WrittenNumber, symbol: Unicode.Scalar) -> Int? {
        guard rules.numbers.through != nil, first.fraction == nil else { return nil }
        let place = first.range.upperBound
        if let second = rangeEnd(after: place) { return second.range.lowerBound }
        guard scalar(place).isDash, scalar(place + 1) == symbol, isDigit(place + 2) else { return nil }
        return place + 1
    }

    /// The currency whose symbol is at `place`, or after a space there.
    func currency(after place: Int) -> (currency: QuantityRules.Currency, end: Int)? {
        let start = scalar(place).isBlank ? place + 1 : place
        // Rules most characters out quickly.
        guard scalar(start) == "$" || !scalar(start).isASCII, let currency = rules.quantities.currencies[scalar(start)],
            !isDigit(start + 1)
        else { return nil }
        return (currency, start + 1)
    }

    /// Says the amount, its scale, the currency in the right form, and the cents.
    mutating func sayMoney(_ amount: WrittenNumber, _ currency: QuantityRules.Currency, for range: Range<Int>) {
        if let scale = scale(at: range.upperBound) {
            say(words(for: amount, scale: scale.words, currency), for: range.lowerBound..<scale.end)
        } else {
            say(words(for: amount, currency), for: range)
        }
        readPer()
    }

    func words(for amount: WrittenNumber, scale: String, _ currency: QuantityRules.Currency) -> String {
        "\(amount.digits(rules.numbers)) \(scale) \(currency.afterScale ?? currency.unit[rules.quantities.form(nil)])"
    }

    private func words(for amount: WrittenNumber, _ currency: QuantityRules.Currency) -> String {
        guard let fraction = amount.fraction, fraction.utf8.count == 2, let cents = Int(fraction),
            !currency.cent.isEmpty
        else { return "\(amount.digits(rules.numbers)) \(currency.unit[rules.quantities.form(amount.value)])" }
        let named = "\(cents) \(currency.cent[rules.quantities.form(cents)])"
        if Int(amount.whole) == 0 { return named }
        let large = "\(amount.whole) \(currency.unit[rules.quantities.form(Int(amount.whole))])"
        if cents == 0 { return large }
        return rules.quantities.namesCents ? "\(large) \(rules.quantities.centsJoin)\(named)" : "\(large) \(cents)"
    }

    /// "million" and the like, between a number and its currency.
    func scale(at place: Int) -> (words: String, end: Int)? {
        let start = scalar(place).isBlank ? place + 1 : place
        let last = wordEnd(start)
        guard last > start, last - start <= 12, let words = compiled.scales[text.scalars[start..<last]] else {
            return nil
        }
        // A single letter must come right after the digits: "$5M".
        if last - start == 1, start != place, !rules.words.isSpaceless { return nil }
        return (words, last)
    }
}
