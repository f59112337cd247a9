// SPDX-License-Identifier: GPL-3.0-or-later

extension ChineseReader {
    /// 2024-05-03, 2024/5/3, 2024.5.3
    mutating func readDate() -> Bool {
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

    /// 2024年 and 2010-2015年 are spelled; 2000年前 and 5000年 are quantities.
    mutating func readYear() -> Bool {
        let first = text.digits(at: index, before: end)
        if first.count == 2, scalar(first.upperBound) == "后",
            text.scalars[index + 1] == "0" || text.scalars[index + 1] == "5"
        {
            // 90后: those born in the nineties.
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
        let isYear = scalar(next) == "年" && !isSpan
        let isSeason = (has("学年", at: next) || has("财年", at: next) || has("赛季", at: next)) && !isSpan
        let isBare =
            !isRound && value >= 1900 && isHan(last.upperBound) && !isMeasure(at: next) && last == first
            && !suffix(at: last.upperBound).isMeasure
        guard isYear || isSeason || isBare else { return false }
        let words = ChineseNumerals.spelled(text.string(first))
        say(
            last == first ? words : words + "到" + ChineseNumerals.spelled(text.string(last)),
            for: first.lowerBound..<last.upperBound)
        return true
    }

    private func isHan(_ place: Int) -> Bool {
        range.contains(place) && Script(text.scalars[place]) == .han
    }
}
