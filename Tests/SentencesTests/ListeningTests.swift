// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Sentences
import Testing
import Utterance

/// docs/listening.md: texts as models write them, and what is said for them.
@Suite struct ListeningTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../docs/listening.md").standardizedFileURL

    @Test("The listening list matches what is said")
    func list() throws {
        let list = try String(contentsOf: Self.file, encoding: .utf8)
        let renewed = Self.renewed(list)
        if ProcessInfo.processInfo.environment["UTTER_WRITE_LISTENING"] != nil, renewed != list {
            try renewed.write(to: Self.file, atomically: true, encoding: .utf8)
            return
        }
        let lines = zip(list.split(separator: "\n"), renewed.split(separator: "\n"))
        for (written, now) in lines where written != now {
            Issue.record("docs/listening.md has “\(written)”, now said is “\(now)”")
            return
        }
        #expect(list == renewed)
    }

    @Test("Each text is listed with what is said for it, and cut as it arrives")
    func texts() throws {
        let list = try String(contentsOf: Self.file, encoding: .utf8)
        let texts = Self.texts(of: list)
        #expect(texts.count >= 20)
        for (language, text) in texts {
            #expect(Self.said(text, language, chunk: 3) == Self.said(text, language, chunk: nil))
        }
    }

    private static let opening = "~~~~text "
    private static let closing = "~~~~"

    private static func texts(of list: String) -> [(language: String, text: String)] {
        var texts: [(String, String)] = []
        var text: [Substring]?
        var language = ""
        for line in list.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(opening) {
                language = String(line.dropFirst(opening.count))
                text = []
            } else if line == closing, let lines = text {
                texts.append((language, lines.joined(separator: "\n")))
                text = nil
            } else {
                text?.append(line)
            }
        }
        return texts
    }

    /// The list with the block after each text rewritten.
    private static func renewed(_ list: String) -> String {
        var rest = list[...]
        var result = ""
        for (language, text) in texts(of: list) {
            let block = "\(opening)\(language)\n\(text)\n\(closing)\n"
            guard let place = rest.firstRange(of: block) else { return "" }
            result += rest[..<place.upperBound]
            rest = rest[place.upperBound...]
            if rest.hasPrefix("\n~~~~said\n"), let end = rest.firstRange(of: "\n~~~~\n") {
                rest = rest[end.upperBound...]
            }
            result += "\n~~~~said\n\(said(text, language, chunk: nil))\n~~~~\n"
        }
        return result + rest
    }

    /// A line for each piece; runs of other languages are after a bar.
    private static func said(_ text: String, _ language: String, chunk: Int?) -> String {
        pieces(text, chunk: chunk, TextOptions(language: language)).map { piece in
            piece.runs.map { "\($0.language): \($0.text)" }.joined(separator: " | ")
        }.joined(separator: "\n")
    }
}
