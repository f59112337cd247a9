// SPDX-License-Identifier: GPL-3.0-or-later

/// A text that can be spoken exactly as it is written, as most sentences can.
enum PlainText: Equatable {
    /// Latin letters, and the punctuation that eSpeak NG reads well.
    case latin(letters: Int)
    /// Han characters and their punctuation.
    case han(characters: Int)

    /// Classifies a text in one pass over its bytes, without allocations; `nil` if it needs a closer look.
    init?(_ text: String) {
        let bytes = text.utf8.span
        var letters = 0
        var characters = 0
        var previousIsCapital = false
        var index = 0
        while index < bytes.count {
            var byte = bytes[index]
            if byte &- 0x61 < 26 {
                let start = index
                repeat {
                    index += 1
                    guard index < bytes.count else { break }
                    byte = bytes[index]
                } while byte &- 0x61 < 26
                letters += index - start
                previousIsCapital = false
                continue
            }
            let isCapital = byte &- 0x41 < 26
            // Two capitals may be a Roman numeral.
            if isCapital, previousIsCapital { return nil }
            previousIsCapital = isCapital
            switch byte {
            case 0x41...0x5A:
                letters += 1
                index += 1
            case 0x20:
                if index > 2, Self.mayMeanMore(index, bytes) { return nil }
                index += 1
            // ! " ' ( ) , ; ?
            case 0x21...0x22, 0x27...0x29, 0x2C, 0x3B, 0x3F: index += 1
            case UInt8(ascii: "."):
                // A full stop before the end may belong to an abbreviation.
                guard index + 1 == bytes.count else { return nil }
                index += 1
            case UInt8(ascii: "-"):
                // "Mon-Fri" is a range.
                guard index > 0, index + 1 < bytes.count, bytes[index + 1] >= 0x61,
                    (bytes[index - 1] | 0x20) &- 0x61 < 26,
                    (bytes[index + 1] | 0x20) &- 0x61 < 26, !Self.isBetweenShortWords(index, bytes)
                else { return nil }
                index += 1
            case 0xC3:
                // Letters with accents, but not × and ÷.
                guard index + 1 < bytes.count, bytes[index + 1] != 0x97, bytes[index + 1] != 0xB7 else { return nil }
                letters += 1
                index += 2
            case 0xE2...0xEF:
                guard index + 2 < bytes.count else { return nil }
                let value =
                    UInt32(byte & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
                switch value {
                case 0x4E00...0x9FFF: characters += 1
                // — ‘ ’ “ ” … 、 。 《 》 「 」 ！ （ ） ， ： ； ？
                case 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x3001, 0x3002, 0x300A...0x300D, 0xFF01, 0xFF08,
                    0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F:
                    break
                default: return nil
                }
                index += 3
            default: return nil
            }
        }
        switch (letters > 0, characters > 0) {
        case (true, false): self = .latin(letters: letters)
        case (false, true): self = .han(characters: characters)
        default: return nil
        }
    }

    /// Whether the word before the space at `index` is "vs", or a "to" that may join short names: "Jan to Mar".
    private static func mayMeanMore(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
        guard bytes[index - 3] == 0x20 else { return false }
        switch (bytes[index - 2], bytes[index - 1]) {
        case (UInt8(ascii: "v"), UInt8(ascii: "s")): return true
        case (UInt8(ascii: "t"), UInt8(ascii: "o")):
            var start = index - 3
            while start > 0, index - start < 8, bytes[start - 1] != 0x20 { start -= 1 }
            return index - 3 - start <= 4 && bytes[start] &- 0x41 < 26
        default: return false
        }
    }

    /// "lun-ven": short names of weekdays and months have up to four letters.
    private static func isBetweenShortWords(_ hyphen: Int, _ bytes: Span<UInt8>) -> Bool {
        var first = hyphen
        while first > 0, hyphen - first < 5, (bytes[first - 1] | 0x20) &- 0x61 < 26 { first -= 1 }
        var last = hyphen + 1
        while last < bytes.count, last - hyphen < 6, (bytes[last] | 0x20) &- 0x61 < 26 { last += 1 }
        return (2...4).contains(hyphen - first) && (3...5).contains(last - hyphen)
    }
}
