// SPDX-License-Identifier: GPL-3.0-or-later

/// Two numbers with a mark between them: "16:9", "4.5/5", "2024/25", "128/82 mmHg".
extension RunReader {
    /// Reads two numbers that are not a time of day.
    mutating func readRatio() -> Bool {
        guard mayBePair(":"), let ratio = rules.numbers.ratio, let first = number(at: index),
            scalar(first.range.upperBound) == ":"
        else { return false }
        let colon = first.range.upperBound
        let second = text.digits(at: colon + 1, before: end)
        guard first.whole.utf8.count <= 4, (1...4).contains(second.count), scalar(second.upperBound) != ":",
            scalar(index - 1) != ":", !isLetter(second.upperBound)
        else { return false }
        let isNamed = wordsBefore(index).contains { Self.ratioWords.contains($0) }
        guard
            second.count == 1 || first.range.count == 1 && second.count > 2 || isNamed
                || first.fraction != nil
                    && rules.dates.hourWord == nil
        else { return false }
        index = colon
        say(rules.words.isSpaceless ? ratio : " \(ratio) ", for: colon..<second.lowerBound)
        index = second.upperBound
        return true
    }

    /// Rules most numbers out quickly: `separator` must follow.
    private func mayBePair(_ separator: Unicode.Scalar) -> Bool {
        let next = scalar(text.digits(at: index, before: end).upperBound)
        return next == separator || next == "." || next == ","
    }

    private static let ratioWords: Set<String> = ["ratio", "aspect", "scale", "odds", "score"]

    /// Reads a score out of a maximum, the years of a season, or a blood pressure.
    mutating func readScore() -> Bool {
        guard mayBePair("/"), let first = number(at: index), scalar(first.range.upperBound) == "/",
            let second = number(at: first.range.upperBound + 1), scalar(second.range.upperBound) != "/"
        else { return false }
        let slash = first.range.upperBound..<second.range.lowerBound
        if first.range.count == 4, second.range.count == 2, let a = first.value, let b = second.value,
            (a + 1) % 100 == b
        {
            let year = rules.dates.year?(a) ?? String(a)
            say("\(year) \(text.string(second.range))", for: index..<second.range.upperBound)
            return true
        }
        let words = wordsBefore(index)
        if let over = rules.quantities.pressure, isPressure(first, second, words) {
            say(" \(over) ", for: slash)
            index = second.range.upperBound
            readUnit(after: second)
            return true
        }
        guard let outOf = rules.numbers.outOf, ["5", "10", "20", "100"].contains(second.whole) else { return false }
        let isNamed =
            words.contains { Self.scoreWords.contains($0) }
            || ["stars", "points"].contains(wordAfter(second.range.upperBound))
            || first.whole == second.whole
        guard first.fraction != nil || isNamed else { return false }
        say(" \(outOf) ", for: slash)
        index = second.range.upperBound
        return true
    }

    private static let scoreWords: Set<String> = [
        "rated", "rating", "score", "scored", "scores", "give", "gave", "got", "rate", "index", "level", "pain",
        "grade",
    ]

    private func isPressure(_ first: WrittenNumber, _ second: WrittenNumber, _ words: [String]) -> Bool {
        guard let high = first.value, let low = second.value, (60...260).contains(high), (30..<high).contains(low)
        else {
            return false
        }
        return wordAfter(second.range.upperBound) == "mmhg"
            || words.contains { $0 == "bp" || $0.hasPrefix("pressure") || $0.hasPrefix("blutdruck") || $0 == "rr" }
    }
}
