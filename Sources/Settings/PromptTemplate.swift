// SPDX-License-Identifier: GPL-3.0-or-later

/// A template for prompts: text with `{prompt}` and other names in braces; `{{` and `}}` are literal braces.
///
/// It is filled in one pass, so that braces in a prompt or a value have no meaning.
package struct PromptTemplate: Sendable, Equatable {
    /// Why a template can't be filled.
    package enum Mistake: Error, Equatable {
        /// The template has a variable that was not given.
        case missing(String)
        /// A variable was given that the template doesn't have.
        case unknown(String)
    }

    private enum Part: Sendable, Equatable {
        case text(String)
        case variable(String)
    }

    /// Only the prompt.
    package static let bare = PromptTemplate(source: "{\(prompt)}", parts: [.variable(prompt)])
    private static let prompt = "prompt"

    /// The template as it was written.
    package let source: String
    private let parts: [Part]

    private init(source: String, parts: [Part]) {
        self.source = source
        self.parts = parts
    }

    /// - Returns: `nil` for an unclosed brace, an invalid name or a missing prompt.
    package init?(_ source: String) {
        var parts: [Part] = []
        var text = ""
        var rest = source[...]
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first != "{":
                let name = rest.prefix { $0 != "}" }
                guard name.isVariableName, name.endIndex < rest.endIndex else { return nil }
                parts += [.text(text), .variable(String(name))]
                text = ""
                rest = rest[name.endIndex...].dropFirst()
            case "{", "}":
                guard rest.popFirst() == character else { return nil }
                text.append(character)
            default: text.append(character)
            }
        }
        parts.append(.text(text))
        guard parts.contains(.variable(Self.prompt)) else { return nil }
        self.init(source: source, parts: parts.filter { $0 != .text("") })
    }

    /// The names other than `prompt`, in order.
    package var variables: [String] {
        var names: [String] = []
        for case .variable(let name) in parts where name != Self.prompt && !names.contains(name) { names.append(name) }
        return names
    }

    /// Returns what is sent for `prompt`.
    ///
    /// - Parameter values: for ``variables``: all of them and no others.
    /// - Throws: ``Mistake``.
    package func filled(prompt: String, values: [String: String] = [:]) throws(Mistake) -> String {
        if let unknown = values.keys.sorted().first(where: { !variables.contains($0) }) { throw .unknown(unknown) }
        var result = ""
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .variable(Self.prompt): result += prompt
            case .variable(let name):
                guard let value = values[name] else { throw .missing(name) }
                result += value
            }
        }
        return result
    }
}

extension Substring {
    /// Letters, digits, `_` and `-`, in any script.
    fileprivate var isVariableName: Bool {
        !isEmpty && allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }
}
