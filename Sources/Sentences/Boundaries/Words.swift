// SPDX-License-Identifier: GPL-3.0-or-later

/// The words around a place in the text, found without copying.
extension ByteWindow {
    /// The most bytes of a word that are examined.
    private static let longestWord = 48

    /// The word that ends at `offset` and begins no earlier than `earliest`, without quotes and brackets before it.
    func word(before offset: Int, notBefore earliest: Int) -> Range<Int> {
        let earliest = max(earliest, start, offset - Self.longestWord)
        guard offset > earliest else { return offset..<offset }
        var begin = offset
        while begin > earliest {
            let byte = self[begin - 1]
            guard byte > 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "("), byte != UInt8(ascii: "[") else {
                break
            }
            // "Oct. 3-Nov. 5", "3.–5. Mai": the word begins after the dash.
            if byte == UInt8(ascii: "-") || byte == 0x93, isDash(before: begin), begin < offset, self[begin].isWordByte
            {
                break
            }
            // "写了J.K": Latin letters after Han ones are a separate word.
            if byte >= 0x80, begin < offset, self[begin] < 0x80,
                (0xE3...0xEF).contains(self[scalarStart(before: begin)])
            {
                break
            }
            begin -= 1
        }
        while begin < offset {
            let byte = self[begin]
            if byte == 0xE2, begin + 1 < offset, self[begin + 1] == 0x80 {
                begin += 3  // “ and the like
            } else if byte == 0xC2, begin + 1 < offset, [0xAB, 0xBB, 0xA1, 0xBF].contains(self[begin + 1]) {
                begin += 2  // « » ¡ ¿
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "-") {
                begin += 1
            } else {
                break
            }
        }
        return min(begin, offset)..<offset
    }

    /// Whether a dash with a digit before it ends at `offset`.
    private func isDash(before offset: Int) -> Bool {
        let isHyphen = self[offset - 1] == UInt8(ascii: "-")
        let isLong =
            self[offset - 1] == 0x93 && offset - 3 >= start && self[offset - 2] == 0x80 && self[offset - 3] == 0xE2
        guard isHyphen || isLong else { return false }
        let dash = isHyphen ? offset - 1 : offset - 3
        return dash > start
            && (self[dash - 1].isDigit
                || self[dash - 1] == UInt8(ascii: ".") && dash - 2 >= start && self[dash - 2].isDigit)
    }

    /// The word before the one that begins at `offset`, without the mark that ends it.
    func word(beforeWordAt offset: Int, notBefore earliest: Int) -> Range<Int> {
        var end = offset
        while end > max(earliest, start), self[end - 1] <= 0x20 || self[end - 1] == UInt8(ascii: "-") { end -= 1 }
        return word(before: end, notBefore: earliest)
    }

    /// Where the first word at or after `offset` begins, past spaces, quotes, brackets and dashes.
    func wordStart(from offset: Int, limit: Int) -> Int {
        var position = offset
        while position < limit, position - offset < 16 {
            let byte = self[position]
            if byte.isASCIILetter || byte.isDigit { return position }
            if byte >= 0x80, scalar(at: position).properties.isAlphabetic { return position }
            position += UTF8Form.length(lead: byte)
        }
        return min(position, limit)
    }

    /// The end of the word that begins at `offset`, at most 24 bytes later.
    func wordEnd(from offset: Int, limit: Int) -> Int {
        var end = offset
        while end < limit, end - offset < 24, self[end].isWordByte || self[end] == UInt8(ascii: "'") { end += 1 }
        return end
    }

    /// The number of words in `range`, counted by spaces.
    func wordCount(in range: Range<Int>) -> Int {
        var count = 0
        var isInWord = false
        for offset in range {
            let isBlank = self[offset] == 0x20
            if !isBlank, !isInWord { count += 1 }
            isInWord = !isBlank
        }
        return count
    }

    /// The key of the word at `range`, without a part joined to its beginning by an apostrophe: `l'Ing` → `ing`.
    func key(_ range: Range<Int>) -> WordKey {
        var start = range.upperBound
        while start > range.lowerBound, !isApostrophe(before: start) { start -= 1 }
        return WordKey(self[start < range.upperBound ? start..<range.upperBound : range])
    }

    /// The key of the word at `range`, without a part joined to its end by an apostrophe: `it's` → `it`.
    func keyOfStem(_ range: Range<Int>) -> WordKey {
        var end = range.lowerBound
        while end < range.upperBound, self[end] != UInt8(ascii: "'"), !has("’", at: end) { end += 1 }
        return WordKey(self[range.lowerBound..<end])
    }

    private func isApostrophe(before offset: Int) -> Bool {
        self[offset - 1] == UInt8(ascii: "'")
            || self[offset - 1] == 0x99 && offset - 3 >= start && self[offset - 2] == 0x80 && self[offset - 3] == 0xE2
    }

    /// Whether `range` consists of letters, apostrophes and hyphens.
    func isPlainWord(_ range: Range<Int>) -> Bool {
        !range.isEmpty && self[range].allSatisfy { $0.isASCIILetter || $0 >= 0x80 || $0 == 0x27 || $0 == 0x2D }
    }

    /// Whether a capital follows a lowercase letter in `range`: `ContentView`.
    func isCamelCase(_ range: Range<Int>) -> Bool {
        range.dropFirst().contains { (0x41...0x5A).contains(self[$0]) && (0x61...0x7A).contains(self[$0 - 1]) }
    }

    /// Whether `range` is a single capital.
    func isInitial(_ range: Range<Int>) -> Bool {
        !range.isEmpty && UTF8Form.length(lead: self[range.lowerBound]) == range.count
            && scalar(at: range.lowerBound).isUpper
    }

    /// Whether `range` is `U.S.A`, `i.e` or the like: letters, at most two at a time, with full stops between them.
    func isDotted(_ range: Range<Int>) -> Bool {
        var letters = 0
        var dots = 0
        for offset in range {
            let byte = self[offset]
            if byte == UInt8(ascii: ".") {
                dots += 1
                letters = 0
            } else if byte.isDigit || !byte.isWordByte {
                return false
            } else if !UTF8Form.isContinuation(byte) {
                letters += 1
            }
            if letters > 2 { return false }
        }
        return dots > 0
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isASCIILetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
    var isCapital: Bool { (0x41...0x5A).contains(self) }
    /// One of a…z, 0…9.
    var isSmallLetterOrDigit: Bool { isDigit || (0x61...0x7A).contains(self) }
    /// A letter or digit, or part of a non-ASCII character.
    var isWordByte: Bool { isDigit || isASCIILetter || self >= 0x80 }
}

extension Unicode.Scalar {
    var isUpper: Bool {
        value < 0x80 ? (0x41...0x5A).contains(value) : properties.isUppercase
    }

    var isLower: Bool {
        value < 0x80 ? (0x61...0x7A).contains(value) : properties.isLowercase
    }

    /// Han, kana and Hangul; the first two are written without spaces.
    var isEastAsian: Bool {
        switch value {
        case 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }

    /// Punctuation after which the sentence goes on.
    var isContinuing: Bool {
        switch self {
        case ",", ";", ":", "，", "；", "：", "、", ")", "]", "）": true
        default: false
        }
    }
}
