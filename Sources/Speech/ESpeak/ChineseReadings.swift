// SPDX-License-Identifier: GPL-3.0-or-later

/// Replaces characters that eSpeak NG reads wrongly by others that it reads as the first should be: 银航 for 银行.
///
/// A character is replaced by one of equal length in UTF-8, so that offsets in the text don't change. From left to
/// right, the longest word of the table at each place is used. A reading that no character has becomes the stand-in of
/// ``PinyinSyllables``.
struct ChineseReadings: Sendable {
    /// The table's bit for the version.
    private let version: UInt8

    /// - Parameter version: of eSpeak NG. Later versions are treated like the last one in the table.
    init(version: String) {
        self.version =
            switch version {
            case "1.50": 1
            case "1.51": 2
            default: 4
            }
    }

    /// The text with wrongly read characters replaced.
    func applied(to text: String) -> String {
        var bytes = Array(text.utf8)
        var index = 0
        var previous: Han?
        // The offset of a 一 or 不 whose tone the next character decides.
        var open: Int?
        while index < bytes.count {
            guard let first = Han(in: bytes, at: index) else {
                (previous, open) = (nil, nil)
                index += 1
                continue
            }
            let isNumeral = first == .one && Self.isNumeral(in: bytes, at: index, after: previous)
            let length = isNumeral ? 0 : replaceWord(in: &bytes, at: index, beginningWith: first)
            if let place = open, let next = Han(in: bytes, at: index) {
                Self.changeTone(in: &bytes, at: place, before: next, written: first)
            }
            open = length <= 1 && !isNumeral && (first == .one || first == .not) ? index : nil
            index += 3 * max(length, 1)
            previous = first
            if length > 1 { previous = Han(in: bytes, at: index - 3) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// 一 keeps its first tone in numbers: 二零二一年, 第一天, 一点五.
    private static func isNumeral(in bytes: [UInt8], at index: Int, after previous: Han?) -> Bool {
        if let previous, Han.numerals.contains(previous) || previous == .point || previous == .ordinal { return true }
        guard Han(in: bytes, at: index + 3) == .point, let next = Han(in: bytes, at: index + 6) else { return false }
        return Han.numerals.contains(next)
    }

    /// 不是 is búshì, 一样 is yíyàng, 一般 is yìbān.
    private static func changeTone(in bytes: inout [UInt8], at place: Int, before next: Han, written: Han) {
        let falls = ChineseReadingsIndex.shared.isFalling(next)
        if Han(in: bytes, at: place) == .not {
            if falls { Han.notRising.write(to: &bytes, at: place) }
        } else if !Han.digits.contains(written) {
            (falls || written == .piece ? Han.oneRising : .oneFalling).write(to: &bytes, at: place)
        }
    }

    /// Replaces the longest word of the table at `index`. Returns its number of characters, or 0.
    private func replaceWord(in bytes: inout [UInt8], at index: Int, beginningWith first: Han) -> Int {
        guard let entry = ChineseReadingsIndex.shared.longestWord(in: bytes, at: index, beginningWith: first) else {
            return 0
        }
        if entry.versions & version != 0 {
            for (offset, byte) in entry.replacement.enumerated() { bytes[index + offset] = byte }
        }
        return entry.length
    }
}

/// A character of the basic Han block, which takes three bytes in UTF-8.
struct Han: Hashable, Comparable {
    let value: UInt16

    private init(_ value: UInt16) {
        self.value = value
    }

    /// The character whose three bytes begin at `index`.
    init?(in bytes: some RandomAccessCollection<UInt8>, at index: Int) {
        guard index + 2 < bytes.count else { return nil }
        let start = bytes.index(bytes.startIndex, offsetBy: index)
        let (first, second, third) = (
            bytes[start], bytes[bytes.index(start, offsetBy: 1)], bytes[bytes.index(start, offsetBy: 2)]
        )
        guard (0xE4...0xE9).contains(first) else { return nil }
        let value = UInt16(first & 0x0F) << 12 | UInt16(second & 0x3F) << 6 | UInt16(third & 0x3F)
        guard value >= 0x4E00 else { return nil }
        self.value = value
    }

    func write(to bytes: inout [UInt8], at index: Int) {
        bytes[index] = UInt8(0xE0 | value >> 12)
        bytes[index + 1] = UInt8(0x80 | value >> 6 & 0x3F)
        bytes[index + 2] = UInt8(0x80 | value & 0x3F)
    }

    static func < (one: Han, other: Han) -> Bool { one.value < other.value }

    static let one = Han(0x4E00)
    static let not = Han(0x4E0D)
    /// 点, 第 and 个.
    static let point = Han(0x70B9)
    static let ordinal = Han(0x7B2C)
    static let piece = Han(0x4E2A)
    /// 醭 is bú, 仪 is yí, 义 is yì.
    static let notRising = Han(0x91AD)
    static let oneRising = Han(0x4EEA)
    static let oneFalling = Han(0x4E49)
    static let digits = Set("零一二三四五六七八九十第".utf16.map(Han.init))
    static let numerals = Set("零一二三四五六七八九十百千万亿".utf16.map(Han.init))
}
