// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Numbers that are names and are read digit by digit: telephone numbers, codes, cards, hardware addresses.
extension RunReader {
    /// Words between a code's name and its digits, and between "call" and a number.
    private static let fillers = WordList(words: "is was are number numbers no nr ist lautet est es è é номер")
    private static let articles = WordList(
        words:
            "the die der sie le au la al el il lo a to at is was are number numbers no nr ist lautet est es è é номер")

    mutating func readCode() -> Bool {
        let digits = text.digits(at: index, before: end)
        guard digits.count >= 3, digits.count <= 20, isCode(digits) else { return false }
        spell(groups(from: digits))
        return true
    }

    /// The groups of digits that hyphens join to the first.
    private func groups(from digits: Range<Int>) -> [Range<Int>] {
        var groups = [digits]
        while let last = groups.last, scalar(last.upperBound) == "-", isDigit(last.upperBound + 1), groups.count < 8 {
            groups.append(text.digits(at: last.upperBound + 1, before: end))
        }
        return groups
    }

    private mutating func spell(_ groups: [Range<Int>]) {
        guard let last = groups.last else { return }
        let words = groups.map { text.string($0).map(String.init).joined(separator: " ") }
        say(words.joined(separator: ", "), for: index..<last.upperBound)
        spelledEnd = index
    }

    private func isCode(_ digits: Range<Int>) -> Bool {
        let after = scalar(digits.upperBound)
        guard after != "%", after != "/", !isLetter(digits.upperBound) || rules.words.isSpaceless,
            !(after == "." && isDigit(digits.upperBound + 1)),
            !(after == "," && isDigit(digits.upperBound + 1)), !(after == ":" && isDigit(digits.upperBound + 1))
        else { return false }
        let before = scalar(digits.lowerBound - 1)
        guard before != ".", before != ",", before != "/", rules.quantities.currencies[before] == nil else {
            return false
        }
        if text.scalars[digits.lowerBound] == "0", !before.isDash { return true }
        // "2024-00123"
        if after == "-", scalar(digits.upperBound + 1) == "0", isDigit(digits.upperBound + 2) { return true }
        if let spelledEnd,
            isJoined(spelledEnd, digits.lowerBound) || spelledEnd + 1 == digits.lowerBound && before.isBlank
        {
            return true
        }
        if rules.words.isSpaceless || rules.numbers.decimalWord != nil { return isNamedCode(digits) }
        let words = wordsBefore(digits.lowerBound)
        let meaning = words.first { !Self.fillers.contains($0) }
        let next = wordAfter(digits.upperBound)
        if digits.count >= 4, let meaning, rules.numbers.codeWords.contains(meaning) { return true }
        if digits.count >= 4, next == "as", before.isBlank { return true }
        if digits.count == 5, isPostalCode(digits, next) { return true }
        if words.starts(with: ["in", "ending"]) { return true }
        guard digits.count <= 6 else { return false }
        let isAlone =
            next.isEmpty || next == rules.numbers.and
            || ["or", "now", "for", "if", "in", "immediately", "right", "oder", "ou", "o", "или", "an"].contains(next)
        if isAlone, isCalled(words) { return true }
        return digits.count >= 5 && words.last == "text" && isAlone
    }

    /// 暗証番号は4821, 비밀번호는 4821: particles or a colon may follow the word that names a code.
    private func isNamedCode(_ digits: Range<Int>) -> Bool {
        guard digits.count >= 4 || isLetter(digits.lowerBound - 1) else { return false }
        let before = text.string(max(range.lowerBound, digits.lowerBound - 10)..<digits.lowerBound)
        return rules.numbers.codeNames.contains { word in
            guard let place = before.firstRange(of: word) else { return false }
            return before[place.upperBound...].unicodeScalars.allSatisfy { "はが：: は는은이가".unicodeScalars.contains($0) }
        }
    }

    /// "Springfield, IL 62704", "Hauptstr. 12h, 60329 Frankfurt"
    private func isPostalCode(_ digits: Range<Int>, _ next: String) -> Bool {
        let place = digits.lowerBound
        guard scalar(place - 1).isBlank else { return false }
        if rules.dates.dottedDate != nil {
            guard scalar(place - 2) == ",", scalar(digits.upperBound).isBlank, isCapital(digits.upperBound + 1) else {
                return false
            }
            return isDigit(place - 3) || isDigit(place - 4)
        }
        return rules.numbers.outOf != nil && next.isEmpty && isCapital(place - 2) && isCapital(place - 3)
            && !isLetter(place - 4)
    }

