// SPDX-License-Identifier: GPL-3.0-or-later

/// A text in which nothing has to be said in other words, as most sentences are.
enum PlainText: Equatable {
    /// Latin letters and the punctuation that eSpeak reads well.
    case latin(letters: Int)
    /// Han characters and their punctuation.
    case han(characters: Int)

    /// What a text plainly is; nil if it needs a closer look. One pass over the bytes, without allocations.
    init?(_ text: String) {
        let bytes = text.utf8.span
        var letters = 0
        var characters = 0
        var previousIsCapital = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let isCapital = byte &- 0x41 < 26
            // Two capitals may be a Roman numeral.
            if isCapital, previousIsCapital { return nil }
            previousIsCapital = isCapital
            switch byte {
            case 0x41...0x5A, 0x61...0x7A:
                letters += 1
                index += 1
            case 0x20:
                if index > 2, bytes[index - 1] == UInt8(ascii: "s"), bytes[index - 2] == UInt8(ascii: "v"),
                    bytes[index - 3] == 0x20
                {
                    return nil
                }
                index += 1
            // ! " ' ( ) , ; ?
            case 0x21...0x22, 0x27...0x29, 0x2C, 0x3B, 0x3F: index += 1
            case UInt8(ascii: "."):
                // One that is not the last may belong to an abbreviation.
                guard index + 1 == bytes.count else { return nil }
                index += 1
            case UInt8(ascii: "-"):
                // "Mon-Fri" is a range.
                guard index > 0, index + 1 < bytes.count, bytes[index + 1] >= 0x61,
                    (bytes[index - 1] | 0x20) &- 0x61 < 26,
                    (bytes[index + 1] | 0x20) &- 0x61 < 26
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
}
