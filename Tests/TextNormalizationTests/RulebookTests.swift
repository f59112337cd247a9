// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

@Suite struct RulebookTests {
    static let languages: [ReadingRules] = [
        .english, .german, .french, .spanish, .italian, .portuguese, .russian, .japanese, .korean,
    ]

    @Test("No two abbreviations of a language share a number", arguments: languages.indices)
    func numbers(index: Int) {
        let names = Self.languages[index].words.abbreviations.keys
        #expect(Set(names.map { FoldedWord($0.unicodeScalars).number }).count == names.count)
    }

    @Test(
        "Capitals do not count",
        arguments: [("DR", "dr"), ("Prof", "prof"), ("E.G", "e.g"), ("ГЛ", "гл"), ("ÉD", "éd"), ("Ё", "ё"), ("ß", "ß")])
    func capitals(word: String, small: String) {
        #expect(FoldedWord(word.unicodeScalars).number == FoldedWord(small.unicodeScalars).number)
        #expect(word.lowercased() == small)
    }

    @Test("Abbreviations are found by any capitals, and other words are not")
    func found() throws {
        let book = try #require(Rulebook.of("en-GB"))
        for word in ["etc", "Etc", "ETC"] {
            guard case .always("et cetera")? = book.abbreviation(FoldedWord(word.unicodeScalars)) else {
                Issue.record("\(word) was not found")
                continue
            }
        }
        #expect(book.abbreviation(FoldedWord("word".unicodeScalars)) == nil)
        #expect(Rulebook.of("xx") == nil)
    }
}