    /// Whether there is only "or", "and" or a comma between two places.
    func isJoined(_ place: Int, _ next: Int) -> Bool {
        guard next > place, next - place <= 6 else { return false }
        let between = text.string(place..<next).trimmed
        return [",", "or", "and", "/", "&", "oder", "und", "ou", "o", "или", rules.numbers.and, ", or", ", and"]
            .contains(between)
    }

    /// Reads a telephone number, with a pause between its groups.
    mutating func readTelephone() -> Bool {
        guard mayBeTelephone, let groups = telephoneGroups() else { return false }
        spell(groups)
        return true
    }

    /// Rules most numbers out quickly: no "+" before, no group after, too short.
    private var mayBeTelephone: Bool {
        let digits = text.digits(at: index, before: end)
        let next = scalar(digits.upperBound)
        return next == "-" || next.isBlank && isDigit(digits.upperBound + 1) || next == ")" || scalar(index - 1) == "+"
            || digits.count >= 7
    }

    /// The digit groups of what is clearly a telephone number: "+1 555 123 4567", "555-123-4567", "(555) 123-4567",
    /// "555-0123", "01 23 45 67 89".
    private func telephoneGroups() -> [Range<Int>]? {
        var groups: [Range<Int>] = []
        var place = index
        var count = 0
        let hasPlus = scalar(index - 1) == "+"
        let isCalled = isCalled(wordsBefore(index))
        let isSpaced = hasPlus || text.scalars[index] == "0" || isCalled
        while groups.count < 6 {
            let digits = text.digits(at: place, before: end)
            guard !digits.isEmpty, digits.count <= 11, count + digits.count <= 19 else { break }
            groups.append(digits)
            count += digits.count
            place = digits.upperBound
            if scalar(place) == ")", scalar(digits.lowerBound - 1) == "(" { place += 1 }
            guard
                scalar(place) == "-" || isSpaced && scalar(place).isBlank
                    || scalar(place).isBlank && (scalar(place - 1) == ")" || digits.count == 4 && isDigit(place + 1))
            else { break }
            place += 1
            if scalar(place) == "(", hasPlus { place += 1 }
        }
        let mayHaveLetter = rules.words.isSpaceless || rules.numbers.decimalWord != nil
        guard let last = groups.last, mayHaveLetter || !isLetter(last.upperBound), scalar(last.upperBound) != "%"
        else { return nil }
        let sizes = groups.map(\.count)
        if hasPlus { return count >= 8 && groups.count > 1 || count >= 10 ? groups : nil }
        switch sizes {
        case [3, 3, 4], [1, 3, 3, 4]: return groups
        case [3, 4]: return text.string(groups[0]) == "555" ? groups : nil
        case _
        where sizes.contains(where: { $0 >= 3 }) && sizes.count >= 3 && count >= 7 && (isCalled || !isAmount(groups)):
            return groups
        case _ where isSpaced && sizes.count >= 2 && count >= 8 && (isCalled || !isAmount(groups)): return groups
        default: return sizes.count == 1 && count >= 7 && text.scalars[index] == "0" ? groups : nil
        }
    }

    /// Whether spaces separate groups of three digits: "1 250 000".
    private func isAmount(_ groups: [Range<Int>]) -> Bool {
        rules.numbers.groupsWithBlanks && text.scalars[index] != "0" && groups.dropFirst().allSatisfy { $0.count == 3 }
            && scalar(groups[0].upperBound).isBlank
    }

    /// Whether a word before a number shows that it is dialled.
    private func isCalled(_ words: [String]) -> Bool {
        words.first { !Self.articles.contains($0) }.map(rules.numbers.callWords.contains) ?? false
    }

    /// "00:1A:2B:3C:4D:5E": six pairs.
    mutating func readHardwareAddress() -> Bool {
        let start = index
        let mark = scalar(start + 2)
        guard mark == ":" || mark == "-", start + 17 <= end, !isLetter(start + 17), !isDigit(start + 17) else {
            return false
        }
        for place in 0..<17 {
            let scalar = scalar(start + place)
            if place % 3 == 2 {
                if scalar != mark { return false }
            } else if !Character(scalar).isHexDigit {
                return false
            }
        }
        let pairs = stride(from: start, to: start + 17, by: 3).map {
            "\(Character(scalar($0))) \(Character(scalar($0 + 1)))"
        }
        say(pairs.joined(separator: ", "), for: start..<start + 17)
        return true
    }
}
