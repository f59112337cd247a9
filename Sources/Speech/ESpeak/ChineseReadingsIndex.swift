// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds words in ``ChineseReadingsTable``, which stays in the executable's read-only data: only the offsets where the
/// words of each first character begin are stored.
struct ChineseReadingsIndex: Sendable {
    static let shared = ChineseReadingsIndex()

    struct Entry {
        /// In characters.
        var length: Int
        /// One bit for each version that reads the word wrongly.
        var versions: UInt8
        var replacement: ArraySlice<UInt8>
    }

    /// In ascending order.
    private var firsts: [Han] = []
    /// In bytes of the table.
    private var starts: [UInt32] = []
    /// For each first character, a bit per hashed second character of its words, so that most places are ruled out at
    /// once. All bits are set if the first character is a word by itself.
    private var seconds: [UInt64] = []

    private init() {
        ChineseReadingsTable.words.withUTF8Buffer { table in
            var isStart = true
            for index in table.indices {
                if isStart, let first = unsafe Han(in: table, at: index) {
                    if first != firsts.last {
                        firsts.append(first)
                        starts.append(UInt32(index))
                        seconds.append(0)
                    }
                    seconds[seconds.count - 1] |= unsafe Han(in: table, at: index + 3).map(Self.bit) ?? .max
                }
                isStart = unsafe Self.separates(table[index])
            }
        }
    }

    func longestWord(in bytes: [UInt8], at place: Int, beginningWith first: Han) -> Entry? {
        guard let number = firsts.place(of: first) else { return nil }
        let second = Han(in: bytes, at: place + 3)
        guard seconds[number] & (second.map(Self.bit) ?? .max) != 0, second != nil || seconds[number] == .max else {
            return nil
        }
        return ChineseReadingsTable.words.withUTF8Buffer { table in
            var start = Int(starts[number])
            let end = number + 1 < starts.count ? Int(starts[number + 1]) : table.count
            var found: Entry?
            while start < end {
                var digit = start
                while digit < end, unsafe table[digit] >= 0x80 { digit += 1 }
                var next = digit
                while next < end, unsafe !Self.separates(table[next]) { next += 1 }
                let count = digit - start
                // The words are in ascending order.
                if count > 3, let second, let other = unsafe Han(in: table, at: start + 3), second < other { break }
                if digit < end, count / 3 > found?.length ?? 0, place + count <= bytes.count,
                    unsafe bytes[place..<place + count].elementsEqual(table[start..<digit])
                {
                    let replacement = unsafe ArraySlice(table[(digit + 1)..<next])
                    found = unsafe Entry(length: count / 3, versions: table[digit] & 7, replacement: replacement)
                }
                start = next + 1
            }
            return found
        }
    }

    /// Whether the character has the fourth tone.
    func isFalling(_ character: Han) -> Bool {
        ChineseReadingsTable.falling.withUTF8Buffer { table in
            var low = 0
            var high = table.count / 3
            while low < high {
                let middle = (low + high) / 2
                guard let found = unsafe Han(in: table, at: 3 * middle) else { return false }
                if found == character { return true }
                if found < character { low = middle + 1 } else { high = middle }
            }
            return false
        }
    }

    private static func bit(_ character: Han) -> UInt64 { 1 << UInt64((character.value &* 0x9E37) >> 10) }

    private static func separates(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }
}

extension [Han] {
    /// The index of a character in an ascending array.
    fileprivate func place(of character: Han) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < character { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == character ? low : nil
    }
}
