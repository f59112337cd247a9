// SPDX-License-Identifier: GPL-3.0-or-later

/// Decodes UTF-8 from chunks that may be split anywhere. Invalid bytes become U+FFFD and set ``sawInvalid``.
package struct StreamingUTF8: Sendable {
    package static let fault = Fault(
        .inputInvalid,
        "The input is not valid UTF-8; convert it first, for example with iconv -f GB18030 -t UTF-8.")

    /// The bytes of a character that is not complete yet.
    private var pending: [UInt8] = []
    /// Whether anything so far was not UTF-8.
    package private(set) var sawInvalid = false

    package init() {}

    /// Returns the text that these bytes complete.
    package mutating func decode(_ bytes: [UInt8]) -> String {
        var all = pending + bytes
        let rest = Self.unfinished(all)
        pending = Array(all.suffix(rest))
        all.removeLast(rest)
        return text(of: all)
    }

    /// Returns what remains at the end of the stream.
    package mutating func finish() -> String {
        defer { pending = [] }
        return text(of: pending)
    }

    private mutating func text(of bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        sawInvalid = true
        return String(decoding: bytes, as: UTF8.self)
    }

    /// How many bytes at the end begin a character that may still be completed.
    private static func unfinished(_ bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }
}
