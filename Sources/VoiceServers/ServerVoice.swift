// SPDX-License-Identifier: GPL-3.0-or-later

/// A voice that a server says it has.
package struct ServerVoice: Sendable, Hashable {
    package var name: String
    /// BCP 47 tags in lower case, such as `en-us`; empty if the server doesn't tell.
    package var languages: [String]

    package init(name: String, languages: [String]) {
        self.name = name
        self.languages = languages.map(\.languageTag)
    }

    /// The languages that the server names, else the one that the name begins with, as in `en_US-joe-medium`.
    var knownLanguages: [String] {
        languages.isEmpty ? [Self.language(inName: name)].compactMap(\.self) : languages
    }

    private static func language(inName name: String) -> String? {
        let first = name.prefix { $0 != "-" }
        let parts = first.split(separator: "_")
        guard parts.count == 2, parts[0].count == 2 || parts[0].count == 3, parts[1].count == 2,
            first.utf8.allSatisfy({ $0 == UInt8(ascii: "_") || (0x41...0x7A).contains($0) })
        else { return nil }
        return String(first).languageTag
    }
}

extension String {
    /// A language's tag as this program writes it: `en_US` becomes `en-us`.
    var languageTag: String { String(map { $0 == "_" ? "-" : $0 }).lowercased() }

    /// Whether a voice of this language can read text of another tag: both are the same apart from the region.
    func reads(_ tag: String) -> Bool { languageTag.mainLanguage == tag.languageTag.mainLanguage }

    /// The language without region and script. Mandarin is `zh`; other Chinese languages keep their own tags.
    private var mainLanguage: String {
        let parts = split(separator: "-").map(String.init)
        let variety = parts.first { ["yue", "hak", "nan"].contains($0) }
        let main = variety ?? parts.first ?? ""
        return main == "cmn" ? "zh" : main
    }
}
