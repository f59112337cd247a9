// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// Says the unit behind a number that was just read.
    mutating func readUnit(after number: WrittenNumber) {
        if let percent = rules.percent, scalar(index) == "%" || scalar(index).isBlank && scalar(index + 1) == "%" {
            return say(" " + percent, for: index..<(scalar(index) == "%" ? index + 1 : index + 2))
        }
        guard let unit = unit(after: number) else { return }
        let words = unit.noun[rules.form(number.value)]
        say(scalar(index).isBlank ? " " + words : words, for: index..<unit.end)
        readPer()
    }

    /// "km/h" and the like without a number before it.
    mutating func readLoneUnit() -> Bool {
        let last = unitSignEnd(index)
        guard last - index >= 3, last - index <= 10, let noun = rules.units[text.string(index..<last)],
            text.scalars[index..<last].contains("/")
        else { return false }
        say(noun[rules.form(nil)], for: index..<last)
        return true
    }

    /// The unit behind a number, the longest that is known.
    func unit(after number: WrittenNumber) -> (noun: ReadingRules.Noun, end: Int)? {
        let place = number.range.upperBound
        let isClose = !scalar(place).isBlank
        let start = isClose ? place : place + 1
        var last = unitSignEnd(start)
        guard last > start, last - start <= Self.longestUnit else { return nil }
        while last > start {
            let sign = text.string(start..<last)
            if let noun = rules.units[sign] ?? (isClose ? rules.closeUnits[sign] : nil) { return (noun, last) }
            // "MB/s" is "MB", and "per second" by the next step.
            guard let slash = text.scalars[start..<last].lastIndex(of: "/") else { return nil }
            last = slash
        }
        return nil
    }

    /// "/s", "/month" behind a quantity.
    mutating func readPer() {
        guard let per = rules.per, scalar(index) == "/" else { return }
        let last = unitSignEnd(index + 1)
        guard last > index + 1 else { return }
        if last - index <= 10,
            let noun = rules.units[text.string(index + 1..<last)]
                ?? rules.closeUnits[text.string(index + 1..<last)]
        {
            say(" \(per) \(noun[0])", for: index..<last)
        } else {
            say(" \(per) ", for: index..<index + 1)
        }
    }

    /// Longer signs are no units.
    private static let longestUnit = 12

    /// Past letters and signs that units are made of.
    private func unitSignEnd(_ place: Int) -> Int {
        var last = place
        while last - place <= Self.longestUnit, isLetter(last) || scalar(last).isUnitSign { last += 1 }
        // A slash at the end belongs to something else.
        while last > place, scalar(last - 1) == "/" { last -= 1 }
        return last
    }
}

extension Unicode.Scalar {
    fileprivate var isUnitSign: Bool {
        switch self {
        case "°", "℃", "℉", "µ", "Ω", "²", "³", "/", "·", "μ", "‰": true
        default: false
        }
    }
}
