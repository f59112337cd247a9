// SPDX-License-Identifier: GPL-3.0-or-later

/// A voice of eSpeak NG.
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
        /// How well the voice suits the language: the lower, the better.
        var priority: Int
    }

    /// For people, such as `English (America)`.
    package var name: String
    /// Its file among eSpeak NG's data, such as `gmw/en-US`.
    package var identifier: String
    package var gender: Gender
    /// The languages it reads, its own first.
    var languages: [Language]

    /// The tag of its own language, such as `en-us`.
    package var language: String {
        languages.first?.tag ?? ""
    }

    /// The name without what stands in parentheses: `English`.
    var languageName: String {
        guard let parenthesis = name.firstIndex(of: "(") else { return name }
        return String(name[..<parenthesis]).trimmingBlanks
    }

    /// The last part of the identifier: `en-US`.
    var file: String {
        identifier.split(separator: "/").last.map(String.init) ?? identifier
    }
}

extension String {
    var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
