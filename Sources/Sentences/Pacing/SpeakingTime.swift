// SPDX-License-Identifier: GPL-3.0-or-later

/// How long text takes to say, roughly.
enum SpeakingTime {
    /// Units (Latin letters, digits, blanks) spoken in a second.
    static let unitsPerSecond = 15.0

    /// What a byte weighs, so that a text's weight is the sum over its bytes: a letter 1, a Han character, kana or
    /// hangul syllable 4.
    @inline(__always)
    static func weight(of byte: UInt8) -> UInt8 {
        // Without a branch, so that many are weighed at a time.
        let isWide: UInt8 = (byte &- 0xE3 < 12 ? 3 : 0) | (byte == 0xF0 ? 3 : 0)
        return isWide &+ (byte & 0xC0 == 0x80 ? 0 : 1)
    }

    static func of(_ weight: Int) -> Duration {
        .milliseconds(Int64(Double(weight) * 1_000 / unitsPerSecond))
    }
}

extension ByteWindow {
    /// What `range` weighs in speaking time.
    func weight(of range: Range<Int>) -> Int {
        var sum = 0
        for byte in self[range] { sum &+= Int(SpeakingTime.weight(of: byte)) }
        return sum
    }

    /// Where the first bytes of `range` that weigh more than `weight` end; its end if it weighs less.
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
