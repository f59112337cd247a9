// SPDX-License-Identifier: GPL-3.0-or-later

/// One key: its name, its comment, and how to read its value into `Root` and write it.
struct Field<Root: Sendable>: Sendable {
    /// The name in the file; it ends in the unit, if there is one.
    let name: String
    /// For the file: what the key does, and its range.
    let comment: String
    /// Whether an environment variable has the value as YAML; otherwise as bare text.
    let isMap: Bool
    let read: @Sendable (Node, inout Root) throws(SettingsError.Problem) -> Void
    let write: @Sendable (Root) -> String

    /// - Parameter comment: without a full stop at the end; the range is appended.
    init<Value>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ form: ValueForm<Value>, _ comment: String
    ) {
        self.name = name
        self.comment = form.range.isEmpty ? "\(comment)." : "\(comment) (\(form.range))."
        self.isMap = form.isMap
        self.read = { node, root throws(SettingsError.Problem) in root[keyPath: path] = try form.read(node) }
        self.write = { form.write($0[keyPath: path]) }
    }
}

/// A top-level key of the file and the keys below it.
struct Section: Sendable {
    let name: String
    let comment: String
    let fields: [Field<Settings>]

    init(_ name: String, _ comment: String, _ fields: [Field<Settings>]) {
        self.name = name
        self.comment = comment
        self.fields = fields
    }

    func path(_ field: Field<Settings>) -> String {
        "\(name).\(field.name)"
    }

    /// The environment variable that overrides the file.
    func variable(_ field: Field<Settings>) -> String {
        "UTTER_\(name)_\(field.name)".uppercased()
    }
}
