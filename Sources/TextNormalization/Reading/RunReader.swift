// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a run of a language that is written in words, from left to right: copies what eSpeak reads well, says the rest.
///
/// Each step either knows what stands at `index`, says it and moves on, or leaves it; nothing is looked at more than a
/// small fixed number of times.
struct RunReader {
    let text: CleanText
    let book: Rulebook
    let range: Range<Int>
    private var out: SpokenText
    /// What is read next.
    var index: Int
    /// Up to where everything was copied or said.
    private var done: Int
    /// Where a number ended that was said digit by digit, a number that a letter names, and a weekday or month: the next
    /// ones of a list are like them.
    var spelledEnd: Int?
    var labelEnd: Int?
    var calendarEnd: Int?
    var calendarName: Calendar.Name?
    /// What stood before the last date, for the ending of the second one of a range.
    var wordBeforeDate = ""
    /// Minutes were read as part of a duration.
    var hasMinutes = false

    init(_ text: CleanText, range: Range<Int>, book: Rulebook, out: consuming SpokenText) {
        self.text = text
        self.book = book
        self.range = range
        self.out = out
        index = range.lowerBound
        done = range.lowerBound
    }

    var end: Int { range.upperBound }
    var rules: ReadingRules { book.rules }

    /// Reads the run, and gives back what was spoken so far with it.
    consuming func read() -> SpokenText {
        while index < end {
            let scalar = text.scalars[index]
            if scalar == " " {
                index += 1
            } else if scalar.value &- 0x61 < 26, let next = endOfPlainWord() {
                index = next
            } else if scalar.isDigit {
                readFigure()
            } else if scalar.isASCIILetter || scalar.value >= 0xC0 && text.script(at: index) != .common {
                readWord()
            } else {
                readSign()
            }
        }
        out.copy(done..<end)
        return out
    }

    /// Past the word at `index` and the blank behind it if ``readWord()`` has nothing to look at: small letters, no word
    /// written short, no figure after it.
    @inline(__always)
    private func endOfPlainWord() -> Int? {
        guard book.leavesSmallWords, !book.mayBeShort(text.scalars[index]) else { return nil }
        var last = index + 1
        while last < end, text.scalars[last].value &- 0x61 < 26 { last += 1 }
        guard last > index + 1, last + 1 < end, text.scalars[last] == " ", !text.scalars[last + 1].isDigit else {
            return nil
        }
        return last + 1
    }

    /// Copies what was left so far, and speaks `words` for `range`.
    mutating func say(_ words: String, for range: Range<Int>) {
        // A blank before it may have gone with what was left out there.
        let start = max(done, range.lowerBound)
        out.copy(done..<start)
        out.say(words, for: start..<range.upperBound)
        done = range.upperBound
        index = range.upperBound
    }

    /// The scalar at `place`, or a blank outside the run.
    @inline(__always)
    func scalar(_ place: Int) -> Unicode.Scalar {
        range.contains(place) ? text.scalars[place] : " "
    }

    /// Whether a letter of any script stands at `place`.
    @inline(__always)
    func isLetter(_ place: Int) -> Bool {
        range.contains(place) && Script(text.scalars[place]) != .common
    }

    @inline(__always)
    func isDigit(_ place: Int) -> Bool { scalar(place).isDigit }

    @inline(__always)
    func isCapital(_ place: Int) -> Bool {
        let scalar = scalar(place)
        return scalar.value &- 0x41 < 26 || scalar.value >= 0xC0 && scalar.properties.isUppercase
    }

    /// Past the letters from `place` on.
    func wordEnd(_ place: Int) -> Int {
        var last = place
        while isLetter(last) { last += 1 }
        return last
    }

    func number(at place: Int) -> WrittenNumber? {
        text.number(at: place, before: end, rules: rules.numbers)
    }
}
