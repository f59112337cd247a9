// SPDX-License-Identifier: GPL-3.0-or-later

/// Roughly how long it takes to say a text.
enum SpeakingTime {
    /// Units (Latin letters, digits, spaces) spoken per second.
    static let unitsPerSecond = 15.0

    /// The weight of a byte; a text's weight is the sum over its bytes. A letter weighs 1; a Han character, kana or
    /// Hangul syllable 4.
    @inline(__always)
    static func weight(of byte: UInt8) -> UInt8 {
        // No branches, so that it can be vectorized.
        let isWide: UInt8 = (byte &- 0xE3 < 12 ? 3 : 0) | (byte == 0xF0 ? 3 : 0)
        return isWide &+ (byte & 0xC0 == 0x80 ? 0 : 1)
    }

    static func of(_ weight: Int) -> Duration {
        .milliseconds(Int64(Double(weight) * 1_000 / unitsPerSecond))
    }
}

extension ByteWindow {
    /// The weight of `range` in units of speaking time.
    func weight(of range: Range<Int>) -> Int {
        var sum = 0
        for byte in self[range] { sum &+= Int(SpeakingTime.weight(of: byte)) }
        return sum
    }

    /// The end of the shortest beginning of `range` that weighs more than `weight`; the end of `range` if it weighs
    /// less.
    func offset(atWeight weight: Int, in range: Range<Int>) -> Int {
        var sum = 0
        for offset in range {
            let byte = self[offset]
            sum += byte < 0x80 ? 1 : Int(SpeakingTime.weight(of: byte))
            if sum > weight { return offset }
        }
        return range.upperBound
    }
}
