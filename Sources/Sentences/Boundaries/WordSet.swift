// SPDX-License-Identifier: GPL-3.0-or-later

/// A word in lower case, as one number: words are looked up at every full stop, and this avoids making strings of them.
///
/// The number is the word's 64-bit FNV-1a hash. In practice no two words have the same one, and a test shows that no
/// two words in the tables do.
struct WordKey: Hashable, Sendable {
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Makes the key of a word's UTF-8 bytes. ASCII, Latin-1 and Cyrillic capitals are lowercased.
    init(_ bytes: some Sequence<UInt8>) {
        var lead: UInt8 = 0
        for byte in bytes {
            switch (lead, byte) {
            case (0, 0x41...0x5A): append(byte | 0x20)
            case (0, 0xC3), (0, 0xD0): lead = byte
            case (0xC3, 0x80...0x9E): append(0xC3, byte + 0x20)  // À to Þ
            case (0xD0, 0x90...0x9F): append(0xD0, byte + 0x20)  // А to П
            case (0xD0, 0xA0...0xAF): append(0xD1, byte - 0x20)  // Р to Я
            case (0xD0, 0x80...0x8F): append(0xD1, byte + 0x10)  // Ё and its kind
            case (0xC3, _), (0xD0, _): append(lead, byte)
            default: append(byte)
            }
            if byte != lead { lead = 0 }
        }
    }

    private mutating func append(_ lead: UInt8, _ byte: UInt8) {
        append(lead)
        append(byte)
    }

    private mutating func append(_ byte: UInt8) {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}

/// A fixed set of words.
struct WordSet: Sendable {
    /// Open addressing: each key is at the index that its lowest bits give, or after it. 0 is an empty slot.
    private let slots: [UInt64]
    private let mask: Int

    /// - Parameter texts: words separated by spaces and line breaks.
    init(_ texts: [String]) {
        var keys: [UInt64] = []
        for text in texts {
            for word in text.utf8.split(whereSeparator: { $0 <= 0x20 }) { keys.append(WordKey(word).hash) }
        }
        var size = 8
        while size < keys.count * 3 { size *= 2 }
        var slots = Array(repeating: UInt64(0), count: size)
        for key in keys {
            var place = Int(truncatingIfNeeded: key) & (size - 1)
            while slots[place] != 0, slots[place] != key { place = (place + 1) & (size - 1) }
            slots[place] = key
        }
        self.slots = slots
        mask = size - 1
    }

    func contains(_ key: WordKey) -> Bool {
        var place = Int(truncatingIfNeeded: key.hash) & mask
        while slots[place] != 0 {
            if slots[place] == key.hash { return true }
            place = (place + 1) & mask
        }
        return false
    }
}
