// SPDX-License-Identifier: GPL-3.0-or-later

extension ChineseReader {
    mutating func readFigure() {
        if readTelephone() || readCode() || readDate() || readYear() || readClock() || readVersion() || readFraction() {
            return
        }
        guard let number = number(at: index) else {
            index += 1
            return
        }
        readQuantity(number, from: index, sign: "")
    }

    /// A number or a range, with the sign before it, and the percent sign, currency or unit behind it.
    mutating func readQuantity(_ first: WrittenNumber, from: Int, sign: String) {
        let second = rangeEnd(after: first.range.upperBound)
        let suffix = suffix(at: (second ?? first).range.upperBound)
        let isMeasured = suffix.isMeasure || isMeasure(at: suffix.end)
        // 图4-1 is no range.
        let join = "图表式例题圖".unicodeScalars.contains(scalar(first.range.lowerBound - 1)) ? "杠" : "到"
        let through = second.map { join + spoken($0, isMeasured: isMeasured) } ?? ""
        let words = suffix.before + sign + spoken(first, isMeasured: isMeasured) + through + suffix.after
        say(words, for: from..<suffix.end)
        readPer()
    }

    /// 两 stands for two before a measure word, and before 千, 万 and 亿.
    private func spoken(_ number: WrittenNumber, isMeasured: Bool) -> String {
        let isOrdinal = scalar(number.range.lowerBound - 1) == "第"
        if isMeasured, number.whole == "2", number.fraction == nil, !isOrdinal { return "两" }
        let words = ChineseNumerals.spoken(number)
        let two = number.whole.utf8.first == 0x32
        return two && words.hasPrefix("二千") ? "两" + words.dropFirst() : words
    }

    /// The number behind a dash or tilde after a number.
    private func rangeEnd(after place: Int) -> WrittenNumber? {
        let dash = skippingBlank(place)
        guard scalar(dash).isDash || scalar(dash) == "~" || scalar(dash) == "～" else { return nil }
        let start = skippingBlank(dash + 1)
        guard isDigit(start), let second = number(at: start) else { return nil }
        let after = second.range.upperBound
        let isChained = scalar(after).isDash && isDigit(after + 1)
        // With "=" behind it the dash is a minus.
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
        guard isTime else {
            say(
                ChineseNumerals.cardinal(hour) + "比" + ChineseNumerals.cardinal(minute), for: index..<minutes.upperBound
            )
            return true
        }
        var words = clockHour(hour) + "点"
        switch Int(minute) ?? 0 {
        case 0: break
        case 1..<10: words += "零" + ChineseNumerals.cardinal(String(Int(minute) ?? 0)) + "分"
        default: words += ChineseNumerals.cardinal(minute) + "分"
        }
        var last = minutes.upperBound
        if scalar(last) == ":", case let seconds = text.digits(at: last + 1, before: end), seconds.count == 2 {
            words += ChineseNumerals.cardinal(String(Int(text.string(seconds)) ?? 0)) + "秒"
            last = seconds.upperBound
        }
        say(words, for: index..<last)
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
        say(parts.joined(separator: "点"), for: index..<last)
        return true
    }

    /// 1/2 is 二分之一.
    private mutating func readFraction() -> Bool {
        let over = text.digits(at: index, before: end)
        guard over.count <= 3, scalar(over.upperBound) == "/" else { return false }
        let under = text.digits(at: over.upperBound + 1, before: end)
        guard (1...3).contains(under.count), scalar(under.upperBound) != "/" else { return false }
        let words = ChineseNumerals.cardinal(text.string(under)) + "分之" + ChineseNumerals.cardinal(text.string(over))
        say(words, for: index..<under.upperBound)
        return true
    }

    /// Mobile numbers, numbers with an area code, and service numbers.
    private mutating func readTelephone() -> Bool {
        let first = text.digits(at: index, before: end)
        guard first.count >= 3 else { return false }
        var groups: [Range<Int>] = []
        var isSpaced = false
        var place = index
        while groups.count < 4 {
            let digits = text.digits(at: place, before: end)
            guard !digits.isEmpty else { break }
            groups.append(digits)
            let mark = scalar(digits.upperBound)
            let isBlank = mark == " " && text.digits(at: digits.upperBound + 1, before: end).count == 4
            guard mark == "-" && isDigit(digits.upperBound + 1) || isBlank else { break }
            isSpaced = isSpaced || isBlank
            place = digits.upperBound + 1
        }
        guard let last = groups.last else { return false }
        let sizes = groups.map(\.count)
        let startsWithZero = text.scalars[index] == "0"
        let isTelephone =
            switch sizes {
            case [11]: text.scalars[index] == "1" && scalar(last.upperBound) != "."
            case [3], [4], [5]: isCalled
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
        return true
    }

    /// A number that only names something is spelled: 邮编100084, 验证码是123456.
    private mutating func readCode() -> Bool {
        let digits = text.digits(at: index, before: end)
        guard digits.count >= 4 else { return false }
        var place = index
        while place > range.lowerBound, "是为：: ".unicodeScalars.contains(scalar(place - 1)) { place -= 1 }
        guard ["邮编", "编号", "账号", "密码", "证码", "学号", "号码", "单号", "卡号"].contains(where: { has($0, at: place - 2) })
        else { return false }
        say(ChineseNumerals.spelled(text.string(digits)), for: digits)
        return true
    }

    /// Whether the text says that the number is dialled: 拨打110.
    private var isCalled: Bool {
        ["拨打", "电话", "热线", "拨号"].contains { has($0, at: index - 2) }
    }
}
