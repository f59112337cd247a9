// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// A telephone number, digit by digit, with a pause between its groups.
    mutating func readTelephone() -> Bool {
        guard mayBeTelephone, let groups = telephoneGroups(), let last = groups.last else { return false }
        let words = groups.map { group in
            text.string(group).map(String.init).joined(separator: " ")
        }
        say(words.joined(separator: ", "), for: index..<last.upperBound)
        return true
    }

    /// Most numbers are seen at once to be none: no "+" before, no group behind, not long.
    private var mayBeTelephone: Bool {
        let digits = text.digits(at: index, before: end)
        let next = scalar(digits.upperBound)
        return next == "-" || next == " " && digits.count == 4 && isDigit(digits.upperBound + 1) || next == ")"
            || scalar(index - 1) == "+" || digits.count >= 7
    }

    /// The groups of digits of what is surely a telephone number: "+1 555 123 4567", "555-123-4567", "(555) 123-4567",
    /// "555-0123".
    private func telephoneGroups() -> [Range<Int>]? {
        var groups: [Range<Int>] = []
        var place = index
        var count = 0
        let hasPlus = scalar(index - 1) == "+"
        while groups.count < 6 {
            let digits = text.digits(at: place, before: end)
            guard !digits.isEmpty, digits.count <= 11, count + digits.count <= 19 else { break }
            groups.append(digits)
            count += digits.count
            place = digits.upperBound
            if scalar(place) == ")", scalar(digits.lowerBound - 1) == "(" { place += 1 }
            guard
                scalar(place) == "-" || hasPlus && scalar(place) == " "
                    || scalar(place) == " " && (scalar(place - 1) == ")" || digits.count == 4 && isDigit(place + 1))
            else { break }
            place += 1
            if scalar(place) == "(", hasPlus { place += 1 }
        }
        guard let last = groups.last, !isLetter(last.upperBound), scalar(last.upperBound) != "%" else { return nil }
        let sizes = groups.map(\.count)
        if hasPlus { return count >= 8 && groups.count > 1 || count >= 10 ? groups : nil }
        switch sizes {
        case [3, 3, 4], [1, 3, 3, 4]: return groups
        case [3, 4]: return text.string(groups[0]) == "555" ? groups : nil
        case _ where sizes.contains(where: { $0 >= 3 }) && sizes.count >= 3 && count >= 7: return groups
        default: return sizes.count == 1 && count >= 7 && text.scalars[index] == "0" ? groups : nil
        }
    }
}
