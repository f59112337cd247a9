// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension JSONValue {
    /// Reads a value as YAML's core schema does: `true`, `12` and `0.5` have their types, all else is text.
    init(plain text: String) {
        self =
            switch text {
            case "true": true
            case "false": false
            default: text.wholeNumber.map(Self.integer) ?? text.number.map(Self.number) ?? .string(text)
            }
    }

    /// The value as JSON, which is YAML too.
    package var written: String {
        switch self {
        case .null: "null"
        case .bool(let flag): String(flag)
        case .integer(let integer): String(integer)
        case .number(let number): String(number)
        case .string(let text): text.quotedForYAML
        case .array(let items): "[" + items.map(\.written).joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { "\($0.key.quotedForYAML): \($0.value.written)" }
                .joined(separator: ", ") + "}"
        }
    }
}

extension String {
    /// The text as a decimal whole number.
    var wholeNumber: Int? {
        Int(self)
    }

    /// The text as a decimal number; not `nan`, `infinity` or hexadecimal, which Swift reads too.
    var number: Double? {
        guard utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), let number = Double(self), number.isFinite
        else { return nil }
        return number
    }
}
