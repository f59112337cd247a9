// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Collects what is spoken, and which bytes of the text shown each part of it stands for.
///
/// Readers take ownership, add their run and return it (`consume`), so that it is never copied.
struct SpokenText {
    private let text: CleanText
    /// What is spoken so far, in UTF-8.
    private(set) var bytes: [UInt8] = []
    /// Maps `bytes` to the text shown.
    private(set) var anchors: [Alignment.Anchor] = []
    /// The offset in the text shown of the next scalar, if it continues side by side; `nil` after a stretch that
    /// doesn't.
    private var expected: Int?
    /// Whether the last scalar was a letter or digit, and whether it came from `say`.
    private var lastIsWordlike = false
    private var lastWasSaid = false
    /// Whether spaces separate words that are said from their neighbours. They don't in Chinese and Japanese.
    var isSpaced = true

    init(_ text: CleanText) {
        self.text = text
        bytes.reserveCapacity(text.count + 64)
        // A number or an abbreviation adds two or three.
        anchors.reserveCapacity(8 + text.count / 4)
    }

    /// Speaks scalars as they are.
    mutating func copy(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        separate(from: text.scalars[range.lowerBound], said: false)
        lastIsWordlike = text.scalars[range.upperBound - 1].isWordlike
        lastWasSaid = false
        if let source = text.source(of: range) {
            let offset = text.offset(of: range.lowerBound)
            if expected != offset { mark(offset) }
            bytes.append(contentsOf: source)
            expected = offset + source.count
            return
        }
        for index in range {
            let scalar = text.scalars[index]
            let offset = text.offset(of: index)
            let width = UTF8.width(scalar)
            let sideBySide = text.offset(of: index + 1) - offset == width
            if expected != offset || !sideBySide { mark(offset) }
            append(scalar)
            expected = sideBySide ? offset + width : nil
        }
    }

    /// Speaks `words` in place of the scalars of `range`.
    mutating func say(_ words: String, for range: Range<Int>) {
        if let first = words.unicodeScalars.first { separate(from: first, said: true) }
        let start = text.offset(of: range.lowerBound)
        mark(start)
        let begin = bytes.count
        bytes.append(contentsOf: words.utf8)
        // Stretches of equal length would otherwise count as running side by side.
        if bytes.count - begin == text.offset(of: range.upperBound) - start, bytes.count > begin {
            anchors.append(Alignment.Anchor(spoken: begin + 1, source: start))
        }
        expected = nil
        guard let last = words.lastScalar else { return }
        lastIsWordlike = last.isWordlike
        lastWasSaid = true
    }

    /// Ends the run here: what comes next is read by another voice.
    mutating func endRun() {
        lastIsWordlike = false
    }

    /// Returns the complete alignment, once everything is spoken.
    mutating func finish() -> Alignment {
        mark(text.offset(of: text.count))
        return Alignment(anchors: anchors)
    }

    private mutating func mark(_ offset: Int) {
        anchors.append(Alignment.Anchor(spoken: bytes.count, source: offset))
    }

    /// Puts a space between words that are said and the words next to them.
    private mutating func separate(from next: Unicode.Scalar, said: Bool) {
        guard isSpaced, said || lastWasSaid, lastIsWordlike, next.isWordlike else { return }
        bytes.append(0x20)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { bytes.append(unit) }
        }
    }
}

extension String {
    /// The last scalar, found in constant time if it is ASCII.
    fileprivate var lastScalar: Unicode.Scalar? {
        guard let byte = utf8.last, byte < 0x80 else { return unicodeScalars.last }
        return Unicode.Scalar(byte)
    }
}
