// SPDX-License-Identifier: GPL-3.0-or-later

/// The number or letter of an item in a list within a line: `1.`, `2)`, `(b)`, `iv)`.
struct Marker: Equatable {
    enum Form: Equatable {
        case number
        case letter
        case roman
    }

    var form: Form
    var value: Int
    /// What follows it: `.`, `)` or `.)`, encoded as one value. A list keeps to one style.
    var style: UInt8
    /// Where it begins, including its bracket.
    var start: Int
}

/// Tracks the items of a list within a line: "1. The first item 2. The second item".
///
/// A number begins an item if it is at the beginning of a sentence, follows a colon, or is the successor of the last
/// item's.
struct Enumeration: Sendable {
    private var form: Marker.Form?
    private var value = 0
    private var style: UInt8 = 0

    /// Whether there were items in this block.
    var isActive: Bool { form != nil }

    mutating func reset() {
        form = nil
    }

    /// Whether `marker` begins an item; if so, it becomes the last one.
    ///
    /// - Parameters:
    ///   - isFirst: whether it is at the beginning of its sentence.
    ///   - followsColon: whether a colon comes before it.
    mutating func begins(_ marker: Marker, isFirst: Bool, followsColon: Bool) -> Bool {
        let countsOn = form == marker.form && style == marker.style && value + 1 == marker.value
        // "i" may be the letter after "h", or the first Roman numeral.
        let restarts = form != nil && marker.value == 1 && isFirst
        guard isFirst || countsOn || restarts || followsColon && marker.value == 1 else { return false }
        form = marker.form
        value = marker.value
        style = marker.style
        return true
    }

    /// The marker whose number or letter ends at `offset`, before a `.` or `)`; `nil` if there isn't one.
    func marker(endingAt offset: Int, from earliest: Int, _ bytes: ByteWindow) -> Marker? {
        // After another letter, a letter that isn't a Roman digit is part of a word.
        if offset - 2 >= earliest, bytes[offset - 2].isASCIILetter, bytes[offset - 1].isASCIILetter,
            !bytes[offset - 1].isRomanDigit
        {
            return nil
        }
        var end = offset
        var style = bytes[offset]
        if style == UInt8(ascii: ")"), end > earliest, bytes[end - 1] == UInt8(ascii: ".") {
            end -= 1
            style = 0
        }
        var start = end
        while start > earliest, end - start < 5, bytes[start - 1].isDigit || bytes[start - 1].isASCIILetter {
            start -= 1
        }
        guard start < end, end - start <= 4 else { return nil }
        guard let (form, value) = Self.value(of: bytes[start..<end], after: self) else { return nil }
        if style != UInt8(ascii: "."), start > earliest, bytes[start - 1] == UInt8(ascii: "(") {
            start -= 1
            style = 1
        }
        guard start == earliest || bytes[start - 1] == 0x20 else { return nil }
        return Marker(form: form, value: value, style: style, start: start)
    }

    private static func value(of text: ArraySlice<UInt8>, after previous: Enumeration) -> (Marker.Form, Int)? {
        guard let first = text.first else { return nil }
        if first.isDigit {
            guard text.allSatisfy(\.isDigit), text.count <= 3 else { return nil }
            return (.number, text.reduce(0) { $0 * 10 + Int($1 - 0x30) })
        }
        let roman = romanValue(of: text)
        if let roman, text.count > 1 || previous.form == .roman { return (.roman, roman) }
        guard text.count == 1 else { return nil }
        let letter = Int(first | 0x20) - 0x60
        if let roman, roman == 1, previous.form != .letter { return (.roman, 1) }
        return (.letter, letter)
    }

    /// The value of a Roman numeral made of `i`, `v` and `x`.
    private static func romanValue(of text: ArraySlice<UInt8>) -> Int? {
        var value = 0
        var last = 10
        for byte in text {
            let digit =
                switch byte | 0x20 {
                case UInt8(ascii: "i"): 1
                case UInt8(ascii: "v"): 5
                case UInt8(ascii: "x"): 10
                default: 0
                }
            guard digit > 0 else { return nil }
            value += digit > last ? digit - 2 * last : digit
            last = digit
        }
        return value
    }
}

extension UInt8 {
    fileprivate var isRomanDigit: Bool {
        self | 0x20 == UInt8(ascii: "i") || self | 0x20 == UInt8(ascii: "v") || self | 0x20 == UInt8(ascii: "x")
    }
}
