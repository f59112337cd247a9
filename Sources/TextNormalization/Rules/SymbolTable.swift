// SPDX-License-Identifier: GPL-3.0-or-later

/// A hash table from symbols such as "km" to what they stand for; case matters. No strings are made to look one up.
///
/// Symbols are identified by the FNV-1a hash of their scalars. A test shows that no two symbols of a table have the
/// same hash.
struct SymbolTable<Value: Sendable>: Sendable {
    /// Open addressing: each hash is at the index that its lowest bits give, or after it. 0 is an empty slot.
    private var hashes: [UInt64]
    private var values: [Value?]

    init(_ symbols: [(symbol: String, value: Value)]) {
        var size = 8
        while size < symbols.count * 3 { size *= 2 }
        hashes = Array(repeating: 0, count: size)
        values = Array(repeating: nil, count: size)
        for (symbol, value) in symbols {
            let hash = Self.hash(symbol.unicodeScalars)
            let place = place(of: hash)
            hashes[place] = hash
            values[place] = value
        }
    }

    subscript(symbol: some Sequence<Unicode.Scalar>) -> Value? {
        values[place(of: Self.hash(symbol))]
    }

    /// The index of `hash`, or of the slot where it would go.
    private func place(of hash: UInt64) -> Int {
        let mask = hashes.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while hashes[place] != 0, hashes[place] != hash { place = (place + 1) & mask }
        return place
    }

    private static func hash(_ symbol: some Sequence<Unicode.Scalar>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for scalar in symbol { hash = (hash ^ UInt64(scalar.value)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}
