// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Utterance

/// Where the words of a text probably begin in its sound, by what they usually take: servers don't tell.
struct EstimatedWords {
    /// The words: stretches between blanks, and single characters where none are written. Byte ranges of the text.
    static func ranges(in text: String) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var isInWord = false
        var offset = 0
        for character in text {
            let end = offset + character.utf8.count
            defer { offset = end }
            let isWide = character.unicodeScalars.contains { $0.properties.isIdeographic || $0.isKana }
            if isWide {
                ranges.append(offset..<end)
                isInWord = false
            } else if character.isLetter || character.isNumber {
                if isInWord { ranges[ranges.count - 1] = ranges[ranges.count - 1].lowerBound..<end }
                if !isInWord { ranges.append(offset..<end) }
                isInWord = true
            } else if character.isWhitespace {
                isInWord = false
            } else if isInWord, let last = ranges.last, last.upperBound == offset {
                // What follows within the word, as in don't and e-mail, belongs to it; at its end it does no harm.
                ranges[ranges.count - 1] = last.lowerBound..<end
            }
        }
        return ranges.map { trimmed($0, in: text) }
    }

    /// Without the punctuation at its end.
    private static func trimmed(_ range: Range<Int>, in text: String) -> Range<Int> {
        var end = text.utf8.index(text.startIndex, offsetBy: range.upperBound)
        let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
        while end > start {
            let before = text.index(before: end)
            if text[before].isLetter || text[before].isNumber { break }
            end = before
        }
        return range.lowerBound..<text.utf8.distance(from: text.startIndex, to: end)
    }

    /// - Parameters:
    ///   - offset: where the text begins in the piece, in UTF-8 bytes.
    ///   - frame: where its sound begins in the piece.
    ///   - frames: how long its sound is.
    static func marks(of text: String, at offset: Int, from frame: Int, frames: Int) -> [WordMark] {
        let ranges = ranges(in: text)
        // A pause counts where more follows, so each word is measured with what stands between it and the next one.
        let ends = ranges.dropFirst().map(\.lowerBound) + [ranges.last?.upperBound ?? 0]
        let times = zip(ranges, ends).map { range, end in
            VoiceParameters.usualTime(of: text.bytes(range.lowerBound..<end)).inSeconds
        }
        let total = max(times.reduce(0, +), 0.001)
        var passed = 0.0
        return zip(ranges, times).map { range, time in
            defer { passed += time }
            let spoken = range.lowerBound + offset..<range.upperBound + offset
            return WordMark(frame: frame + Int(passed / total * Double(frames)), spoken: spoken)
        }
    }
}

extension String {
    /// The text between two offsets in its UTF-8, which lie between characters.
    func bytes(_ range: Range<Int>) -> String {
        let start = utf8.index(startIndex, offsetBy: range.lowerBound)
        return String(self[start..<utf8.index(start, offsetBy: range.count)])
    }
}

extension Unicode.Scalar {
    fileprivate var isKana: Bool { (0x3040...0x30FF).contains(value) }
}
