// SPDX-License-Identifier: GPL-3.0-or-later

/// The rules of a language as readers use them: shared, since they are too many to be copied for each run.
final class Rulebook: Sendable {
    let rules: ReadingRules
    /// By the number of a ``FoldedWord``.
    private let abbreviations: [UInt64: WordRules.Abbreviation]

    init(_ rules: ReadingRules) {
        self.rules = rules
        var abbreviations: [UInt64: WordRules.Abbreviation] = [:]
        for (name, abbreviation) in rules.words.abbreviations {
            abbreviations[FoldedWord(name.unicodeScalars).number] = abbreviation
        }
        self.abbreviations = abbreviations
    }

    /// The rules of a language that is written in words; nil for one that is left to eSpeak NG altogether.
    static func of(_ language: String) -> Rulebook? {
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

    /// What is said for an abbreviation, given without its last full stop; capitals do not count.
    func abbreviation(_ word: FoldedWord) -> WordRules.Abbreviation? {
        abbreviations[word.number]
    }

    private static let english = Rulebook(.english)
    private static let german = Rulebook(.german)
    private static let french = Rulebook(.french)
    private static let spanish = Rulebook(.spanish)
    private static let italian = Rulebook(.italian)
    private static let portuguese = Rulebook(.portuguese)
    private static let russian = Rulebook(.russian)
    private static let japanese = Rulebook(.japanese)
    private static let korean = Rulebook(.korean)
}

/// A word in small letters as one number, so that it is looked up without making a string of it.
///
/// The number is the FNV-1a hash of its scalars; a test shows that no two abbreviations of a language share one.
struct FoldedWord {
    let number: UInt64

    init(_ word: some Sequence<Unicode.Scalar>) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for scalar in word { hash = (hash ^ UInt64(Self.small(scalar))) &* 0x0000_0100_0000_01B3 }
        number = hash
    }

    /// The small letter of a capital of ASCII, Latin-1, Greek or Cyrillic.
    private static func small(_ scalar: Unicode.Scalar) -> UInt32 {
        switch scalar.value {
        case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x0391...0x03A9, 0x0410...0x042F: scalar.value + 0x20
        case 0x0400...0x040F: scalar.value + 0x50
        default: scalar.value
        }
    }
}
