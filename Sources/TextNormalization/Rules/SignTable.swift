// SPDX-License-Identifier: GPL-3.0-or-later

/// What signs such as "km" stand for; capitals count. Looked up without making strings of them.
///
/// Signs are known by the FNV-1a hash of their scalars; a test shows that no two signs of a table share one.
struct SignTable<Value: Sendable>: Sendable {
    /// At the place that a hash's lowest bits say, or after it; 0 is an empty place.
    private var hashes: [UInt64]
    private var values: [Value?]

    init(_ signs: [(sign: String, value: Value)]) {
        var size = 8
        while size < signs.count * 3 { size *= 2 }
        hashes = Array(repeating: 0, count: size)
        values = Array(repeating: nil, count: size)
        for (sign, value) in signs {
            let hash = Self.hash(sign.unicodeScalars)
            let place = place(of: hash)
            hashes[place] = hash
            values[place] = value
        }
    }

    subscript(sign: some Sequence<Unicode.Scalar>) -> Value? {
        values[place(of: Self.hash(sign))]
    }

    /// Where `hash` stands, or would.
    private func place(of hash: UInt64) -> Int {
        let mask = hashes.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while hashes[place] != 0, hashes[place] != hash { place = (place + 1) & mask }
        return place
    }

    private static func hash(_ sign: some Sequence<Unicode.Scalar>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for scalar in sign { hash = (hash ^ UInt64(scalar.value)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}
