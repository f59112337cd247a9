// SPDX-License-Identifier: GPL-3.0-or-later

/// Puts characters that eSpeak NG reads rightly in the place of those that it reads wrongly: 银航 for 银行.
///
/// A character stands for a character, so that places in the text stay what they were. The longest word that begins at
/// a place counts, from left to right; at most four look-ups are made for a character.
struct ChineseReadings: Sendable {
    static let common = ChineseReadings(
        characters: ChineseReadingsTable.characters, words: ChineseReadingsTable.words,
        pairs: ChineseReadingsTable.pairs, plain: ChineseReadingsTable.plain)

    /// The basic block of Han characters, which all words here are made of.
    private static let block: ClosedRange<UInt32> = 0x4E00...0x9FFF
    private static let longestWord = 4

    /// A word of up to four characters, 16 bits each, and its replacement.
    private var replacements: [UInt64: UInt64] = [:]
    /// How long the longest word is that begins with a character of the block.
    private var lengths = [UInt8](repeating: 0, count: block.count)

    private init(characters: String, words: String, pairs: String, plain: String) {
        for entry in characters.split(whereSeparator: \.isWhitespace) { add(entry.prefix(1), entry.dropFirst()) }
        for line in words.split(whereSeparator: \.isNewline) {
            let entries = line.split(separator: " ")
            guard let sound = entries.first, let written = sound.first, let read = sound.last else { continue }
            for word in entries.dropFirst() {
                // A word may stand in the lines of several characters.
                let sofar = replacement(of: word) ?? String(word)
                add(word, Substring(String(sofar.map { $0 == written ? read : $0 })))
            }
        }
        for entry in pairs.split(whereSeparator: \.isWhitespace) {
            add(entry.prefix(entry.count / 2), entry.suffix(entry.count / 2))
        }
        for word in plain.split(whereSeparator: \.isWhitespace) { add(word, word) }
    }

    private mutating func add(_ word: Substring, _ read: Substring) {
        guard let first = word.unicodeScalars.first, Self.block.contains(first.value) else { return }
        let place = Int(first.value - Self.block.lowerBound)
        lengths[place] = max(lengths[place], UInt8(clamping: word.count))
        replacements[Self.key(word)] = Self.key(read)
    }

    private func replacement(of word: Substring) -> String? {
        guard var key = replacements[Self.key(word)] else { return nil }
        var result = ""
        while key != 0 {
            if let scalar = Unicode.Scalar(UInt32(key >> 48)) { result.unicodeScalars.append(scalar) }
            key <<= 16
        }
        return result
    }

    /// The characters from the top of the word down; shorter words end in zeros.
    private static func key(_ word: Substring) -> UInt64 {
        var key: UInt64 = 0
        var shift = 48
        for scalar in word.unicodeScalars.prefix(longestWord) {
            key |= UInt64(scalar.value & 0xFFFF) << UInt64(shift)
            shift -= 16
        }
        return key
    }
}

extension ChineseReadings {
    /// The text with what is read wrongly replaced.
    func applied(to text: String) -> String {
        var bytes = Array(text.utf8)
        apply(to: &bytes, from: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Replaces what is read wrongly in the UTF-8 bytes from `start` on; their number stays the same.
    func apply(to bytes: inout [UInt8], from start: Int) {
        var index = start
        var previous: UInt32 = 0
        while index < bytes.count {
            guard let first = Self.han(in: bytes, at: index) else {
                previous = 0
                index += 1
                continue
            }
            let length = Int(lengths[Int(first - Self.block.lowerBound)])
            // One has its first tone in numbers: 二零二一年, 第一天, 一点五.
            let isNumeral =
                first == 0x4E00
                && (Self.numerals.contains(previous)
                    || Self.han(in: bytes, at: index + 3) == 0x70B9
                        && Self.han(in: bytes, at: index + 6).map(Self.numerals.contains) ?? false)
            let replaced = length == 0 || isNumeral ? 0 : replaceWord(in: &bytes, at: index, length: length)
            index += 3 * max(replaced, 1)
            previous = Self.han(in: bytes, at: index - 3) ?? 0
        }
    }

    /// Replaces the longest word at `index`; gives the number of its characters, or 0.
    private func replaceWord(in bytes: inout [UInt8], at index: Int, length: Int) -> Int {
        var key: UInt64 = 0
        var count = 0
        while count < length, let scalar = Self.han(in: bytes, at: index + 3 * count) {
            key |= UInt64(scalar) << UInt64(48 - 16 * count)
            count += 1
        }
        while count > 0 {
            if let read = replacements[key] {
                if read != key { Self.write(read, count: count, to: &bytes, at: index) }
                return count
            }
            count -= 1
            key &= ~(0xFFFF << UInt64(48 - 16 * count))
        }
        return 0
    }

    /// The Han character whose three bytes begin at `index`.
    private static func han(in bytes: [UInt8], at index: Int) -> UInt32? {
        guard index + 2 < bytes.count, bytes[index] & 0xF0 == 0xE0 else { return nil }
        let value =
            UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
        return block.contains(value) ? value : nil
    }

    private static func write(_ word: UInt64, count: Int, to bytes: inout [UInt8], at index: Int) {
        for place in 0..<count {
            let value = UInt32(truncatingIfNeeded: word >> UInt64(48 - 16 * place)) & 0xFFFF
            let at = index + 3 * place
            bytes[at] = UInt8(0xE0 | value >> 12)
            bytes[at + 1] = UInt8(0x80 | value >> 6 & 0x3F)
            bytes[at + 2] = UInt8(0x80 | value & 0x3F)
        }
    }

    private static let numerals = Set("零一二三四五六七八九十百千万亿点第".unicodeScalars.map(\.value))
}
