// SPDX-License-Identifier: GPL-3.0-or-later

/// A piece's text in the form that a voice gets: what can't be seen or said is removed, and look-alikes become
/// plain characters.
///
/// Control characters, invisible format characters, emoji, private-use characters and U+FFFD are removed: some of them
/// break eSpeak NG, and it reads the others out by name. Full-width, enclosed and mathematical letters and digits
/// become plain ones. The text shown does not change.
struct CleanText {
    /// The scalars that remain.
    private(set) var scalars: [Unicode.Scalar] = []
    /// For each scalar, the UTF-8 offset in the text shown where it begins, and finally the text's length; empty if
    /// every scalar is one byte there.
    private var offsets: [Int] = []
    /// The UTF-8 bytes of the text shown.
    private let shown: [UInt8]
    /// Whether nothing was removed or replaced, as in most texts.
    private var isAsShown = true

    init(_ text: String) {
        shown = Array(text.utf8)
        if Self.isPlain(shown) {
            scalars = shown.map { Unicode.Scalar($0) }
            return
        }
        scalars.reserveCapacity(shown.count)
        offsets.reserveCapacity(shown.count + 1)
        var offset = 0
        // Where the removed text began, if its neighbours must stay apart.
        var gap: Int?
        for scalar in text.unicodeScalars {
            let start = scalars.isEmpty ? 0 : offset
            offset += UTF8.width(scalar)
            let treatment = Treatment(of: scalar)
            if treatment == .keep {
                append(scalar, at: start, gap: &gap)
                continue
            }
            isAsShown = false
            switch treatment {
            case .keep, .drop: break
            case .gap: gap = gap ?? start
            case .keycap:
                if let last = scalars.last, last.isASCII { removeLast() }
                gap = gap ?? start
            case .become(let plain): append(plain, at: start, gap: &gap)
            case .number(let value):
                for digit in String(value).unicodeScalars { append(digit, at: start, gap: &gap) }
            case .letters(let letters):
                for letter in letters.unicodeScalars { append(letter, at: start, gap: &gap) }
            }
        }
        offsets.append(offset)
    }

    /// Whether all bytes are visible ASCII or spaces. It has no branches, so that it can be vectorized.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        var others: UInt8 = 0
        for byte in bytes { others |= (byte < 0x20 ? 1 : 0) | (byte > 0x7E ? 1 : 0) }
        return others == 0
    }

    var count: Int { scalars.count }

    /// The UTF-8 offset in the text shown where the scalar at `index` begins; for ``count``, the text's length. A
    /// scalar covers all bytes up to the next one: what was removed belongs to the scalar before it.
    @inline(__always)
    func offset(of index: Int) -> Int { offsets.isEmpty ? index : offsets[index] }

    /// The bytes of the text shown, if each is one scalar and ASCII.
    var ascii: [UInt8]? { offsets.isEmpty ? shown : nil }

    /// The UTF-8 bytes of a range, if the text is unchanged.
    func source(of range: Range<Int>) -> ArraySlice<UInt8>? {
        isAsShown ? shown[offset(of: range.lowerBound)..<offset(of: range.upperBound)] : nil
    }

    /// The characters of a range, as a string.
    func string(_ range: Range<Int>) -> String {
        if let source = source(of: range) { return String(decoding: source, as: UTF8.self) }
        var result = String.UnicodeScalarView()
        for index in range { result.append(scalars[index]) }
        return String(result)
    }

    /// Appends a scalar, after a space if something was removed from between two words.
    private mutating func append(_ scalar: Unicode.Scalar, at offset: Int, gap: inout Int?) {
        if let start = gap {
            gap = nil
            if let last = scalars.last, last.isWordlike, scalar.isWordlike {
                scalars.append(" ")
                offsets.append(start)
            }
        }
        scalars.append(scalar)
        offsets.append(offset)
    }

    private mutating func removeLast() {
        scalars.removeLast()
        offsets.removeLast()
    }
}

