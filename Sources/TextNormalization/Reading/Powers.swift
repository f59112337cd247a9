// SPDX-License-Identifier: GPL-3.0-or-later

/// Superscripts and fraction characters.
extension RunReader {
    /// "x²", "10^6", "10⁻³".
    mutating func readPower() {
        var place = text.scalars[index] == "^" ? index + 1 : index
        var isNegative = false
        var exponent = 0
        let start = place
        let base = index - 1
        while place < end, place - start < 4 {
            let scalar = text.scalars[place]
            if scalar == "⁻" || scalar == "-" && place == start {
                isNegative = true
            } else if let digit = scalar.isDigit && text.scalars[index] == "^" ? scalar.digit : scalar.superscript {
                exponent = exponent * 10 + digit
            } else {
                break
            }
            place += 1
        }
        if let minus = rules.numbers.minus, isLetter(index - 1), place > start, text.scalars[index] != "^",
            isNegative && text.scalars[place - 1] == "⁻" || scalar(place) == "⁺"
        {
            // The charge of an ion: "Fe²⁺", "O²⁻".
            let amount = exponent > 0 ? "\(exponent) " : ""
            return say(" " + amount + (isNegative ? minus : "+"), for: index..<(isNegative ? place : place + 1))
        }
        guard let power = rules.numbers.power, place > start,
            isLetter(index - 1) || isDigit(index - 1) || scalar(index - 1) == ")"
        else {
            index += 1
            return
        }
        say(power(isNegative ? -exponent : exponent), for: index..<place)
        // "10⁹/L", "10¹⁶ J"
        guard isDigit(base) else { return }
        readUnit(after: WrittenNumber(range: place - 1..<place, whole: "2", fraction: nil, isForeign: false))
        readPer()
    }

    private static let fractions: [Unicode.Scalar: (Int, Int)] = [
        "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
        "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅑": (1, 9), "⅒": (1, 10), "⅛": (1, 8), "⅜": (3, 8),
        "⅝": (5, 8), "⅞": (7, 8),
    ]

    /// "½", "1¾".
    mutating func readFractionCharacter() -> Bool {
        guard !text.scalars[index].isASCII, let fraction = Self.fractions[text.scalars[index]],
            let words = rules.numbers.fraction?(fraction.0, fraction.1)
        else {
            return false
        }
        let isMixed = isDigit(index - 1)
        let amount = WrittenNumber(
            range: index..<index + 1, whole: isMixed ? "2" : "1", fraction: nil, isForeign: false)
        say(isMixed ? " \(rules.numbers.and) \(words)" : words, for: amount.range)
        readUnit(after: amount)
        return true
    }
}

extension Unicode.Scalar {
    /// The value of a superscript digit.
    fileprivate var superscript: Int? {
        switch self {
        case "¹": 1
        case "²": 2
        case "³": 3
        case "⁰", "⁴"..."⁹": Int(value) - 0x2070
        default: nil
        }
    }
}
