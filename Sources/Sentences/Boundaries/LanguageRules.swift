// SPDX-License-Identifier: GPL-3.0-or-later

/// What the words around a full stop say in a language; all lower case, without the last full stop.
struct LanguageRules: Sendable {
    /// Never end a sentence: titles and the like that something always follows.
    var prefixes: Set<String>
    /// Abbreviations that end a sentence only if a word follows that begins one.
    var abbreviations: Set<String>
    /// Abbreviations only before a number: `No. 5`, `p. 3`.
    var beforeNumbers: Set<String>
    /// Words that begin a sentence when written with a capital.
    var starters: Set<String>
    /// Names of months: `3. Juli`.
    var months: Set<String>
    /// Numbers are written with a full stop when they count (`der 2. Weltkrieg`).
    var hasOrdinalStops: Bool
    /// Words before an ordinal number.
    var beforeOrdinals: Set<String>

    init(
        prefixes: String = "", abbreviations: String = "", beforeNumbers: String = "", starters: String = "",
        months: String = "", hasOrdinalStops: Bool = false, beforeOrdinals: String = ""
    ) {
        func words(_ text: String) -> Set<String> { Set(text.split(whereSeparator: \.isWhitespace).map(String.init)) }
        self.prefixes = words(prefixes)
        self.abbreviations = words(abbreviations)
        self.beforeNumbers = words(beforeNumbers)
        self.starters = words(starters)
        self.months = words(months)
        self.hasOrdinalStops = hasOrdinalStops
        self.beforeOrdinals = words(beforeOrdinals)
    }

    /// The rules for a BCP 47 tag; English ones apply in every language beside its own.
    static func rules(for language: String) -> LanguageRules {
        let primary = language.lowercased().prefix { $0 != "-" && $0 != "_" }
        return switch primary {
        case "de": german
        default: english
        }
    }
}
