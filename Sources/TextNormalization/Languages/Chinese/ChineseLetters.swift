// SPDX-License-Identifier: GPL-3.0-or-later

/// Latin letters after numbers in Chinese text.
extension CleanText {
    /// "am", "p.m." and the like at `place`, or after a space there.
    func halfDay(at place: Int, before end: Int) -> (isAfternoon: Bool, end: Int)? {
        let start = place < end && scalars[place].isBlank ? place + 1 : place
        guard start + 1 < end, "aApP".unicodeScalars.contains(scalars[start]) else { return nil }
        let isAfternoon = scalars[start] == "p" || scalars[start] == "P"
        var last = start + 1
        let hasStops = scalars[last] == "."
        if hasStops { last += 1 }
        if hasStops, last < end, scalars[last].isBlank { last += 1 }
        guard last < end, scalars[last] == "m" || scalars[last] == "M" else { return nil }
        last += 1
        if hasStops, last < end, scalars[last] == "." { last += 1 }
        guard last == end || !scalars[last].isASCIILetter && !scalars[last].isDigit else { return nil }
        return (isAfternoon, last)
    }

    /// The unit that "d" or "m" is next to hours and seconds: 1h30m, 5m30s.
    func duration(at place: Int, before end: Int) -> String? {
        let symbol = scalars[place]
        guard symbol == "m" || symbol == "d", place > 0, scalars[place - 1].isDigit || scalars[place - 1].isBlank else {
            return nil
        }
        let next = unit(ofNumberBehind: place + 1, before: end)
        if symbol == "d" { return next == "h" ? "天" : nil }
        if next == "s" { return "分钟" }
        var start = place
        while start > 0, scalars[start - 1].isDigit || scalars[start - 1].isBlank { start -= 1 }
        guard start > 0, scalars[start - 1] == "h" || scalars[start - 1] == "d" else { return nil }
        return start > 1 && (scalars[start - 2].isDigit || scalars[start - 2].isBlank) ? "分钟" : nil
    }

    /// The single letter after the number that follows: "s", if `place` is the first space of "m 30s".
    private func unit(ofNumberBehind place: Int, before end: Int) -> Unicode.Scalar? {
        let start = place < end && scalars[place].isBlank ? place + 1 : place
        let last = digits(at: start, before: end)
        guard !last.isEmpty, last.upperBound < end else { return nil }
        let after = last.upperBound + 1
        return after < end && scalars[after].isASCIILetter ? nil : scalars[last.upperBound]
    }

    /// Whether the single letter at `place` names a seat, a gate or a grade. "A", "N" and "J" are units only if the
    /// text suggests it.
    func isLabel(at place: Int, before end: Int) -> Bool {
        guard scalars[place].isASCIILetter, place > 0, scalars[place - 1].isDigit else { return false }
        let next = place + 1 < end ? scalars[place + 1] : " "
        var after = string(place + 1..<min(place + 5, end))[...]
        if Self.labelled.contains(next) || ["登机", "景区", "户型", "出口"].contains(where: after.hasPrefix) { return true }
        guard scalars[place] == "A" || scalars[place] == "N" || scalars[place] == "J" else { return false }
        var start = place
        while start > 0, scalars[start - 1].isDigit || scalars[start - 1] == "." { start -= 1 }
        if scalars[start..<place].contains(".") { return false }
        if after.first == "的" { after = after.dropFirst() }
        if let first = after.unicodeScalars.first, Self.electric.contains(first) { return false }
        return !scalars[max(0, start - 6)..<start].contains(where: Self.electric.contains)
    }

    private static let labelled = Set("座区栋楼室口排门层班级店认位".unicodeScalars)
    private static let electric = Set("电流额充保插空适断熔负V伏力".unicodeScalars)
}
