// SPDX-License-Identifier: GPL-3.0-or-later

/// A value that is passed on to the model server as it is, with its JSON type.
package enum OptionValue: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case list([OptionValue])

    /// Reads a value as YAML's core schema does: `true`, `12` and `0.5` have their types, all else is text.
    init(plain text: String) {
        self =
            switch text {
            case "true": .flag(true)
            case "false": .flag(false)
            default: text.wholeNumber.map(Self.integer) ?? text.number.map(Self.number) ?? .text(text)
            }
    }

    /// The value as JSON, which is YAML too.
    package var written: String {
        switch self {
        case .text(let text): text.quotedForYAML
        case .integer(let integer): String(integer)
        case .number(let number): String(number)
        case .flag(let flag): String(flag)
        case .list(let items): "[" + items.map(\.written).joined(separator: ", ") + "]"
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
