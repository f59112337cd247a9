// SPDX-License-Identifier: GPL-3.0-or-later

/// A word in lower case as one number, so that it can be looked up without making a string of it.
///
/// The number is the FNV-1a hash of its scalars. A test shows that no two words of a table have the same hash.
struct FoldedWord: Equatable {
    let number: UInt64

    init(_ word: some Sequence<Unicode.Scalar>) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for scalar in word { hash = (hash ^ UInt64(Self.small(scalar))) &* 0x0000_0100_0000_01B3 }
        number = hash
    }

    /// The lowercase form of an ASCII, Latin-1, Greek or Cyrillic capital.
    private static func small(_ scalar: Unicode.Scalar) -> UInt32 {
        switch scalar.value {
        case 0x61...0x7A: scalar.value
        case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x0391...0x03A9, 0x0410...0x042F: scalar.value + 0x20
        case 0x0400...0x040F: scalar.value + 0x50
        default: scalar.value
        }
    }
}

/// A hash table from words to what they stand for.
struct FoldedTable<Value: Sendable>: Sendable {
    /// Open addressing: each number is at the index that its lowest bits give, or after it. 0 is an empty slot.
    private var numbers: [UInt64]
    private var values: [Value?]
    private let mask: Int

    init(_ words: [(word: String, value: Value)]) {
        var size = 8
        while size < words.count * 3 { size *= 2 }
        mask = size - 1
        numbers = Array(repeating: 0, count: size)
        values = Array(repeating: nil, count: size)
        for (word, value) in words { values[take(FoldedWord(word.unicodeScalars))] = value }
    }

    subscript(word: FoldedWord) -> Value? {
        var place = Int(truncatingIfNeeded: word.number) & mask
        while numbers[place] != 0 {
            if numbers[place] == word.number { return values[place] }
            place = (place + 1) & mask
        }
        return nil
    }

    private mutating func take(_ word: FoldedWord) -> Int {
        var place = Int(truncatingIfNeeded: word.number) & mask
        while numbers[place] != 0, numbers[place] != word.number { place = (place + 1) & mask }
        numbers[place] = word.number
        return place
    }
}
