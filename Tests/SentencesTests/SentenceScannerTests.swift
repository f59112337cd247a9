// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Sentences

/// Only the boundary layer.
@Suite struct SentenceScannerTests {
    private func scan(_ text: String, _ options: TextOptions = TextOptions()) -> (ends: [String], likely: String?) {
        var plain = PlainText()
        plain.append(Array(text.utf8)[...], from: 0)
        var scanner = SentenceScanner(options: options)
        var ends: [String] = []
        while case .boundary(let found) = scanner.next(in: &plain, final: false) {
            ends.append(plain.bytes.string(scanner.start..<found.end))
            scanner.begin(at: found.end, continues: false)
        }
        return (ends, scanner.likelyEnd(in: plain).map { plain.bytes.string(scanner.start..<$0) })
    }

    @Test("An end is certain once what follows is known, and likely before")
    func certainAndLikely() {
        #expect(scan("It is so.").ends.isEmpty)
        #expect(scan("It is so.").likely == "It is so.")
        #expect(scan("It is so. T").ends.isEmpty)
        #expect(scan("It is so. The").ends == ["It is so."])
        #expect(scan("It is so. The").likely == nil)
        #expect(scan("你好。").likely == "你好。")
        #expect(scan("你好。今").ends == ["你好。"])
        #expect(scan("Really?!").likely == "Really?!")
        #expect(scan("\"Sure.\"").likely == "\"Sure.\"")
    }

    @Test(
        "No end is likely where sentences often go on",
        arguments: [
            "Dr.", "At 5 p.m.", "e.g.", "It was 3.", "J.", "1.", "a.", "www.example.", "z. B.", "See No.", "so...", "?",
            "“",
            "a.b.", "v2.",
        ])
    func unlikely(text: String) {
        #expect(scan(text).likely == nil)
    }

    @Test("Characters can be added to the sentence ends, or removed from them")
    func sentenceEnds() {
        let options = TextOptions(sentenceEnds: SentenceEnds(added: ["~", "；"], removed: ["!"]))
        #expect(texts("慢慢来~好的；走吧！ Hey! You.", options) == ["慢慢来~", "好的；", "走吧！", "Hey! You."])
    }

    private func texts(_ text: String, _ options: TextOptions) -> [String] {
        SentencesTests.texts(text, chunk: 1, options)
    }

    @Test("A boundary says how it ends: sentence or paragraph")
    func boundaries() {
        let found = pieces("# Title\nOne. Two.\n\nThree.\n- Four\n- Five\n\nSix")
        #expect(found.map(\.kind) == [.heading, .sentence, .sentence, .sentence, .item, .item, .sentence])
        #expect(
            found.map(\.boundary) == [.paragraph, .sentence, .paragraph, .sentence, .sentence, .paragraph, .sentence])
    }

    @Test("The words of all languages have different keys")
    func keys() {
        let languages: [LanguageWords] = [
            .english, .german, .french, .spanish, .italian, .portuguese, .russian, .everywhere,
        ]
        let words = languages.flatMap {
            [
                $0.prefixes, $0.abbreviations, $0.beforeNumbers, $0.starters, $0.timesOfDay, $0.timePrepositions,
                $0.months,
                $0.beforeOrdinals,
            ]
        }.joined(separator: " ").split(whereSeparator: \.isWhitespace).map(String.init)
        #expect(Set(words).count == Set(words.map { WordKey($0.utf8) }).count)
        #expect(words.allSatisfy { $0 == $0.lowercased() })
    }

    @Test(
        "Case doesn't matter",
        arguments: [("Dr", "dr"), ("ÜBER", "über"), ("Гор", "гор"), ("РЁВ", "рёв"), ("N°", "n°")])
    func capitals(word: String, small: String) {
        #expect(WordKey(word.utf8) == WordKey(small.utf8))
    }
}
