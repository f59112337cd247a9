// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a sentence can be cut.
enum Clauses {
    /// The end of the last clause in `range` that is worth saying by itself.
    ///
    /// - Parameter isOpen: whether the text goes on right after `range`, but hasn't arrived yet.
    static func lastEnd(in range: Range<Int>, _ bytes: ByteWindow, isOpen: Bool) -> Int? {
        var words = 0
        var ideographs = 0
        var isInWord = false
        var result: Int?
        var offset = range.lowerBound
        while offset < range.upperBound {
            let byte = bytes[offset]
            let length = UTF8Form.length(lead: byte)
            if byte.isASCIILetter || byte.isDigit {
                if !isInWord { words += 1 }
                isInWord = true
            } else if byte == 0x20 {
                isInWord = false
            } else {
                let scalar = bytes.scalar(at: offset)
                if scalar.isEastAsian {
                    ideographs += 1
                    isInWord = false
                } else if Terminators.endsClause(scalar) {
                    isInWord = false
                    let end = offset + length
                    if words >= 3 || ideographs >= 6 || words + ideographs / 2 >= 3,
                        isEnd(scalar, at: offset, end, range, bytes, isOpen: isOpen)
                    {
                        result = end
                    }
                } else if byte >= 0x80 {
                    if !isInWord, scalar.properties.isAlphabetic {
                        words += 1
                        isInWord = true
                    }
                } else if byte != 0x27, byte != 0x2D {
                    isInWord = false
                }
            }
            offset += length
        }
        return result
    }

    /// Whether `,` or the like ends a clause: before a space, or after a letter at the end of the text so far.
    private static func isEnd(
        _ scalar: Unicode.Scalar, at offset: Int, _ end: Int, _ range: Range<Int>, _ bytes: ByteWindow, isOpen: Bool
    ) -> Bool {
        if end == range.upperBound {
            guard isOpen, offset > range.lowerBound else { return false }
            let before = bytes[offset - 1]
            return scalar.value >= 0x80 && scalar != "–" || before.isASCIILetter || before >= 0x80 || before == 0x29
        }
        switch scalar {
        case ",", ";", ":", "–": return bytes[end] == 0x20
        default: return true
        }
    }

    /// The best place to cut `range`, which is too long: the end of a clause, else of a word, else anywhere.
    static func cut(in range: Range<Int>, _ bytes: ByteWindow) -> Int {
        if let clause = lastEnd(in: range, bytes, isOpen: false), clause - range.lowerBound >= range.count / 3 {
            return clause
        }
        if let word = lastWordEnd(in: range, bytes), word - range.lowerBound >= range.count / 3 { return word }
        var offset = range.upperBound
        // Not before an accent or inside an emoji.
        while offset > range.lowerBound + range.count / 2 {
            let scalar = bytes.scalar(at: offset)
            if !UTF8Form.isContinuation(bytes[offset]), !scalar.properties.isGraphemeExtend, scalar != "\u{200D}" {
                break
            }
            offset -= 1
        }
        return UTF8Form.isContinuation(bytes[offset]) ? bytes.scalarStart(before: offset) : offset
    }

    /// The last space in `range`, after a word.
    static func lastWordEnd(in range: Range<Int>, _ bytes: ByteWindow) -> Int? {
        var offset = range.upperBound - 1
        while offset > range.lowerBound {
            if bytes[offset] == 0x20 { return offset }
            offset -= 1
        }
        return nil
    }
}
