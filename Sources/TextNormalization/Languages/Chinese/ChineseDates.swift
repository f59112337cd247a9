// SPDX-License-Identifier: GPL-3.0-or-later

extension ChineseReader {
    /// 2024-05-03, 2024/5/3, 2024.5.3
    mutating func readDate() -> Bool {
        if readMonthFirst() { return true }
        let year = text.digits(at: index, before: end)
        let mark = scalar(year.upperBound)
        guard year.count == 4, mark == "-" || mark == "/" || mark == "." else { return false }
        let month = text.digits(at: year.upperBound + 1, before: end)
        guard (1...2).contains(month.count), scalar(month.upperBound) == mark else { return false }
        let day = text.digits(at: month.upperBound + 1, before: end)
        guard (1...2).contains(day.count), let m = Int(text.string(month)), let d = Int(text.string(day)),
            (1...12).contains(m), (1...31).contains(d)
        else { return false }
        let words =
            ChineseNumerals.spelled(text.string(year)) + "年" + ChineseNumerals.cardinal(String(m)) + "月"
            + ChineseNumerals.cardinal(String(d)) + "日"
        say(words, for: index..<day.upperBound)
        return true
    }

    /// 3/4/2025: the month comes first unless it can't be one. 2024/25: two years of a season.
    private mutating func readMonthFirst() -> Bool {
        let first = text.digits(at: index, before: end)
        guard scalar(first.upperBound) == "/" else { return false }
        let second = text.digits(at: first.upperBound + 1, before: end)
        guard let a = Int(text.string(first)), let b = Int(text.string(second)), second.count <= 2 else { return false }
        if first.count == 4, second.count == 2, b == (a + 1) % 100, scalar(second.upperBound) != "/" {
            let words = ChineseNumerals.spelled(text.string(first)) + "到" + ChineseNumerals.spelled(text.string(second))
            say(words, for: first.lowerBound..<second.upperBound)
            return true
        }
        guard first.count <= 2, scalar(second.upperBound) == "/" else { return false }
        let year = text.digits(at: second.upperBound + 1, before: end)
        let month = a > 12 ? b : a
        let day = a > 12 ? a : b
        guard year.count == 4, (1...12).contains(month), (1...31).contains(day) else { return false }
        let words =
            ChineseNumerals.spelled(text.string(year)) + "年" + ChineseNumerals.cardinal(String(month)) + "月"
            + ChineseNumerals.cardinal(String(day)) + "日"
        say(words, for: first.lowerBound..<year.upperBound)
        return true
    }

    /// 2024年 and 2010-2015年 are read digit by digit; 2000年前 and 5000年 are quantities.
    mutating func readYear() -> Bool {
        let first = text.digits(at: index, before: end)
        if first.count == 2, scalar(first.upperBound) == "后",
            text.scalars[index + 1] == "0" || text.scalars[index + 1] == "5"
        {
            // 90后: people born in the nineties.
            say(ChineseNumerals.spelled(text.string(first)), for: first)
            return true
        }
        guard first.count == 4, let value = Int(text.string(first)), (1001..<2100).contains(value) else { return false }
        var last = first
        if scalar(first.upperBound).isDash || scalar(first.upperBound) == "~",
            case let second = text.digits(at: first.upperBound + 1, before: end), second.count == 4
        {
            last = second
        }
        let next = skippingBlank(last.upperBound)
        let isRound = value % 100 == 0
        let isSpan =
            isRound
            && (has("年前", at: next) || has("年来", at: next) || has("年以", at: next) || has("年的历史", at: next)
                || has("年历史", at: next))
        let isYear = scalar(next) == "年" && !isSpan || isNamedYear(first, last)
        let isSeason = (has("学年", at: next) || has("财年", at: next) || has("赛季", at: next)) && !isSpan
        let isBare =
            !isRound && value >= 1900 && isHan(last.upperBound) && !isMeasure(at: next) && last == first
            && !suffix(at: last.upperBound).isMeasure
        // People who were born in that year or left school then.
        let isClass = value >= 1949 && (scalar(next) == "级" || scalar(next) == "届")
        guard isYear || isSeason || isBare || isClass else { return false }
        let words = ChineseNumerals.spelled(text.string(first))
        say(
            last == first ? words : words + "到" + ChineseNumerals.spelled(text.string(last)),
            for: first.lowerBound..<last.upperBound)
        return true
    }

    /// Whether the text next to a number without 年 shows that it is a year: 今年是2024，（1993）.
    private func isNamedYear(_ first: Range<Int>, _ last: Range<Int>) -> Bool {
        let before = scalar(first.lowerBound - 1)
        let after = scalar(last.upperBound)
        if before == "（" || before == "(" {
            guard after == "）" || after == ")" else { return false }
            return last == first || text.string(first) < text.string(last)
        }
        // 1939-1945
        if last != first, !suffix(at: last.upperBound).isMeasure, !isMeasure(at: last.upperBound) {
            let (from, to) = (text.string(first), text.string(last))
            return from >= "1700" && to < "2100" && from < to && isHan(first.lowerBound - 1)
                && ("，。；、）)！？,;".unicodeScalars.contains(after) || last.upperBound == end)
        }
        guard last == first, !suffix(at: last.upperBound).isMeasure, !isMeasure(at: last.upperBound) else {
            return false
        }
        if has(["年是", "年为", "年份是", "年份为", "年份：", "年份:", "公元"], before: first.lowerBound) { return true }
        guard text.string(first) >= "1900", "，。；、）)！？,;".unicodeScalars.contains(after) || last.upperBound == end else {
            return false
        }
        if "到至和与或、".unicodeScalars.contains(before) {
            return isDigit(first.lowerBound - 2) && isYearBefore(first.lowerBound - 1)
                || has(["截"], before: first.lowerBound - 1)
        }
        return has(["于", "自", "在", "截止", "从", "年"], before: first.lowerBound)
    }

    /// Whether four digits that may be a year end at `place`.
    private func isYearBefore(_ place: Int) -> Bool {
        guard place - 4 >= range.lowerBound, !isDigit(place - 5) else { return false }
        let digits = text.digits(at: place - 4, before: end)
        return digits.count == 4 && "1"..."2" ~= text.scalars[place - 4]
    }

    private func isHan(_ place: Int) -> Bool {
        range.contains(place) && Script(text.scalars[place]) == .han
    }
}
