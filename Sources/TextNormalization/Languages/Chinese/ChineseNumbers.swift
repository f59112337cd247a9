// SPDX-License-Identifier: GPL-3.0-or-later

extension ChineseReader {
    mutating func readNumber() {
        if readTelephone() || readName() || readDate() || readYear() || readClock() || readHour() || readVersion()
            || readHeight()
            || readPair()
        {
            return
        }
        guard let number = number(at: index) else {
            index += 1
            return
        }
        readQuantity(number, from: index, sign: "")
    }

    /// Reads a number or a range, with the sign before it and the percent sign, currency or unit after it.
    mutating func readQuantity(_ first: WrittenNumber, from: Int, sign: String) {
        let second = rangeEnd(after: first.range.upperBound)
        let suffix = suffix(at: (second ?? first).range.upperBound)
        let isMeasured = suffix.isMeasure || isMeasure(at: suffix.end)
        // 图4-1 is not a range.
        let join = "图表式例题圖".unicodeScalars.contains(scalar(first.range.lowerBound - 1)) ? "杠" : "到"
        let through = second.map { join + spoken($0, isMeasured: isMeasured) } ?? ""
        let words = sign + suffix.before + spoken(first, isMeasured: isMeasured) + through + suffix.after
        say(words, for: from..<suffix.end)
        readPer(isAmount: true)
    }

    /// Two is 两 before a measure word, and before 千, 万 and 亿.
    private func spoken(_ number: WrittenNumber, isMeasured: Bool) -> String {
        let isOrdinal = scalar(number.range.lowerBound - 1) == "第"
        if isMeasured, number.whole == "2", number.fraction == nil, !isOrdinal { return "两" }
        let words = ChineseNumerals.spoken(number)
        let two = number.whole.utf8.first == 0x32
        return two && words.hasPrefix("二千") ? "两" + words.dropFirst() : words
    }

    /// The number after a dash or tilde that follows a number.
    private func rangeEnd(after place: Int) -> WrittenNumber? {
        let dash = skippingBlank(place)
        guard scalar(dash).isDash || scalar(dash) == "~" || scalar(dash) == "～" else { return nil }
        let start = skippingBlank(dash + 1)
        guard isDigit(start), let second = number(at: start) else { return nil }
        let after = second.range.upperBound
        let isChained = scalar(after).isDash && isDigit(after + 1)
        // Before "=", the dash is a minus.
        return isChained || scalar(skippingBlank(after)) == "=" ? nil : second
    }

    /// 10:30, 10:30:15; "3:2" is a score.
    private mutating func readClock() -> Bool {
        let hours = text.digits(at: index, before: end)
        guard hours.count <= 3, scalar(hours.upperBound) == ":" || scalar(hours.upperBound) == "：" else { return false }
        let minutes = text.digits(at: hours.upperBound + 1, before: end)
        guard !minutes.isEmpty, minutes.count <= 3 else { return false }
        let hour = text.string(hours)
        let minute = text.string(minutes)
        let isTime = minutes.count == 2 && (Int(hour) ?? 99) <= 24 && (Int(minute) ?? 99) < 60
        if minutes.count == 2, (Int(minute) ?? 99) < 60, has(Self.durationWords, before: start(ofFillBefore: index)),
            let words = duration(hour, minute, after: minutes)
        {
            say(words.0, for: index..<words.end)
            return true
        }
        guard isTime else {
            say(
                ChineseNumerals.cardinal(hour) + "比" + ChineseNumerals.cardinal(minute), for: index..<minutes.upperBound
            )
            return true
        }
        let half = text.halfDay(at: minutes.upperBound, before: end)
        var words = (half.map { partOfDay($0.isAfternoon, Int(hour) ?? 0) } ?? "") + clockHour(hour) + "点"
        switch Int(minute) ?? 0 {
        case 0: break
        case 1..<10: words += "零" + ChineseNumerals.cardinal(String(Int(minute) ?? 0)) + "分"
        default: words += ChineseNumerals.cardinal(minute) + "分"
        }
        var last = minutes.upperBound
        if scalar(last) == ":", case let seconds = text.digits(at: last + 1, before: end), seconds.count == 2 {
            let isWhole = (Int(text.string(seconds)) ?? 0) == 0 && (Int(minute) ?? 0) == 0
            words += isWhole ? "整" : ChineseNumerals.cardinal(String(Int(text.string(seconds)) ?? 0)) + "秒"
            last = seconds.upperBound
        } else if scalar(last) == "分" {
            if (Int(minute) ?? 0) == 0 { words += "整" }
            last += 1
        }
        last = text.halfDay(at: last, before: end)?.end ?? last
        say(words, for: index..<last)
        if scalar(index).isDash, isDigit(index + 1) || isRangeEnd(index + 1) { say("到", for: index..<index + 1) }
        return true
    }

