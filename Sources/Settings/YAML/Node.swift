// SPDX-License-Identifier: GPL-3.0-or-later

/// A value in a YAML document, and its place.
struct Node: Sendable, Equatable {
    enum Value: Sendable, Equatable {
        /// `isPlain`: whether it was written without quotes, so that it may be a number, `true` or `false`.
        case scalar(String, isPlain: Bool)
        case sequence([Node])
        /// In the order of the file; all keys differ.
        case mapping([Entry])
    }

    struct Entry: Sendable, Equatable {
        var key: String
        var keyPlace: Place
        var value: Node
    }

    var value: Value
    var place: Place

    /// The value of an environment variable: text that may be a number, `true` or `false`.
    init(variable: String, text: String) {
        self.value = .scalar(text, isPlain: true)
        self.place = Place(variable: variable)
    }

    init(_ value: Value, at place: Place) {
        self.value = value
        self.place = place
    }

    /// The text of a scalar, quoted or not; `nil` for other values, and for a missing one.
    var text: String? {
        guard case .scalar(let text, _) = value, !isNothing else { return nil }
        return text
    }

    /// The text of a scalar without quotes.
    var plainText: String? {
        guard case .scalar(let text, isPlain: true) = value, !isNothing else { return nil }
        return text
    }

    var entries: [Entry]? {
        guard case .mapping(let entries) = value else { return nil }
        return entries
    }

    /// Whether it is `key:` without a value, or one of YAML's names for null.
    var isNothing: Bool {
        guard case .scalar(let text, isPlain: true) = value else { return false }
        return place.position != nil && ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The value for an error message.
    var shown: String {
        switch value {
        case .sequence: return "a list"
        case .mapping: return "a map"
        case .scalar where isNothing: return "nothing"
        case .scalar(let text, let isPlain):
            let short = text.count > 40 ? text.prefix(40) + "…" : text[...]
            return isPlain ? String(short).quotedForYAML : "the text \(String(short).quotedForYAML)"
        }
    }
}
