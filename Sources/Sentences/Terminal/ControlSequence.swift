// SPDX-License-Identifier: GPL-3.0-or-later

/// A sequence that begins with ESC (ECMA-48), parsed as far as needed.
struct ControlSequence: Equatable {
    /// The offset after its last byte.
    var end: Int
    /// The final byte of `ESC [ … x`; `nil` for any other sequence.
    var command: UInt8?
    /// The first parameter of `ESC [ …`.
    var parameter: Int?

    /// The most bytes of `ESC [ …`.
    private static let longest = 64
    /// The most bytes of `ESC ] … BEL` and the like.
    private static let longestString = 1_024

    enum Reading: Equatable {
        case sequence(ControlSequence)
        /// The bytes end too early to tell.
        case needsMore
    }

    /// Reads the sequence whose ESC is at `start`.
    ///
    /// - Parameter final: whether no more bytes will come.
    static func read(_ bytes: [UInt8], at start: Int, final: Bool) -> Reading {
        guard start + 1 < bytes.count else { return final ? ended(start + 1) : .needsMore }
        switch bytes[start + 1] {
        case UInt8(ascii: "["): return command(bytes, at: start, final)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            return string(bytes, at: start, final)
        case 0x20...0x2F:  // ESC ( B
            var end = start + 1
            while end < bytes.count, (0x20...0x2F).contains(bytes[end]), end - start < 4 { end += 1 }
            guard end < bytes.count else { return final ? ended(end) : .needsMore }
            return ended((0x30...0x7E).contains(bytes[end]) ? end + 1 : end)
        case 0x30...0x7E: return ended(start + 2)
        default: return ended(start + 1)
        }
    }

    private static func ended(_ end: Int) -> Reading {
        .sequence(ControlSequence(end: end))
    }

    /// Reads `ESC [ 4 D`; an invalid byte ends it.
    private static func command(_ bytes: [UInt8], at start: Int, _ final: Bool) -> Reading {
        var end = start + 2
        while end < bytes.count, (0x20...0x3F).contains(bytes[end]), end - start < longest { end += 1 }
        guard end < bytes.count else { return final ? ended(end) : .needsMore }
        guard (0x40...0x7E).contains(bytes[end]) else { return ended(end) }
        let digits = bytes[start + 2..<end].prefix(while: \.isDigit)
        let parameter = digits.isEmpty ? nil : digits.reduce(0) { min($0, 9_999) * 10 + Int($1 - 0x30) }
        return .sequence(ControlSequence(end: end + 1, command: bytes[end], parameter: parameter))
    }

    /// Reads `ESC ] … BEL` or `ESC ] … ESC \`: a title, or a link's target. Without a terminator it ends with the line.
    private static func string(_ bytes: [UInt8], at start: Int, _ final: Bool) -> Reading {
        var end = start + 2
        while end < bytes.count, end - start < longestString {
            switch bytes[end] {
            case 0x07: return ended(end + 1)
            case UInt8(ascii: "\n"): return ended(end)
            case 0x1B:
                guard end + 1 < bytes.count else { return final ? ended(end + 1) : .needsMore }
                return ended(bytes[end + 1] == UInt8(ascii: "\\") ? end + 2 : end)
            default: end += 1
            }
        }
        while end < bytes.count, UTF8Form.isContinuation(bytes[end]) { end += 1 }
        return end < bytes.count || final || end - start >= longestString ? ended(end) : .needsMore
    }
}
