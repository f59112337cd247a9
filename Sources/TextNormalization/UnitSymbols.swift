// SPDX-License-Identifier: GPL-3.0-or-later

/// Latin unit symbols after numbers that are read in another language than Latin text.
enum UnitSymbols {
    /// The position after a Latin unit that follows a number read in another language: "5 km" in Chinese text.
    static func end(in text: CleanText, after index: Int, language: String) -> Int {
        guard index < text.count else { return index }
        let start = text.scalars[index].isBlank ? index + 1 : index
        guard start < text.count,
            text.script(at: start) == .latin || text.scalars[start] == "µ" || text.scalars[start] == "°"
        else { return index }
        return end(in: text, at: start, language: language) ?? index
    }

    /// The position after the unit symbol at `place`, if `language` knows it.
    static func end(in text: CleanText, at place: Int, language: String) -> Int? {
        if ScriptRun.isChinese(language) {
            return chinese(in: text, at: place, before: text.count)?.end
                ?? text.halfDay(at: place, before: text.count)?.end
        }
        guard let rules = CompiledRules.of(language)?.rules,
            let last = symbolEnd(in: text, at: place, before: text.count),
            rules.quantities.units[text.string(place..<last)] != nil
        else { return nil }
        return last
    }

    static func chinese(in text: CleanText, at place: Int, before end: Int) -> (words: String, end: Int)? {
        guard var last = symbolEnd(in: text, at: place, before: end) else { return nil }
        if last == place + 1, let words = text.duration(at: place, before: end) { return (words, last) }
        if last == place + 1, text.isLabel(at: place, before: end) { return nil }
        while last > place {
            if let words = ChineseWords.units[text.string(place..<last)] { return (words, last) }
            guard let slash = text.scalars[place..<last].lastIndex(of: "/") else { return nil }
            last = slash
        }
        return nil
    }

    /// The position after the letters and symbols at `place`; `nil` if there are none, or too many for a unit.
    private static func symbolEnd(in text: CleanText, at place: Int, before end: Int) -> Int? {
        var last = place
        while last < end, last - place < 8, isInSymbol(text.scalars[last]) { last += 1 }
        // A part of a longer word is not a unit.
        return last > place && (last == end || !isInSymbol(text.scalars[last])) ? last : nil
    }

    private static func isInSymbol(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCIILetter { return true }
        switch scalar {
        case "°", "℃", "℉", "µ", "μ", "Ω", "²", "³", "/": return true
        default: return false
        }
    }
}
