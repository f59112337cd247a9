// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// How the value of a key is read, checked and written.
struct ValueForm<Value: Sendable>: Sendable {
    /// What the value must be, for error messages.
    let expected: String
    /// The possible values, for the file's comment; empty if the key's own comment lists them.
    let range: String
    /// Whether an environment variable has it as YAML; otherwise as bare text.
    let isMap: Bool
    /// Values to suggest in place of an invalid one.
    let suggestions: [String]
    let read: @Sendable (Node) throws(SettingsError.Problem) -> Value
    let write: @Sendable (Value) -> String

    /// - Parameter read: returns `nil` for an invalid value.
    init(
        expected: String, range: String = "", suggestions: [String] = [],
        read: @escaping @Sendable (Node) -> Value?, write: @escaping @Sendable (Value) -> String
    ) {
        self.init(
            expected: expected, range: range, isMap: false, suggestions: suggestions,
            read: { node throws(SettingsError.Problem) in
                guard let value = read(node) else { throw .misfit(node, expected: expected, suggestions: suggestions) }
                return value
            },
            write: write)
    }

    init(
        expected: String, range: String = "", isMap: Bool, suggestions: [String] = [],
        read: @escaping @Sendable (Node) throws(SettingsError.Problem) -> Value,
        write: @escaping @Sendable (Value) -> String
    ) {
        self.expected = expected
        self.range = range
        self.isMap = isMap
        self.suggestions = suggestions
        self.read = read
        self.write = write
    }
}

extension SettingsError.Problem {
    /// An invalid value. The message follows the key's name.
    static func misfit(_ node: Node, expected: String, suggestions: [String] = []) -> Self {
        let suggestion = node.text?.suggestion(from: suggestions) ?? ""
        return Self(at: node.place, "must be \(expected), not \(node.shown)\(suggestion)")
    }
}

extension ValueForm {
    /// The value, or `word` for no value.
    static func optional<Wrapped>(_ form: ValueForm<Wrapped>, none word: String) -> Self where Value == Wrapped? {
        let none = word.isEmpty ? "\"\"" : word
        return ValueForm(
            expected: none + (form.suggestions.isEmpty ? " or " : ", ") + form.expected,
            range: form.range.isEmpty ? "" : "\(none), \(form.range)",
            suggestions: form.suggestions + [word],
            read: { node in node.text == word ? .some(nil) : (try? form.read(node)).map { .some($0) } },
            write: { $0.map(form.write) ?? none })
    }
}

extension String {
    /// `; did you mean "model"?`, or an empty text.
    func suggestion(from names: some Sequence<String>) -> String {
        names.nearest(to: self).map { "; did you mean \($0.quotedForYAML)?" } ?? ""
    }
}