extension CleanText {
    /// What happens to a scalar.
    private enum Treatment: Equatable {
        case keep
        /// Removed; its neighbours join.
        case drop
        /// Removed; its neighbours stay apart.
        case gap
        /// U+20E3, which turns the digit before it into an emoji.
        case keycap
        case become(Unicode.Scalar)
        /// A number in a circle or brackets.
        case number(Int)
        /// A ligature, or a unit in one character.
        case letters(String)

        init(of scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x20...0x7E: self = .keep
            case 0x4E00...0x9FFF: self = .keep
            case 0x00...0x1F, 0x85, 0x2028, 0x2029: self = .become(" ")
            case 0x7F...0x9F, 0xAD: self = .drop
            case 0xA0, 0x2007, 0x2009, 0x202F: self = .become("\u{A0}")
            case 0x1680, 0x2000...0x200A, 0x205F, 0x3000: self = .become(" ")
            case 0x034F, 0x061C, 0x115F, 0x1160, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F,
                0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFF, 0xE0000...0xE0FFF:
                self = .drop
            case 0x20E3: self = .keycap
            case 0x2010, 0x2011: self = .become("-")
            case 0x231A, 0x231B, 0x2328, 0x23CF, 0x23E9...0x23FF, 0x2500...0x27BF, 0x2B05...0x2BFF, 0x3030, 0x303D,
                0x3297, 0x3299, 0xE000...0xF8FF, 0x1F000...0x1FAFF, 0xF0000...0x10FFFF:
                self = .gap
            default:
                if let letters = CompatibilityCharacters.letters(of: scalar.value) {
                    self = .letters(letters)
                } else {
                    self.init(plain: scalar.value)
                }
            }
        }

        /// Maps look-alikes to plain letters, digits and symbols.
        private init(plain value: UInt32) {
            let ascii: UInt32
            switch value {
            case 0x2460...0x2473:
                self = .number(Int(value - 0x2460) + 1)
                return
            case 0x2474...0x2487:
                self = .number(Int(value - 0x2474) + 1)
                return
            case 0x2488...0x249B:
                self = .number(Int(value - 0x2488) + 1)
                return
            // Roman numerals up to twelve.
            case 0x2160...0x216B:
                self = .number(Int(value - 0x2160) + 1)
                return
            case 0x2170...0x217B:
                self = .number(Int(value - 0x2170) + 1)
                return
            // Full-width forms, except the punctuation that Chinese is written with: ！（），：；？ and the like.
            case 0xFF03...0xFF06, 0xFF0A, 0xFF0B, 0xFF0D...0xFF19, 0xFF1C...0xFF1E, 0xFF20...0xFF3A, 0xFF3C,
                0xFF3E...0xFF5A, 0xFF5C, 0xFF5E:
                ascii = value - 0xFEE0
            case 0xFFE0: ascii = 0xA2
            case 0xFFE1: ascii = 0xA3
            case 0xFFE5: ascii = 0xA5
            case 0xFFE6: ascii = 0x20A9
            case 0x1D400...0x1D6A3:
                let letter = (value - 0x1D400) % 52
                ascii = letter < 26 ? 0x41 + letter : 0x61 + letter - 26
            case 0x1D7CE...0x1D7FF: ascii = 0x30 + (value - 0x1D7CE) % 10
            default:
                self = .keep
                return
            }
            self = Unicode.Scalar(ascii).map(Treatment.become) ?? .keep
        }
    }
}

extension Unicode.Scalar {
    /// One of 0…9.
    var isDigit: Bool { value &- 0x30 < 10 }

    /// The digit's value; meaningless for other scalars.
    var digit: Int { Int(value) - 0x30 }

    /// A letter or digit of any script, or anything else that must be kept apart like a word: not a space, and not
    /// ASCII punctuation.
    var isWordlike: Bool {
        isDigit || isASCIILetter
            || value >= 0xC0 && !(0x2000...0x206F).contains(value) && !(0x3000...0x3004).contains(value)
                && !(0xFF00...0xFF0F).contains(value) && !(0xFF1A...0xFF20).contains(value)
    }

    /// One of a…z, A…Z.
    var isASCIILetter: Bool { (value | 0x20) &- 0x61 < 26 }

    /// A space or a no-break space.
    var isBlank: Bool { self == " " || self == "\u{A0}" }
}
