// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A voice of an engine.
package struct Voice: Sendable, Hashable {
    package enum Gender: String, Sendable, Hashable, Encodable {
        case male
        case female
        case unspecified
    }

    /// A language that a voice reads.
    struct Language: Sendable, Hashable {
        /// A language tag in lower case, such as `en-us`.
        var tag: String
        /// How well the voice suits the language: lower is better.
        var priority: Int
    }

    /// The voice's name for people, such as `English (America)`.
    package var name: String
    /// The engine's name for it, such as `gmw/en-US`.
    package var identifier: String
    package var gender: Gender
    /// The languages that it reads, its own first.
    var languages: [Language]
    /// Whether it belongs to another program, which may have several for a language.
    private var isServed = false

    init(name: String, identifier: String, gender: Gender, languages: [Language]) {
        self.name = name
        self.identifier = identifier
        self.gender = gender
        self.languages = languages
    }

    /// Makes a voice of another program.
    ///
    /// - Parameter languages: the tags of the languages that it reads; empty if they are not known.
    package init(name: String, identifier: String, languages: [String], isServed: Bool) {
        self.init(
            name: name, identifier: identifier, gender: .unspecified,
            languages: languages.map { Language(tag: $0.lowercased(), priority: 0) })
        self.isServed = isServed
    }

    /// The name to show while it speaks: its language, or the identifier if another program serves it.
    package var shortName: String { isServed ? identifier : language }

    /// The name of the voice server that has it; `nil` for one of eSpeak NG's own.
    package var server: String? {
        isServed ? identifier.split(separator: "/").first.map(String.init) : nil
    }

    /// The tag of its own language, such as `en-us`.
    package var language: String {
        languages.first?.tag ?? ""
    }

    /// The tags of all languages that it reads.
    package var tagsOfLanguages: [String] { languages.map(\.tag) }

    /// The name without the part in parentheses: `English`.
    var languageName: String {
        guard let parenthesis = name.firstIndex(of: "(") else { return name }
        return String(name[..<parenthesis]).trimmed
    }

    /// The last part of the identifier: `en-US`.
    var file: String {
        identifier.split(separator: "/").last.map(String.init) ?? identifier
    }
}
