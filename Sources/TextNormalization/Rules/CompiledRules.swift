// SPDX-License-Identifier: GPL-3.0-or-later

/// A language's rules, prepared for the readers: shared, since they are too large to copy for each run.
final class CompiledRules: Sendable {
    let rules: ReadingRules
    let calendar: Calendar
    /// Whether the names of weekdays and months are capitalized.
    let namesHaveCapitals: Bool
    let hasRomanNumerals: Bool
    let hasCenturies: Bool
    /// Whether a lowercase word is never a Roman numeral, a weekday or a month.
    let leavesSmallWords: Bool
    /// The tables of ``QuantityRules`` in which every number is looked up.
    let units: SymbolTable<ReadingRules.Noun>
    let closeUnits: SymbolTable<ReadingRules.Noun>
    let scales: SymbolTable<String>
    /// By symbol, the index in ``QuantityRules/durations``.
    let durations: SymbolTable<Int>
    private let abbreviations: FoldedTable<WordRules.Abbreviation>
    /// Abbreviations without a full stop and what they stand for, longest first.
    let short: [(word: [Unicode.Scalar], meaning: String)]
    /// By ASCII letter, whether one of `short` begins with it.
    private let beginsShort: [Bool]
    private let hasWideShort: Bool

    init(_ rules: ReadingRules) {
        self.rules = rules
        calendar = rules.dates.calendar
        namesHaveCapitals = rules.dates.calendar.hasCapitals
        hasRomanNumerals = rules.numbers.roman != nil
        hasCenturies = rules.numbers.century != nil
        leavesSmallWords = rules.numbers.century == nil && rules.dates.calendar.hasCapitals
        units = SymbolTable(rules.quantities.units.map { ($0.key, $0.value) })
        closeUnits = SymbolTable(rules.quantities.closeUnits.map { ($0.key, $0.value) })
        scales = SymbolTable(rules.quantities.scales.map { ($0.key, $0.value) })
        durations = SymbolTable(
            rules.quantities.durations.enumerated().flatMap { rank, part in part.symbols.map { ($0, rank) } })
        abbreviations = FoldedTable(rules.words.abbreviations.map { ($0.key, $0.value) })
        // "w/o" comes before "w/".
        short = rules.words.short.map { (Array($0.key.unicodeScalars), $0.value) }
            .sorted { $0.word.count > $1.word.count }
        let firsts = Set(short.compactMap { $0.word.first?.value })
        beginsShort = (0..<128).map { firsts.contains($0) }
        hasWideShort = firsts.contains { $0 >= 128 }
    }

    /// The rules of a language that separates words; `nil` for one that is left to eSpeak NG entirely.
    static func of(_ language: String) -> CompiledRules? {
        switch language.prefix(while: { $0 != "-" && $0 != "_" }) {
        case "en": english
        case "de": german
        case "fr": french
        case "es": spanish
        case "it": italian
        case "pt": portuguese
        case "ru": russian
        case "ja": japanese
        case "ko": korean
        default: nil
        }
    }

    /// What is said for an abbreviation, given without its last full stop; case doesn't matter.
    func abbreviation(_ word: FoldedWord) -> WordRules.Abbreviation? {
        abbreviations[word]
    }

    /// Whether an abbreviation without a full stop may begin with `first`.
    func mayBeShort(_ first: Unicode.Scalar) -> Bool {
        first.value < 128 ? beginsShort[Int(first.value)] : hasWideShort
    }

    private static let english = CompiledRules(.english)
    private static let german = CompiledRules(.german)
    private static let french = CompiledRules(.french)
    private static let spanish = CompiledRules(.spanish)
    private static let italian = CompiledRules(.italian)
    private static let portuguese = CompiledRules(.portuguese)
    private static let russian = CompiledRules(.russian)
    private static let japanese = CompiledRules(.japanese)
    private static let korean = CompiledRules(.korean)
}
