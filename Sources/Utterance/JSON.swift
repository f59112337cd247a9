// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials

/// JSON as model servers write it, which is not always valid.
package enum JSON {
    /// Decodes one value, after repairing what a strict decoder would reject.
    ///
    /// Servers that split an emoji into two escaped chunks send lone surrogates (`"\ud83d"`), and hand-written servers
    /// send raw control characters or broken UTF-8. Losing the answer over that helps nobody.
    ///
    /// - Throws: an error if the repaired bytes are still not JSON, or not a `Value`.
    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(needsMending(bytes) ? mended(bytes) : bytes))
    }

    private static func needsMending(_ bytes: [UInt8]) -> Bool {
        for index in bytes.indices {
            if bytes[index] < 0x20 { return true }
            if let unit = escapedUnit(in: bytes, at: index), UTF16.isSurrogate(unit) { return true }
        }
        return String(validating: bytes, as: UTF8.self) == nil
    }

    /// Decodes an object.
    ///
    /// - Throws: an error if `bytes` are not a JSON object.
    package static func object(_ bytes: [UInt8]) throws -> JSONValue {
        .object(try decode([String: JSONValue].self, from: bytes))
    }

    package static func isValid(_ bytes: [UInt8]) -> Bool {
        (try? decode(JSONValue.self, from: bytes)) != nil
    }

    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// Broken UTF-8 and lone surrogate escapes become U+FFFD, raw control characters become spaces.
    package static func mended(_ bytes: [UInt8]) -> [UInt8] {
        let input = Array(String(decoding: bytes, as: UTF8.self).utf8)
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        var index = 0
        while index < input.count {
            if let unit = escapedUnit(in: input, at: index) {
                let low = escapedUnit(in: input, at: index + 6)
                if UTF16.isLeadSurrogate(unit), let low, UTF16.isTrailSurrogate(low) {
                    output += input[index..<index + 12]
                    index += 12
                } else {
                    let isLone = UTF16.isLeadSurrogate(unit) || UTF16.isTrailSurrogate(unit)
                    output += isLone ? Array(#"\ufffd"#.utf8) : Array(input[index..<index + 6])
                    index += 6
                }
            } else if input[index] == UInt8(ascii: "\\"), index + 1 < input.count {
                output += input[index..<index + 2]  // so that the second of two backslashes escapes nothing
                index += 2
            } else {
                output.append(input[index] < 0x20 ? 0x20 : input[index])
                index += 1
            }
        }
        return output
    }

    /// The code unit of the `\uXXXX` at `index`.
    private static func escapedUnit(in bytes: [UInt8], at index: Int) -> UInt16? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        else { return nil }
        return UInt16(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
    }
}
