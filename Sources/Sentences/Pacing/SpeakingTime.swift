// SPDX-License-Identifier: GPL-3.0-or-later

/// How long text takes to say, roughly.
enum SpeakingTime {
    /// Units (Latin letters, digits, blanks) spoken in a second.
    static let unitsPerSecond = 15.0

    /// What a byte weighs, so that a text's weight is the sum over its bytes: a letter 1, a Han character, kana or
    /// hangul syllable 4.
    static let weights: [UInt8] = (0..<256).map { byte in
        switch byte {
        case 0x80..<0xC0: 0
        case 0xE3...0xEE, 0xF0: 4
        default: 1
        }
    }

    static func of(_ weight: Int) -> Duration {
        .milliseconds(Int64(Double(weight) * 1_000 / unitsPerSecond))
    }
}

extension ByteWindow {
    /// What `range` weighs in speaking time.
    func weight(of range: Range<Int>) -> Int {
        let weights = SpeakingTime.weights
        return self[range].reduce(0) { $0 + Int(weights[Int($1)]) }
    }

    /// Where the first bytes of `range` that weigh more than `weight` end; its end if it weighs less.
    func offset(atWeight weight: Int, in range: Range<Int>) -> Int {
        let weights = SpeakingTime.weights
        var sum = 0
        for offset in range {
            sum += Int(weights[Int(self[offset])])
            if sum > weight { return offset }
        }
        return range.upperBound
    }
}
