// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Sentences
import Testing

/// A text of the corpus, and its expected pieces (Corpus/README.md).
struct CorpusCase: CustomTestStringConvertible {
    var file: String
    var line: Int
    var source: String
    var text: String
    var pieces: [String]
    /// Why the pieces are known to differ; `nil` if they must not.
    var knownFailure: String?

    var language: String {
        let name = file.prefix { $0 != "-" && $0 != "." }
        return name == "other" ? "en" : String(name)
    }

    var testDescription: String { "\(file):\(line)" }
}

enum Corpus {
    static let cases: [CorpusCase] = {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let directory = "/\(folder)/Corpus"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted().flatMap { name in
            let data = FileManager.default.contents(atPath: "\(directory)/\(name)") ?? Data()
            return parse(String(decoding: data, as: UTF8.self), file: name)
        }
    }()

    static func parse(_ text: String, file: String) -> [CorpusCase] {
        var cases: [CorpusCase] = []
        var source = ""
        var knownFailure: String?
        var input: String?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            func add(_ text: some StringProtocol, _ pieces: String) {
                cases.append(
                    CorpusCase(
                        file: file, line: index + 1, source: source, text: String(text).unescaped,
                        pieces: pieces.pieces,
                        knownFailure: knownFailure))
                knownFailure = nil
            }
            if line.hasPrefix("# ") {
                source = String(line.dropFirst(2))
            } else if line.hasPrefix("~ ") {
                knownFailure = String(line.dropFirst(2))
            } else if line.hasPrefix("< ") {
                input = String(line.dropFirst(2))
            } else if line.hasPrefix("> "), let text = input {
                add(text, String(line.dropFirst(2)))
                input = nil
            } else if !line.isEmpty {
                add(line.replacing(" | ", with: " ").replacing("|", with: ""), String(line))
            }
        }
        return cases
    }
}

extension String {
    /// `\n` and `\r` become line breaks, `\\` a backslash.
    fileprivate var unescaped: String {
        replacing("\\\\", with: "\u{1}").replacing("\\n", with: "\n").replacing("\\r", with: "\r")
            .replacing("\u{1}", with: "\\")
    }

    fileprivate var pieces: [String] {
        split(separator: "|").map { String($0).unescaped.trimmed }.filter(\.isSpoken)
    }

    private var isSpoken: Bool {
        contains { $0.isLetter || $0.isNumber }
    }
}

@Suite struct CorpusTests {
    @Test("Texts of the corpus produce the expected pieces, however they arrive", arguments: Corpus.cases)
    func corpus(item: CorpusCase) {
        let options = TextOptions(language: item.language, longestPiece: 400)
        for chunk in [nil, 1, 4, 13] {
            let found = texts(item.text, chunk: chunk, options)
            if item.knownFailure != nil {
                #expect(found != item.pieces, "comes out right: no longer a known failure")
            } else {
                #expect(found == item.pieces, "in fragments of \(chunk ?? item.text.utf8.count); \(item.source)")
            }
        }
    }

    @Test("The corpus is as large as documented")
    func size() {
        let cases = Corpus.cases
        #expect(cases.count >= 400)
        #expect(
            Set(cases.map(\.language)).isSuperset(of: ["en", "zh", "ja", "ko", "de", "fr", "es", "it", "pt", "ru"]))
        #expect(cases.count { !$0.source.hasPrefix("The project") } * 2 >= cases.count)
        #expect(cases.count { $0.knownFailure != nil } == 3)
    }
}
