// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

@Suite struct CompiledRulesTests {
    static let languages: [ReadingRules] = [
        .english, .german, .french, .spanish, .italian, .portuguese, .russian, .japanese, .korean,
    ]

    @Test("No two abbreviations of a language have the same hash", arguments: languages.indices)
    func numbers(index: Int) {
        let names = Self.languages[index].words.abbreviations.keys
        #expect(Set(names.map { FoldedWord($0.unicodeScalars).number }).count == names.count)
    }

    @Test("Every unit and scale is found by its symbol", arguments: languages.indices)
    func signs(index: Int) {
        let quantities = Self.languages[index].quantities
        let compiled = CompiledRules(Self.languages[index])
        for (sign, noun) in quantities.units { #expect(compiled.units[sign.unicodeScalars] == noun) }
        for (sign, noun) in quantities.closeUnits { #expect(compiled.closeUnits[sign.unicodeScalars] == noun) }
        for (sign, words) in quantities.scales { #expect(compiled.scales[sign.unicodeScalars] == words) }
        for (rank, part) in quantities.durations.enumerated() {
            for symbol in part.symbols { #expect(compiled.durations[symbol.unicodeScalars] == rank) }
        }
        #expect(compiled.units["unknown".unicodeScalars] == nil)
    }

    @Test("A word list contains its words and no others")
    func words() {
        let list = WordList(words: "one two\nthree  straße")
        for word in ["one", "two", "three", "straße"] { #expect(list.contains(word)) }
        for word in ["", "on", "One", "four", "one two"] { #expect(!list.contains(word)) }
        #expect(!list.isEmpty)
        #expect(WordList().isEmpty)
        #expect(!WordList().contains("one"))
    }

    @Test(
        "Case doesn't matter",
        arguments: [("DR", "dr"), ("Prof", "prof"), ("E.G", "e.g"), ("ГЛ", "гл"), ("ÉD", "éd"), ("Ё", "ё"), ("ß", "ß")])
    func capitals(word: String, small: String) {
        #expect(FoldedWord(word.unicodeScalars).number == FoldedWord(small.unicodeScalars).number)
        #expect(word.lowercased() == small)
    }

    @Test("Abbreviations are found in any case, and other words are not")
    func found() throws {
        let compiled = try #require(CompiledRules.of("en-GB"))
        for word in ["etc", "Etc", "ETC"] {
            guard case .always("et cetera")? = compiled.abbreviation(FoldedWord(word.unicodeScalars)) else {
                Issue.record("\(word) was not found")
                continue
            }
        }
        #expect(compiled.abbreviation(FoldedWord("word".unicodeScalars)) == nil)
        #expect(CompiledRules.of("xx") == nil)
    }
}
