// SPDX-License-Identifier: GPL-3.0-or-later

/// What the words around a full stop say, in one language; all in small letters, without the last full stop.
struct LanguageRules: Sendable {
    /// Something always follows: titles and the like.
    var prefixes: Set<String>
    /// End a sentence only if what follows begins one.
    var abbreviations: Set<String>
    /// Abbreviations only before a number: `No. 5`, `p. 3`; else words.
    var beforeNumbers: Set<String>
    /// Words that, with a capital, most probably begin a sentence.
    var starters: Set<String>
    /// `a.m.`: after the time of day a sentence may end before any capital.
    var timesOfDay: Set<String>
    /// Words that begin a sentence whose verb comes after a time of day: "At 5 a.m. Mr. Smith …".
    var timePrepositions: Set<String>
    /// Names of months: `3. Juli`.
    var months: Set<String>
    /// Words before a number that counts: `der 2. Weltkrieg`. Empty where numbers don't have a full stop then.
    var beforeOrdinals: Set<String>

    var hasOrdinalStops: Bool { !beforeOrdinals.isEmpty }

    init(
        prefixes: String = "", abbreviations: String = "", beforeNumbers: String = "", starters: String = "",
        timesOfDay: String = "", timePrepositions: String = "", months: String = "", beforeOrdinals: String = ""
    ) {
        self.prefixes = Self.words(prefixes)
        self.abbreviations = Self.words(abbreviations)
        self.beforeNumbers = Self.words(beforeNumbers)
        self.starters = Self.words(starters)
        self.timesOfDay = Self.words(timesOfDay)
        self.timePrepositions = Self.words(timePrepositions)
        self.months = Self.words(months)
        self.beforeOrdinals = Self.words(beforeOrdinals)
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// The rules for a BCP 47 tag. What every text may hold comes with them: English titles, and Russian
    /// abbreviations, whose letters tell what they are.
    static func rules(for language: String) -> LanguageRules {
        let own: LanguageRules =
            switch language.lowercased().prefix(while: { $0 != "-" && $0 != "_" }) {
            case "de": german
            case "fr": french
            case "es": spanish
            case "it": italian
            case "pt": portuguese
            default: english
            }
        return own.joined(with: russian).joined(with: everywhere)
    }

    private func joined(with other: LanguageRules) -> LanguageRules {
        var rules = self
        rules.prefixes.formUnion(other.prefixes)
        rules.abbreviations.formUnion(other.abbreviations)
        rules.beforeNumbers.formUnion(other.beforeNumbers)
        rules.starters.formUnion(other.starters)
        rules.timesOfDay.formUnion(other.timesOfDay)
        rules.timePrepositions.formUnion(other.timePrepositions)
        rules.months.formUnion(other.months)
        return rules
    }

    func isPrefix(_ word: String) -> Bool { prefixes.contains(word) }
    func isAbbreviation(_ word: String) -> Bool { abbreviations.contains(word) || prefixes.contains(word) }
    func isBeforeNumber(_ word: String) -> Bool { beforeNumbers.contains(word) }
    /// Words are put together: "Hauptstr. 12".
    func isSuffixBeforeNumber(_ word: String) -> Bool { hasOrdinalStops && word.hasSuffix("str") }
    func isStarter(_ word: String) -> Bool { starters.contains(Self.unapostrophed(word)) }
    func isTimeOfDay(_ word: String) -> Bool { timesOfDay.contains(word) }
    /// Whether `word` ends the name of a site, as in `example.Com`.
    func isDomain(_ word: String) -> Bool { Self.domains.contains(word) }

    /// `it's` → `it`
    private static func unapostrophed(_ word: String) -> String {
        guard let apostrophe = word.firstIndex(where: { $0 == "'" || $0 == "’" }) else { return word }
        return String(word[..<apostrophe])
    }

    private static let domains = words("com org net edu gov io ai dev app co uk de fr es it cn jp ru info js py")

    private static let everywhere = LanguageRules(
        prefixes: "mr mrs ms messrs dr prof e.g i.e et.al vs",
        abbreviations: "st mt jr sr ph.d u.s u.k e.u u.n u.s.a inc ltd co corp etc",
        beforeNumbers: "no nos nr n° nº vol fig p pp",
        timesOfDay: "a.m p.m")
}
