// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension JSONValue {
    /// Reads a value as in YAML's core schema: `true`, `12` and `0.5` have their types; everything else is text.
    init(plain text: String) {
        self =
            switch text {
            case "true": true
            case "false": false
            default: Int(text).map(Self.integer) ?? text.number.map(Self.number) ?? .string(text)
            }
    }

    /// The value as JSON, which is also YAML.
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
    /// The text as a decimal number; not `nan`, `infinity` or hexadecimal, which Swift would accept.
    var number: Double? {
        guard utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), let number = Double(self), number.isFinite
        else { return nil }
        return number
    }
}

extension String {
    /// The text as a double-quoted YAML scalar on one line. Control characters are escaped, so that it can be shown on
    /// a terminal.
    var quotedForYAML: String {
        var result = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default:
                if scalar.isUnsafeInYAML {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}

extension Unicode.Scalar {
    /// Control characters, line breaks, the byte order mark, scalars that YAML excludes, and those that change the
    /// writing direction; none is above U+FFFF.
    fileprivate var isUnsafeInYAML: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