    private static let durationWords = [
        "用时", "耗时", "时长", "历时", "成绩", "跑了", "花了", "用了", "时长为", "用时：", "马拉松", "视频", "全程", "片长", "倒计时",
    ]

    /// 1:02:03 or 12:34 as a duration.
    private func duration(_ first: String, _ second: String, after place: Range<Int>) -> (String, end: Int)? {
        guard let a = Int(first), let b = Int(second) else { return nil }
        var parts: [(value: Int, unit: String)] = [(a, "分"), (b, "秒")]
        var seconds = place
        if scalar(place.upperBound) == ":" {
            seconds = text.digits(at: place.upperBound + 1, before: end)
            guard seconds.count == 2, let c = Int(text.string(seconds)) else { return nil }
            parts = [(a, "小时"), (b, "分"), (c, "秒")]
        }
        let words = parts.filter { $0.value > 0 }.map { part in
            let number = part.value == 2 ? "两" : ChineseNumerals.cardinal(String(part.value))
            return number + part.unit
        }
        return words.isEmpty ? nil : (words.joined(), seconds.upperBound)
    }

    /// Returns 上午 or the like, unless the text already has it.
    private func partOfDay(_ isAfternoon: Bool, _ hour: Int) -> String {
        let place = scalar(index - 1).isBlank ? index - 1 : index
        if has(["午", "上", "晨", "晚", "夜", "里", "早"], before: place) { return "" }
        switch (isAfternoon, hour) {
        case (false, 1...4): return "凌晨"
        case (false, 12): return "凌晨"
        case (false, _): return "上午"
        case (true, 12): return "中午"
        case (true, 1...6): return "下午"
        case (true, _): return "晚上"
        }
    }

    /// 2pm
    private mutating func readHour() -> Bool {
        let digits = text.digits(at: index, before: end)
        guard digits.count <= 2, let half = text.halfDay(at: digits.upperBound, before: end),
            let hour = Int(text.string(digits)), (1...12).contains(hour)
        else { return false }
        say(partOfDay(half.isAfternoon, hour) + clockHour(String(hour)) + "点", for: index..<half.end)
        if scalar(index).isDash, isDigit(index + 1) { say("到", for: index..<index + 1) }
        return true
    }

    private func clockHour(_ hour: String) -> String {
        let value = Int(hour) ?? 0
        return value == 2 ? "两" : ChineseNumerals.cardinal(String(value))
    }

    /// 2.0.1
    private mutating func readVersion() -> Bool {
        let first = text.digits(at: index, before: end).upperBound
        guard scalar(first) == ".", isDigit(first + 1) else { return false }
        var place = index
        var parts: [String] = []
        var last = index
        while true {
            let digits = text.digits(at: place, before: end)
            guard !digits.isEmpty else { break }
            parts.append(ChineseNumerals.cardinal(text.string(digits)))
            last = digits.upperBound
            guard scalar(last) == "." else { break }
            place = last + 1
        }
        guard parts.count >= 3 else { return false }
        // 192.168.0.1
        if parts.count == 4 {
            parts = text.string(index..<last).split(separator: ".").map { ChineseNumerals.spelled($0) }
        }
        say(parts.joined(separator: "点"), for: index..<last)
        return true
    }

    /// 5′10″
    private mutating func readHeight() -> Bool {
        let feet = text.digits(at: index, before: end)
        guard feet.count == 1, scalar(feet.upperBound) == "′" || scalar(feet.upperBound) == "'" else { return false }
        let inches = text.digits(at: feet.upperBound + 1, before: end)
        let mark = scalar(inches.upperBound)
        guard (1...2).contains(inches.count), mark == "″" || mark == "\"" || mark == "”" else { return false }
        let words =
            ChineseNumerals.cardinal(text.string(feet)) + "英尺" + ChineseNumerals.cardinal(text.string(inches)) + "英寸"
        say(words, for: feet.lowerBound..<inches.upperBound + 1)
        return true
    }

