// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
    /// The text as a double-quoted YAML scalar on one line; fit for a terminal too: control characters are escaped.
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
    /// Control characters, line ends, the byte order mark, the scalars that YAML excludes, and what turns the writing
    /// direction around; none lies above U+FFFF.
    fileprivate var isUnsafeInYAML: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
