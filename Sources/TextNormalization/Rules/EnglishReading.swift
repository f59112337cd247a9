// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let english: ReadingRules = {
        var rules = ReadingRules()
        rules.point = "point"
        rules.minus = "minus"
        rules.through = " to "
        rules.per = "per"
        rules.by = "by"
        rules.number = "number"
        rules.sharp = "sharp"
        rules.and = "and"
        rules.about = "about"
        rules.centsJoin = "and "
        rules.currencies = [
            "$": Currency(unit: ["dollar", "dollars"], cent: ["cent", "cents"]),
            "€": Currency(unit: ["euro", "euros"], cent: ["cent", "cents"]),
            "£": Currency(unit: ["pound", "pounds"], cent: ["penny", "pence"]),
            "¥": Currency(unit: ["yen", "yen"]),
            "₹": Currency(unit: ["rupee", "rupees"], cent: ["paisa", "paise"]),
            "₩": Currency(unit: ["won", "won"]),
            "₽": Currency(unit: ["ruble", "rubles"], cent: ["kopek", "kopeks"]),
            "₿": Currency(unit: ["bitcoin", "bitcoins"]),
        ]
        rules.scales = [
            "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
            "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million", "bn": "billion",
            "B": "billion", "b": "billion", "T": "trillion", "tn": "trillion",
        ]
        rules.units = EnglishWords.units
        rules.closeUnits = EnglishWords.closeUnits
        rules.unitsHaveStops = true
        rules.symbols = [
            "→": "to", "⇒": "to", "←": "from", "↔": "and", "/": " ", "℃": "degrees Celsius", "℉": "degrees Fahrenheit",
            "≈": "approximately", "√": "the square root of", "∞": "infinity", "π": "pi", "α": "alpha", "β": "beta",
            "γ": "gamma", "δ": "delta", "Δ": "delta", "ε": "epsilon", "θ": "theta", "λ": "lambda", "μ": "mu",
            "σ": "sigma", "Σ": "sigma", "φ": "phi", "ω": "omega", "Ω": "omega", "¢": "cents", "\\": " ", "•": "",
            "·": " ",
        ]
        rules.operators = [
            "<": "less than", ">": "greater than", "×": "times", "−": "minus", "≠": "is not equal to",
            "≥": "greater than or equal to", "≤": "less than or equal to", "=": "equals",
        ]
        rules.abbreviations = EnglishWords.abbreviations
        rules.months = EnglishWords.months
        rules.date = { year, month, day in
            let spoken = "\(EnglishWords.months[month - 1]) \(EnglishWords.ordinal(day))"
            return year.map { "\(spoken), \($0)" } ?? spoken
        }
        rules.fraction = EnglishWords.fraction
        rules.ordinal = EnglishWords.ordinal
        rules.year = EnglishWords.year
        rules.height = { feet, inches in "\(feet) foot \(inches)" }
        rules.currencyPrefixes = [
            "US": "US", "A": "Australian", "AU": "Australian", "C": "Canadian", "CA": "Canadian", "HK": "Hong Kong",
            "NT": "Taiwan", "S": "Singapore", "NZ": "New Zealand",
        ]
        rules.clock = EnglishWords.clock
        rules.roman = EnglishWords.roman
        rules.power = EnglishWords.power
        return rules
    }()
}
