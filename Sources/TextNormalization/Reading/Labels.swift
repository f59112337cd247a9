// SPDX-License-Identifier: GPL-3.0-or-later

/// A letter after a number that is part of a name rather than a unit: "seat 12A", "Hauptstr. 12h".
extension RunReader {
    func isLabel(_ place: Int, behind number: WrittenNumber) -> Bool {
        let before = scalar(number.range.lowerBound - 1)
        let next = scalar(place + 1)
        let letter = text.scalars[place]
        // "9x5" is a product; a letter that is neither Latin nor Cyrillic is a counter.
        guard letter.value < 0x0500, letter != "x" else { return false }
        if before == ":" || before == "/" || isBehindName(number, letter) { return true }
        if next.isDigit { return true }
        if next == ":" || next.isDash, isLetter(place + 2) || isDigit(place + 2), !isSameUnit(letter, from: place + 2) {
            return true
        }
        if let labelEnd, isJoined(labelEnd, number.range.lowerBound) { return true }
        let words = wordsBefore(number.range.lowerBound)
        if let word = words.first(where: { !Self.linking.contains($0) }), isLabelWord(word) { return true }
        let after = wordAfter(place + 1)
        if letter == "K", Self.resolutions.contains(number.whole), number.fraction == nil, !Self.counted.contains(after)
        {
            return true
        }
        guard letter == "A" || letter == "C" || letter == "F" || letter == "J" || letter == "N", number.fraction == nil
        else { return false }
        return !words.contains(where: rules.quantities.unitHints.contains)
            && !rules.quantities.unitHints.contains(after)
    }

    /// "B-12C", but not "9h-18h".
    private func isBehindName(_ number: WrittenNumber, _ letter: Unicode.Scalar) -> Bool {
        let dash = number.range.lowerBound - 1
        return scalar(dash).isDash && isLetter(dash - 1) && !(scalar(dash - 1) == letter && isDigit(dash - 2))
    }

    private static let linking: Set<String> = ["is", "was", "are", "number", "no", "nr", "ist", "est", "es", "è", "é"]

    private func isLabelWord(_ word: String) -> Bool {
        rules.quantities.labels.contains(word)
            || rules.quantities.labels.contains("straße") && (word.hasSuffix("straße") || word.hasSuffix("str"))
    }

    /// "4K", "5K run": screens and races, but not "5K followers".
    private static let resolutions: Set<String> = ["2", "4", "5", "8"]
    private static let counted: Set<String> = [
        "followers", "users", "people", "views", "subscribers", "likes", "downloads", "stars", "dollars", "euros",
        "members", "employees", "tokens", "words", "lines", "steps", "calories", "miles", "more",
    ]

    /// Whether the number at `place` has the unit `letter` too: "9h-18h".
    private func isSameUnit(_ letter: Unicode.Scalar, from place: Int) -> Bool {
        let digits = text.digits(at: place, before: end)
        return !digits.isEmpty && scalar(digits.upperBound) == letter && !isLetter(digits.upperBound + 1)
    }
}
