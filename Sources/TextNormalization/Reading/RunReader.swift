// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a run in a language that separates words, from left to right: copies what eSpeak NG reads well, and puts the
/// rest into words.
///
/// Each step recognizes what is at `index`, says it and moves on, or leaves it. No character is examined more than a
/// small fixed number of times.
struct RunReader {
    let text: CleanText
    let compiled: CompiledRules
    let range: Range<Int>
    private var out: SpokenText
    /// The position that is read next.
    var index: Int
    /// The position up to which everything was copied or said.
    private var done: Int
    /// Where the last number that was read digit by digit ended, the last number with a letter that names something,
    /// and the last weekday or month. The others of a list are read likewise.
    var spelledEnd: Int?
    var labelEnd: Int?
    var calendarEnd: Int?
    var calendarName: Calendar.Name?
    /// The word before the last date, which decides the ending of the second date of a range.
    var wordBeforeDate = ""
    /// Whether minutes were read as part of a duration.
    var hasMinutes = false

    init(_ text: CleanText, range: Range<Int>, compiled: CompiledRules, out: consuming SpokenText) {
        self.text = text
        self.compiled = compiled
        self.range = range
        self.out = out
        index = range.lowerBound
        done = range.lowerBound
    }

    var end: Int { range.upperBound }
    var rules: ReadingRules { compiled.rules }

    /// Reads the run, and returns everything spoken so far.
    consuming func read() -> SpokenText {
        while index < end {
            let scalar = text.scalars[index]
            if scalar == " " {
                index += 1
            } else if scalar.value &- 0x61 < 26, let next = endOfPlainWord() {
                index = next
            } else if scalar.isDigit {
                readNumber()
            } else if scalar.isASCIILetter || scalar.value >= 0xC0 && text.script(at: index) != .common {
                readWord()
            } else {
                readSymbol()
            }
        }
        out.copy(done..<end)
        return out
    }

    /// The position after the word at `index` and its space if ``readWord()`` has nothing to do there: only lowercase
    /// letters, not an abbreviation, and no number after it.
    @inline(__always)
    private func endOfPlainWord() -> Int? {
        guard compiled.leavesSmallWords, !compiled.mayBeShort(text.scalars[index]) else { return nil }
        var last = index + 1
        while last < end, text.scalars[last].value &- 0x61 < 26 { last += 1 }
        guard last > index + 1, last + 1 < end, text.scalars[last] == " ", !text.scalars[last + 1].isDigit else {
            return nil
        }
        return last + 1
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
    @inline(__always)
    func scalar(_ place: Int) -> Unicode.Scalar {
        range.contains(place) ? text.scalars[place] : " "
    }

    /// Whether there is a letter of any script at `place`.
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

    /// The position after the letters that begin at `place`.
    func wordEnd(_ place: Int) -> Int {
        var last = place
        while isLetter(last) { last += 1 }
        return last
    }

    func number(at place: Int) -> WrittenNumber? {
        text.number(at: place, before: end, rules: rules.numbers)
    }
}