    /// 1/2 is read as 二分之一. Anything that isn't a fraction is two numbers: 血压120/80.
    private mutating func readPair() -> Bool {
        guard let first = number(at: index), scalar(first.range.upperBound) == "/",
            let second = number(at: first.range.upperBound + 1)
        else { return false }
        let slash = first.range.upperBound
        let isChain = scalar(second.range.upperBound) == "/" && isDigit(second.range.upperBound + 1)
        if has(["评分", "得分", "打分", "评分为", "评分是", "得分为", "得分是", "成绩", "分数"], before: index) {
            let words = ChineseNumerals.spoken(first) + "，满分" + ChineseNumerals.spoken(second)
            say(words, for: index..<second.range.upperBound)
            return true
        }
        if has(["日期", "截止", "定于"], before: start(ofFillBefore: index)), !isChain, let month = first.value,
            let day = second.value,
            (1...12).contains(month), (1...31).contains(day)
        {
            let words = "\(ChineseNumerals.cardinal(first.whole))月\(ChineseNumerals.cardinal(second.whole))日"
            say(words, for: index..<second.range.upperBound)
            return true
        }
        guard !isChain, scalar(index - 1) != "/", let over = first.value, let under = second.value,
            first.whole.utf8.count <= 3, second.whole.utf8.count <= 3,
            over < under || over <= 12 && under <= 12, under > 1,
            !has(["血压", "血压为", "血压是", "血压："], before: index),
            unit(at: skippingBlank(second.range.upperBound))?.words != "毫米汞柱"
        else {
            say(ChineseNumerals.spoken(first) + "，", for: index..<slash + 1)
            return true
        }
        if scalar(index - 1) == "第",
            let counter = ["页", "章", "节", "题", "步", "集", "课", "部分"].first(where: {
                has($0, at: second.range.upperBound)
            })
        {
            // 第1/3页
            let words = ChineseNumerals.cardinal(first.whole) + "\(counter)，共" + ChineseNumerals.cardinal(second.whole)
            say(words, for: index..<second.range.upperBound)
            return true
        }
        let isMixed = over < under && scalar(index - 1).isBlank && isDigit(index - 2)
        let words =
            (isMixed ? "又" : "") + ChineseNumerals.cardinal(second.whole) + "分之" + ChineseNumerals.cardinal(first.whole)
        say(words, for: (isMixed ? index - 1 : index)..<second.range.upperBound)
        return true
    }

    /// Mobile numbers, numbers with an area code, and service numbers.
    private mutating func readTelephone() -> Bool {
        let first = text.digits(at: index, before: end)
        guard first.count >= 3 else { return false }
        var groups: [Range<Int>] = []
        var isSpaced = false
        var place = index
        while groups.count < 5 {
            let digits = text.digits(at: place, before: end)
            guard !digits.isEmpty else { break }
            groups.append(digits)
            let mark = scalar(digits.upperBound)
            let isBlank = mark == " " && (3...4).contains(text.digits(at: digits.upperBound + 1, before: end).count)
            guard mark == "-" && isDigit(digits.upperBound + 1) || isBlank else { break }
            isSpaced = isSpaced || isBlank
            place = digits.upperBound + 1
        }
        guard let last = groups.last else { return false }
        let sizes = groups.map(\.count)
        let startsWithZero = text.scalars[index] == "0"
        let isTelephone =
            switch sizes {
            case [4, 4, 4, 4], [4, 4, 4, 4, 3]: true
            case [11]: text.scalars[index] == "1" && scalar(last.upperBound) != "."
            case [3, 4, 4]: !isSpaced || text.scalars[index] == "1"
            case _ where isSpaced: false
            case [3, 3, 4]: true
            case [3, 7], [3, 8], [4, 7], [4, 8], [3, 8, 3], [4, 8, 3]: startsWithZero
            default: false
            }
        guard isTelephone else { return false }
        say(
            groups.map { ChineseNumerals.spelled(text.string($0)) }.joined(separator: "，"), for: index..<last.upperBound
        )
        spelled = (index, false)
        return true
    }
}
