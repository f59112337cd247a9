// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let english: ReadingRules = {
        var rules = ReadingRules()
        rules.addEnglishNames()
        rules.numbers.point = "point"
        rules.numbers.minus = "minus"
        rules.numbers.through = " to "
        rules.quantities.per = "per"
        rules.quantities.by = "by"
        rules.numbers.number = "number"
        rules.words.sharp = "sharp"
        rules.numbers.and = "and"
        rules.numbers.about = "about"
        rules.quantities.centsJoin = "and "
        rules.quantities.currencies = [
            "$": .init(unit: ["dollar", "dollars"], cent: ["cent", "cents"]),
            "€": .init(unit: ["euro", "euros"], cent: ["cent", "cents"]),
            "£": .init(unit: ["pound", "pounds"], cent: ["penny", "pence"]),
            "¥": .init(unit: ["yen", "yen"]),
            "₹": .init(unit: ["rupee", "rupees"], cent: ["paisa", "paise"]),
            "₩": .init(unit: ["won", "won"]),
            "₽": .init(unit: ["ruble", "rubles"], cent: ["kopek", "kopeks"]),
            "₿": .init(unit: ["bitcoin", "bitcoins"]),
        ]
        rules.quantities.scales = [
            "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
            "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million", "bn": "billion",
            "B": "billion", "b": "billion", "T": "trillion", "tn": "trillion",
        ]
        rules.quantities.units = EnglishWords.units
        rules.quantities.closeUnits = EnglishWords.closeUnits
        rules.quantities.dottedUnits = ["in"]
        rules.quantities.unitsHaveStops = true
        rules.words.symbols = [
            "→": "to", "⇒": "to", "←": "from", "↔": "and", "/": " ", "℃": "degrees Celsius", "℉": "degrees Fahrenheit",
            "≈": "approximately", "√": "the square root of", "∞": "infinity", "π": "pi", "α": "alpha", "β": "beta",
            "γ": "gamma", "δ": "delta", "Δ": "delta", "ε": "epsilon", "θ": "theta", "λ": "lambda", "μ": "mu",
            "σ": "sigma", "Σ": "sigma", "φ": "phi", "ω": "omega", "Ω": "omega", "¢": "cents", "\\": " ", "•": "",
            "·": " ", "↑": "up", "↓": "down", "∈": "in", "∉": "not in", "∩": "intersection", "∪": "union",
            "⊂": "is a subset of", "⊆": "is a subset of", "∅": "the empty set", "∀": "for all", "∃": "there exists",
            "∑": "the sum of", "∏": "the product of", "∫": "the integral of", "∂": "partial", "∇": "nabla",
            "⊥": "is perpendicular to", "∥": "is parallel to", "∠": "angle", "△": "triangle", "∝": "is proportional to",
            "∧": "and", "∨": "or", "¬": "not", "⇔": "if and only if", "±": "plus or minus", "÷": "divided by",
        ]
        rules.words.operators = [
            "<": "less than", ">": "greater than", "×": "times", "−": "minus", "≠": "is not equal to",
            "≥": "greater than or equal to", "≤": "less than or equal to", "=": "equals",
        ]
        rules.words.abbreviations = EnglishWords.abbreviations
        rules.dates.dayOfMonth = { EnglishWords.ordinal($0) }
        let months = rules.dates.calendar.months
        rules.dates.date = { year, month, day in
            let spoken = "\(months[month - 1]) \(EnglishWords.ordinal(day))"
            return year.map { "\(spoken), \(EnglishWords.year($0) ?? String($0))" } ?? spoken
        }
        rules.numbers.fraction = EnglishWords.fraction
        rules.numbers.ordinal = EnglishWords.ordinal
        rules.dates.year = EnglishWords.year
        rules.quantities.height = { feet, inches in "\(feet) foot \(inches)" }
        rules.quantities.currencyPrefixes = [
            "US": "US", "A": "Australian", "AU": "Australian", "C": "Canadian", "CA": "Canadian", "HK": "Hong Kong",
            "NT": "Taiwan", "S": "Singapore", "NZ": "New Zealand",
        ]
        rules.dates.clock = EnglishWords.clock
        rules.numbers.roman = EnglishWords.roman
        rules.numbers.power = EnglishWords.power
        return rules
    }()
}
