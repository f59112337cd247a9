// SPDX-License-Identifier: GPL-3.0-or-later

/// A fixed set of words that is looked up for the words next to every number: built and searched without `Hasher`.
///
/// Words are identified by their 64-bit FNV-1a hash. In practice no two words have the same hash.
struct WordList: Sendable {
    /// Open addressing: each hash is at the index that its lowest bits give, or after it. 0 is an empty slot.
    private var hashes: [UInt64] = []

    init() {}

    /// - Parameter text: words separated by spaces and line breaks.
    init(words text: String) {
        var words: [UInt64] = []
        var hash = Self.empty
        for byte in text.utf8 {
            if byte > 0x20 {
                hash = Self.adding(byte, to: hash)
            } else if hash != Self.empty {
                words.append(hash)
                hash = Self.empty
            }
        }
        if hash != Self.empty { words.append(hash) }
        var size = 8
        while size < words.count * 3 { size *= 2 }
        hashes = Array(repeating: 0, count: size)
        for word in words {
            var place = Int(truncatingIfNeeded: word) & (size - 1)
            while hashes[place] != 0, hashes[place] != word { place = (place + 1) & (size - 1) }
            hashes[place] = word
        }
    }

    var isEmpty: Bool { hashes.isEmpty }

    func contains(_ word: String) -> Bool {
        guard !hashes.isEmpty, !word.isEmpty else { return false }
        var hash = Self.empty
        for byte in word.utf8 { hash = Self.adding(byte, to: hash) }
        let mask = hashes.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while hashes[place] != 0 {
            if hashes[place] == hash { return true }
            place = (place + 1) & mask
        }
        return false
    }

    private static let empty: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    private static func adding(_ byte: UInt8, to hash: UInt64) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}
