// SPDX-License-Identifier: GPL-3.0-or-later

/// A number as it is written in a text, parsed: groups of thousands joined, decimals separate.
struct WrittenNumber {
    var range: Range<Int>
    /// The digits before the decimal mark, without marks between groups.
    var whole: String
    /// The digits after the decimal mark.
    var fraction: String?
    /// Whether it had marks between groups, or a decimal mark that isn't the language's.
    var isForeign: Bool

    /// The value of a whole number of at most 15 digits.
    var value: Int? {
        fraction == nil && whole.utf8.count <= 15 ? Int(whole) : nil
    }

    /// The digits for eSpeak, which reads them well without marks between groups.
    func digits(_ rules: NumberRules) -> String {
        guard let fraction else { return whole }
        if let word = rules.decimalWord {
            return "\(whole) \(word) " + fraction.map { String($0) }.joined(separator: " ")
        }
        return whole + String(Character(rules.decimalMark)) + fraction
    }
}

extension CleanText {
    /// The digits from `index` on.
    func digits(at index: Int, before end: Int) -> Range<Int> {
        var last = index
        while last < end, scalars[last].isDigit { last += 1 }
        return index..<last
    }

    /// Reads the number that begins at `index`. A mark is a decimal mark unless exactly three digits follow and the
    /// language groups with it. With marks as in "1.2.3", the number ends before the first.
    func number(at index: Int, before end: Int, rules: NumberRules) -> WrittenNumber? {
        let first = digits(at: index, before: end)
        guard !first.isEmpty else { return nil }
        var whole = string(first)
        var last = first.upperBound
        var isForeign = false
        var groupMark: Unicode.Scalar?
        if first.count <= 3, scalars[index] != "0", !isCoordinate(index) {
            let takesBlanks = !rules.groupsWithBlanks && hasBlankGroups(after: first, before: end)
            while last < end, rules.groups(with: scalars[last]) || takesBlanks && scalars[last] == " ",
                groupMark ?? scalars[last] == scalars[last]
            {
                let group = digits(at: last + 1, before: end)
                guard group.count == 3 else { break }
                groupMark = scalars[last]
                whole += string(group)
                last = group.upperBound
                isForeign = true
            }
        }
        var fraction: String?
        if last + 1 < end, scalars[last] == "." || scalars[last] == "," && rules.decimalMark == ",",
            scalars[last] != groupMark
        {
            let mark = scalars[last]
            let decimals = digits(at: last + 1, before: end)
            let goesOn =
                decimals.upperBound + 1 < end && scalars[decimals.upperBound] == mark
                && scalars[decimals.upperBound + 1].isDigit
            let isList = mark != rules.decimalMark && decimals.count > 2
            if !decimals.isEmpty, !goesOn, !isList {
                fraction = string(decimals)
                isForeign = isForeign || mark != rules.decimalMark
                last = decimals.upperBound
            }
        }
        return WrittenNumber(range: index..<last, whole: whole, fraction: fraction, isForeign: isForeign)
    }
}

extension CleanText {
    /// Whether spaces clearly separate groups of thousands: "1 234 567", but not "12 345" or "100 200 300".
    private func hasBlankGroups(after first: Range<Int>, before end: Int) -> Bool {
        guard first.count <= 2, first.upperBound < end, scalars[first.upperBound] == " " else { return false }
        if first.lowerBound > 1, scalars[first.lowerBound - 1].isBlank, scalars[first.lowerBound - 2].isDigit {
            return false
        }
        var groups = 0
        var last = first.upperBound
        while last + 1 < end, scalars[last] == " ", scalars[last + 1].isDigit {
            let group = digits(at: last + 1, before: end)
            guard group.count == 3 else { return false }
            groups += 1
            last = group.upperBound
        }
        return groups >= 2 && (last == end || scalars[last] != "-")
    }

    /// Whether the number at `index` is the first of a pair: "[100,200]", "the point (100,200)".
    private func isCoordinate(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        switch scalars[index - 1] {
        case "[": return true
        case "(", "（":
            let before = scalars[max(0, index - 8)..<index - 1]
            return ["point ", "点", "坐标", "Punkt ", "punto "].contains {
                before.reversed().starts(with: $0.unicodeScalars.reversed())
            }
        default: return false
        }
    }
}

extension NumberRules {
    func groups(with mark: Unicode.Scalar) -> Bool {
        mark == groupMark || mark == "\u{A0}" || mark == "'" || mark == "’" || mark == "_"
            || mark == " " && groupsWithBlanks
    }
}
