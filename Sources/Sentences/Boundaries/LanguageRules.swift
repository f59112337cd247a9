// SPDX-License-Identifier: GPL-3.0-or-later

/// What the words around a full stop mean in one language. Words are in lower case, without the last full stop, and
/// separated by spaces.
struct LanguageWords: Sendable {
    /// Titles and the like, which something always follows.
    var prefixes = ""
    /// They end a sentence only if what follows begins one.
    var abbreviations = ""
    /// Abbreviations only before a number: `No. 5`, `p. 3`; otherwise words.
    var beforeNumbers = ""
    /// Words that, when capitalized, most probably begin a sentence.
    var starters = ""
    /// `a.m.`: after a time of day, a sentence may end before any capital.
    var timesOfDay = ""
    /// Words that begin a sentence whose verb comes after a time of day: "At 5 a.m. Mr. Smith …".
    var timePrepositions = ""
    /// The names of the months: `3. Juli`.
    var months = ""
    /// Words before an ordinal: `der 2. Weltkrieg`. Empty if the language writes ordinals without a full stop.
    var beforeOrdinals = ""
    /// Endings of words that numbers follow: `Hauptstr. 12`.
    var endsBeforeNumbers: [String] = []

    /// Words that may occur in a text in any language.
    static let everywhere = LanguageWords(
        prefixes: "mr mrs ms messrs dr prof e.g i.e et.al vs",
        abbreviations: "st mt jr sr ph.d u.s u.k e.u u.n u.s.a inc ltd co corp etc",
        beforeNumbers: "no nos nr n° nº vol fig p pp tel tél тел",
        timesOfDay: "a.m p.m")
}

/// The rules of a language, prepared for lookups. A class, since they are large and never change.
final class LanguageRules: Sendable {
    let prefixes: WordSet
    let abbreviations: WordSet
    let beforeNumbers: WordSet
    let starters: WordSet
    let timesOfDay: WordSet
    let timePrepositions: WordSet
    let months: WordSet
    let beforeOrdinals: WordSet
    let hasOrdinalStops: Bool
    private let endsBeforeNumbers: [[UInt8]]
    private let units = WordSet(["cm ft gal hr hrs in kg km lb lbs min mins ml mm ms oz sec secs tbsp tsp yd грн хв"])
    private let eras = WordSet(["b.c a.d b.c.e c.e"])
    private let degrees = WordSet(["ph.d m.d b.a m.a b.sc m.sc j.d m.b.a"])
    private let fileStems = WordSet([
        """
        app build client compose config data docker-compose dockerfile env file hosts index init license log main makefile
        manage manifest node next notes output package project readme requirements script server settings setup style
        styles test tests utils vue
        """
    ])
    private let domains = WordSet(["com org net edu gov io ai dev app co uk de fr es it cn jp ru info js py"])

    /// - Parameter language: a BCP 47 tag. The language's own words are added to those for every text: English titles,
    ///   and Russian abbreviations, which their script makes unambiguous.
    init(language: String) {
        let own: LanguageWords =
            switch language.lowercased().prefix(while: { $0 != "-" && $0 != "_" }) {
            case "de": .german
            case "fr": .french
            case "es": .spanish
            case "it": .italian
            case "pt": .portuguese
            default: .english
            }
        let all = [own, .russian, .everywhere]
        prefixes = WordSet(all.map(\.prefixes))
        abbreviations = WordSet(all.map(\.abbreviations) + all.map(\.prefixes))
        beforeNumbers = WordSet(all.map(\.beforeNumbers))
        starters = WordSet(all.map(\.starters))
        timesOfDay = WordSet(all.map(\.timesOfDay))
        timePrepositions = WordSet(all.map(\.timePrepositions))
        months = WordSet(all.map(\.months))
        beforeOrdinals = WordSet([own.beforeOrdinals])
        hasOrdinalStops = !own.beforeOrdinals.isEmpty
        endsBeforeNumbers = own.endsBeforeNumbers.map { Array($0.utf8) }
    }

    /// Whether `word` is a title or the like, which something always follows.
    func isPrefix(_ word: WordKey) -> Bool { prefixes.contains(word) }
    /// Whether `word` is an abbreviation of any kind.
    func isAbbreviation(_ word: WordKey) -> Bool { abbreviations.contains(word) }
    func isBeforeNumber(_ word: WordKey) -> Bool { beforeNumbers.contains(word) }
    func isStarter(_ word: WordKey) -> Bool { starters.contains(word) }
    func isTimeOfDay(_ word: WordKey) -> Bool { timesOfDay.contains(word) }
    /// Whether `word` is a unit after a number, though it may be another abbreviation elsewhere: "20 min.", "3 ms."
    func isUnit(_ word: WordKey) -> Bool { units.contains(word) }
    /// Whether `word` comes after years: `B.C.`
    func isEra(_ word: WordKey) -> Bool { eras.contains(word) }
    /// Whether `word` is an academic degree: `Ph.D.`
    func isDegree(_ word: WordKey) -> Bool { degrees.contains(word) }
    /// Whether `word` is often the first part of a file name: `config.json`, `index.html`, `Node.js`.
    func isFileStem(_ word: WordKey) -> Bool { fileStems.contains(word) }
    /// Whether `word` is a top-level domain, as in `example.Com`.
    func isDomain(_ word: WordKey) -> Bool { domains.contains(word) }

    /// Whether `word` has an ending that numbers follow.
    func endsBeforeNumber(_ word: ArraySlice<UInt8>) -> Bool {
        endsBeforeNumbers.contains { word.suffix($0.count).elementsEqual($0) }
    }
}
