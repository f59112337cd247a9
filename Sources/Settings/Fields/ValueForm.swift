// SPDX-License-Identifier: GPL-3.0-or-later

/// How the value of a key is read, checked and written.
struct ValueForm<Value: Sendable>: Sendable {
    /// What an error says that the value must be.
    let expected: String
    /// What the file's comment says about the values that are possible; empty where the key's own comment does.
    let range: String
    /// Whether an environment variable holds it as YAML; else as the bare text.
    let isMap: Bool
    /// Values that may have been meant by one that does not fit.
    let suggestions: [String]
    let read: @Sendable (Node) throws(SettingsError.Problem) -> Value
    let write: @Sendable (Value) -> String

    /// - Parameter read: gives `nil` for what does not fit.
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
    /// A value is not what its key expects. The message goes on after the key's name.
    static func misfit(_ node: Node, expected: String, suggestions: [String] = []) -> Self {
        let suggestion = node.text?.suggestion(from: suggestions) ?? ""
        return Self(at: node.place, "must be \(expected), not \(node.shown)\(suggestion)")
    }
}

extension ValueForm {
    /// The value, or `word` for none.
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
