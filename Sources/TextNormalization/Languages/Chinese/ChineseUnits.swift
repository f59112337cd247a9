// SPDX-License-Identifier: GPL-3.0-or-later

extension ChineseReader {
    /// What comes after a number and is said with it.
    struct Suffix {
        /// Said before the number: 百分之.
        var before = ""
        var after = ""
        /// Whether two is 两 before it.
        var isMeasure = false
        var end: Int
    }

    func suffix(at place: Int) -> Suffix {
        let start = skippingBlank(place)
        switch scalar(start) {
        case "%": return Suffix(before: "百分之", end: start + 1)
        case "‰": return Suffix(before: "千分之", end: start + 1)
        case "+" where start == place && !isDigit(start + 1): return Suffix(after: "多", end: start + 1)
        default: break
        }
        if let currency = ChineseWords.currencies[scalar(start)], !isDigit(start + 1) {
            return Suffix(after: currency, isMeasure: true, end: start + 1)
        }
        if let unit = unit(at: start) { return Suffix(after: unit.words, isMeasure: true, end: unit.end) }
        if scalar(place) == "万" || scalar(place) == "亿" { return Suffix(isMeasure: true, end: place) }
        return Suffix(end: place)
    }

    /// The longest known unit symbol at `place`.
    func unit(at place: Int) -> (words: String, end: Int)? {
        UnitSymbols.chinese(in: text, at: place, before: end)
    }

    /// Whether there is a measure word at `place`.
    func isMeasure(at place: Int) -> Bool {
        let start = skippingBlank(place)
        let symbol = scalar(start)
        guard ChineseWords.measures.contains(symbol) else {
            return start + 1 < end && ChineseWords.longMeasures.contains(text.string(start..<start + 2))
        }
        // 2月 is February, 2号 the second of the month, 2年级 second grade.
        return !has("年级", at: start) && !has("点半", at: start - 1)
    }
}
