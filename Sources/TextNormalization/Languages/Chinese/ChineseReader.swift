// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a run of Chinese: copies the characters, and puts numbers and symbols into words.
struct ChineseReader {
    let text: CleanText
    let range: Range<Int>
    private var out: SpokenText
    var index: Int
    private var done: Int
    /// Where the last number that was read digit by digit ended, and whether one was 幺 in it. The other numbers of its
    /// list are read likewise.
    var spelled: (end: Int, hasYao: Bool)?
    /// Numbers are written as in English.
    private static let rules = NumberRules()

    init(_ text: CleanText, range: Range<Int>, out: consuming SpokenText) {
        self.text = text
        self.range = range
        self.out = out
        index = range.lowerBound
        done = range.lowerBound
    }

    var end: Int { range.upperBound }

    /// Reads the run, and returns everything spoken so far.
    consuming func read() -> SpokenText {
        while index < end {
            let scalar = text.scalars[index]
            if scalar.isDigit {
                readNumber()
            } else if scalar.value >= 0x3000 {
                index += 1
            } else if scalar.isASCIILetter {
                readLetters()
            } else {
                readSymbol(scalar)
            }
        }
        out.copy(done..<end)
        return out
    }

    /// Copies what has been skipped so far, and speaks `words` in place of `range`.
    mutating func say(_ words: String, for range: Range<Int>) {
        // A space before `range` may already have gone with what was left out there.
        let start = max(done, range.lowerBound)
        out.copy(done..<start)
        out.say(words, for: start..<range.upperBound)
        done = range.upperBound
        index = range.upperBound
    }

    /// The scalar at `place`; a space outside the run.
    func scalar(_ place: Int) -> Unicode.Scalar {
        range.contains(place) ? text.scalars[place] : " "
    }

    func isDigit(_ place: Int) -> Bool { scalar(place).isDigit }

    /// The scalar at `place`, also from a neighbouring run.
    func neighbour(_ place: Int) -> Unicode.Scalar {
        place >= 0 && place < text.count ? text.scalars[place] : " "
    }

    /// Whether one of `words` ends right before `place`.
    func has(_ words: [String], before place: Int) -> Bool {
        words.contains { word in
            var at = place
            return word.unicodeScalars.reversed().allSatisfy { scalar in
                at -= 1
                return neighbour(at) == scalar
            }
        }
    }

    func has(_ words: [String], at place: Int) -> Bool {
        words.contains { has($0, at: place) }
    }

    /// The position after the space at `place`, if there is one; else `place`.
    func skippingBlank(_ place: Int) -> Int {
        scalar(place).isBlank && place + 1 < end ? place + 1 : place
    }

    /// Whether `words` begin at `place`.
    func has(_ words: String, at place: Int) -> Bool {
        var at = place
        for scalar in words.unicodeScalars {
            guard self.scalar(at) == scalar else { return false }
            at += 1
        }
        return true
    }

    func number(at place: Int) -> WrittenNumber? {
        text.number(at: place, before: end, rules: Self.rules)
    }
}
