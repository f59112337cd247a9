// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// Says the unit after a number that was just read.
    mutating func readUnit(after number: WrittenNumber) {
        let percentSign = scalar(index).isBlank ? index + 1 : index
        if let percent = rules.quantities.percent, scalar(percentSign) == "%" {
            return say(percent[rules.quantities.form(number.value)], for: percentSign..<percentSign + 1)
        }
        if isLetter(number.range.upperBound), !isLetter(number.range.upperBound + 1),
            isLabel(number.range.upperBound, behind: number)
        {
            labelEnd = number.range.upperBound + 1
            index = number.range.upperBound + 1
            return
        }
        guard let unit = unit(after: number) else { return }
        let symbol = text.string(unit.start..<unit.end)
        if symbol == "x", let by = rules.quantities.by, isDigit(unit.end) {
            return say(" \(by) ", for: unit.start..<unit.end)
        }
        let words = unit.noun[rules.quantities.form(number.value)]
        let isDotted = rules.quantities.dottedUnits.contains(symbol)
        // A unit's full stop doesn't end the sentence if words follow; before a capital it may.
        let goesOn = unit.end + 1 < end && (!isCapital(unit.end + 2) || rules.words.hasSpacedAbbreviations && isDotted)
        let hasStop = rules.quantities.unitsHaveStops && scalar(unit.end) == "." && goesOn
        say(words, for: unit.start..<(hasStop ? unit.end + 1 : unit.end))
        readPer()
    }

    /// "km/h" and the like without a number before it.
    mutating func readLoneUnit() -> Bool {
        let last = unitSymbolEnd(index)
        guard last - index >= 3, last - index <= 10, let noun = rules.quantities.units[text.string(index..<last)],
            text.scalars[index..<last].contains("/")
        else { return false }
        say(noun[rules.quantities.form(nil)], for: index..<last)
        return true
    }

    /// The longest known unit after a number.
    func unit(after number: WrittenNumber) -> (noun: ReadingRules.Noun, start: Int, end: Int)? {
        let place = number.range.upperBound
        let isClose = !scalar(place).isBlank
        let start = isClose ? place : place + 1
        var last = unitSymbolEnd(start)
        if rules.words.isSpaceless { last = min(last, start + 4) }
        guard last > start, last - start <= Self.longestUnit else { return nil }
        while last > start {
            if isUnitBoundary(last) {
                let symbol = text.scalars[start..<last]
                let isSure =
                    isClose || scalar(last) == "." && rules.quantities.dottedUnits.contains(text.string(start..<last))
                if let noun = compiled.units[symbol] ?? (isSure ? compiled.closeUnits[symbol] : nil),
                    symbol.count > 1 || symbol.first != "x" || !isFormula(last)
                {
                    return (noun, start, last)
                }
            }
            last -= 1
        }
        return nil
    }

    /// Whether what ends at `place` is part of a formula: "2x + 1", "y = 2x".
    private func isFormula(_ place: Int) -> Bool {
        let next = scalar(place).isBlank ? place + 1 : place
        if ["+", "-", "−", "=", "^", "*", "²", ")"].contains(scalar(next)) { return true }
        return (max(place - 12, range.lowerBound)..<place).contains { scalar($0) == "=" }
    }

    /// Whether a unit may end at `place`: not inside a word. "MB/s" is "MB" and "per second". A word of another script
    /// may follow, and in Japanese a word of the same: "100円です", "5kg을".
    private func isUnitBoundary(_ place: Int) -> Bool {
        guard isLetter(place) else { return true }
        let script = Script(text.scalars[place])
        return script != Script(text.scalars[place - 1]) || rules.words.isSpaceless && script.isSpaceless
    }

    /// "/s", "/month" after a quantity.
    mutating func readPer() {
        guard let per = rules.quantities.per, scalar(index) == "/" else { return }
        let last = unitSymbolEnd(index + 1)
        guard last > index + 1 else { return }
        if last - index <= 10,
            let noun = rules.quantities.units[text.string(index + 1..<last)]
                ?? rules.quantities.closeUnits[text.string(index + 1..<last)]
        {
            // "/mo. works": the full stop doesn't end the sentence.
            let hasStop =
                rules.quantities.unitsHaveStops && scalar(last) == "." && scalar(last + 1).isBlank
                && isLetter(last + 2) && !isCapital(last + 2)
            say(" \(per) \(noun[0])", for: index..<(hasStop ? last + 1 : last))
        } else {
            say(" \(per) ", for: index..<index + 1)
        }
    }

    /// Longer symbols are not units.
    private static let longestUnit = 12

    /// The position after letters and symbols that units are made of.
    private func unitSymbolEnd(_ place: Int) -> Int {
        var last = place
        while last - place <= Self.longestUnit, isLetter(last) || scalar(last).isInUnitSymbol { last += 1 }
        // A slash at the end isn't part of the unit.
        while last > place, scalar(last - 1) == "/" { last -= 1 }
        return last
    }
}

extension Unicode.Scalar {
    fileprivate var isInUnitSymbol: Bool {
        switch self {
        case "°", "℃", "℉", "µ", "Ω", "²", "³", "/", "·", "μ", "‰": true
        default: false
        }
    }
}
