// SPDX-License-Identifier: GPL-3.0-or-later

/// The script of a letter, as finely as the choice of a voice needs.
enum Script: UInt8, CaseIterable {
    /// Digits, spaces, punctuation and symbols, which belong to every script.
    case common
    case latin, han, kana, hangul, cyrillic, greek, arabic, hebrew, thai, devanagari, bengali, gurmukhi, gujarati, oriya
    case tamil, telugu, kannada, malayalam, sinhala, myanmar, georgian, armenian, ethiopic, cherokee

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0..<0x80: self = scalar.isASCIILetter ? .latin : .common
        case 0x4E00...0x9FFF: self = .han
        case 0xAC00...0xD7A3: self = .hangul
        case 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF: self = .kana
        case 0x0400...0x052F: self = .cyrillic
        case 0x80..<0x0250: self = Self.isLatin1Letter(scalar.value) ? .latin : .common
        default: self = Self.find(scalar.value)
        }
    }

    /// Scripts without spaces between words: each character weighs half as much as a word.
    var isSpaceless: Bool { self == .han || self == .kana }

    private static func isLatin1Letter(_ value: UInt32) -> Bool {
        value >= 0xC0 && value != 0xD7 && value != 0xF7 || value == 0xAA || value == 0xBA
    }

    private static func find(_ value: UInt32) -> Script {
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].last < value { low = middle + 1 } else { high = middle }
        }
        guard low < blocks.count, blocks[low].first <= value else { return .common }
        return blocks[low].script
    }

    /// Unicode blocks, in ascending order.
    private static let blocks: [(first: UInt32, last: UInt32, script: Script)] = [
        (0x0250, 0x02AF, .latin), (0x0370, 0x03FF, .greek), (0x0400, 0x052F, .cyrillic), (0x0531, 0x058F, .armenian),
        (0x05D0, 0x05F4, .hebrew), (0x0610, 0x06FF, .arabic), (0x0750, 0x077F, .arabic), (0x08A0, 0x08FF, .arabic),
        (0x0900, 0x097F, .devanagari), (0x0980, 0x09FF, .bengali), (0x0A00, 0x0A7F, .gurmukhi),
        (0x0A80, 0x0AFF, .gujarati), (0x0B00, 0x0B7F, .oriya), (0x0B80, 0x0BFF, .tamil), (0x0C00, 0x0C7F, .telugu),
        (0x0C80, 0x0CFF, .kannada), (0x0D00, 0x0D7F, .malayalam), (0x0D80, 0x0DFF, .sinhala), (0x0E01, 0x0E3A, .thai),
        (0x0E40, 0x0E5B, .thai), (0x1000, 0x109F, .myanmar), (0x10A0, 0x10FF, .georgian), (0x1100, 0x11FF, .hangul),
        (0x1200, 0x139F, .ethiopic), (0x13A0, 0x13FF, .cherokee), (0x1C80, 0x1C8F, .cyrillic),
        (0x1C90, 0x1CBF, .georgian), (0x1D00, 0x1D7F, .latin), (0x1E00, 0x1EFF, .latin), (0x1F00, 0x1FFF, .greek),
        (0x2C60, 0x2C7F, .latin), (0x2D00, 0x2D2F, .georgian), (0x2DE0, 0x2DFF, .cyrillic), (0x3005, 0x3007, .han),
        (0x3131, 0x318E, .hangul), (0x31F0, 0x31FF, .kana), (0x3400, 0x4DBF, .han), (0xA640, 0xA69F, .cyrillic),
        (0xA720, 0xA7FF, .latin), (0xA960, 0xA97F, .hangul), (0xAB30, 0xAB6F, .latin), (0xAB70, 0xABBF, .cherokee),
        (0xD7B0, 0xD7FF, .hangul), (0xF900, 0xFAFF, .han), (0xFB00, 0xFB06, .latin), (0xFB13, 0xFB17, .armenian),
        (0xFB1D, 0xFB4F, .hebrew), (0xFB50, 0xFDFF, .arabic), (0xFE70, 0xFEFC, .arabic), (0xFF66, 0xFF9D, .kana),
        (0x20000, 0x323AF, .han),
    ]
}

extension CleanText {
    /// The script of a letter. A single Greek letter is a mathematical symbol: "π", "Δt".
    func script(at index: Int) -> Script {
        let script = Script(scalars[index])
        guard script == .greek else { return script }
        let alone =
            (index == 0 || Script(scalars[index - 1]) != .greek)
            && (index + 1 == count || Script(scalars[index + 1]) != .greek)
        return alone ? .common : .greek
    }

    /// The number of Latin letters, if there are letters or digits and nothing that may be of another script.
    var plainlyLatinLetters: Int? {
        if let ascii {
            var letters: UInt32 = 0
            var digits: UInt8 = 0
            for byte in ascii {
                letters &+= (byte | 0x20) &- 0x61 < 26 ? 1 : 0
                digits |= byte &- 0x30 < 10 ? 1 : 0
            }
            return letters > 0 || digits > 0 ? Int(letters) : nil
        }
        var letters = 0
        var hasDigits = false
        for scalar in scalars {
            // Punctuation and symbols begin at 0x2000.
            guard scalar.value < 0x0250 || (0x2000..<0x2C00).contains(scalar.value) else { return nil }
            if scalar.isASCIILetter { letters += 1 } else if scalar.isDigit { hasDigits = true }
        }
        return letters > 0 || hasDigits ? letters : nil
    }
}
