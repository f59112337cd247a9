// SPDX-License-Identifier: GPL-3.0-or-later

extension ChineseReader {
    /// Reads a sign before a number, a currency symbol, or an operator.
    mutating func readSymbol(_ symbol: Unicode.Scalar) {
        if let currency = ChineseWords.currencies[symbol], readMoney(currency) { return }
        let next = scalar(index + 1)
        let afterBlank = skippingBlank(index + 1)
        switch symbol {
        case "-", "−":
            readDash()
        case "–", "—":
            if isRangeStart(index), isRangeEnd(index + 1) || isDigit(skippingBlank(index + 1)) {
                say("到", for: index..<index + 1)
            } else {
                index += 1
            }
        case "<" where next == "<", ">" where next == ">":
            var last = index
            while scalar(last) == symbol { last += 1 }
            say("", for: index..<last)
        case ">" where isPath:
            say("，", for: index..<index + 1)
        case "√" where !isOperand(afterBlank), "×" where !isOperandBefore || !isOperand(afterBlank):
            say("", for: index..<index + 1)
        case "+" where readCountryCode():
            break
        case "+":
            say(isOperandBefore ? "加" : isDigit(afterBlank) ? "正" : "", for: index..<index + 1)
        case "#", "№":
            say("", for: index..<index + 1)
        case "~":
            if next == "/" { return say("", for: index..<min(end, scalar(index + 2) == "." ? index + 3 : index + 2)) }
            let isRange = isDigit(index - 1) || Self.rangeStarts.contains(scalar(index - 1)) || isRangeStart(index)
            if isRange, isRangeEnd(index + 1) || ["-", "−"].contains(next) && isDigit(index + 2) {
                say("到", for: index..<index + 1)
            } else if next.isDigit {
                say(isRange ? "到" : "约", for: index..<index + 1)
            } else {
                index += 1
            }
        case "^", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻":
            readPower()
        case "*":
            say(isOperandBefore && isDigit(afterBlank) ? "乘" : "", for: index..<index + 1)
        case "/":
            readPer()
            if index < end, scalar(index) == "/" {
                say(scalar(index - 1).isBlank ? "，" : "、", for: index..<index + 1)
            }
        case "=" where next == ">":
            say("到", for: index..<index + 2)
        default:
            if let words = ChineseWords.symbols[symbol] { say(words, for: index..<index + 1) } else { index += 1 }
        }
    }

    /// What may come between a number and the "~" of a range: 28℃~32℃, 5km~10km, 3元~5元.
    private static let rangeStarts = Set("%‰℃℉°CFmgLk元万亿岁年月日点".unicodeScalars)

    private var isOperandBefore: Bool {
        let last = neighbour(index - 1).isBlank ? index - 2 : index - 1
        let scalar = neighbour(last)
        return scalar.isDigit || Script(scalar) != .common || [")", "²", "³"].contains(scalar)
    }

    /// Whether there is a number, a variable or a bracket.
    private func isOperand(_ place: Int) -> Bool {
        let scalar = neighbour(place)
        return scalar.isDigit || scalar.isASCIILetter || scalar == "(" || scalar == "-" || scalar == "π"
            || Script(scalar) == .han && text.scalars[index] == "×" && place == index + 1 && index > range.lowerBound
    }

    /// "设置 > 通用": a path through menus.
    private var isPath: Bool {
        func isName(_ place: Int) -> Bool { Script(neighbour(place)) == .han }
        return neighbour(index - 1).isBlank && neighbour(index + 1).isBlank && isName(index - 2) && isName(index + 2)
    }

    /// Whether a date, a time or an amount ends right before `place`: 3月-5月.
    private func isRangeStart(_ place: Int) -> Bool {
        let last = scalar(place - 1).isBlank ? place - 2 : place - 1
        let before = scalar(last)
        if "年月日号点时分秒岁元万亿米克斤度层楼级折章页集半钟里℃%".unicodeScalars.contains(before) { return true }
        return "一二三四五六日天".unicodeScalars.contains(before) && has(["周", "星期", "礼拜"], before: last)
    }

    /// Whether a date or a time begins at `place`.
    func isRangeEnd(_ place: Int) -> Bool {
        has(
            ["周", "星期", "礼拜", "上午", "下午", "早上", "晚上", "中午", "凌晨", "傍晚", "次年", "次日", "翌", "明年", "第"]
                + ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"], at: skippingBlank(place))
    }

    /// Reads a minus, an arrow, or a dash that is left as it is.
    private mutating func readDash() {
        if scalar(index + 1) == ">" { return say("到", for: index..<index + 2) }
        if isRangeStart(index), isDigit(skippingBlank(index + 1)) || isRangeEnd(index + 1) {
            return say("到", for: index..<index + 1)
        }
        guard isDigit(index + 1), let number = number(at: index + 1) else {
            if text.scalars[index] == "−" || isDigit(index - 1) && isDigit(skippingBlank(index + 1)) {
                say("减", for: index..<index + 1)
            } else {
                index += 1
            }
            return
        }
        if ["%", "℃", "C"].contains(scalar(index - 1)) { return say("到", for: index..<index + 1) }
        let before = neighbour(index - 1).isBlank ? neighbour(index - 2) : neighbour(index - 1)
        let isAfterOperand =
            before == ")" || before == "²" || before.isASCIILetter && neighbour(index - 1) == before || isCalculation
        let isMinus = !isDigit(index - 1) && !isAfterOperand
        guard isMinus else { return say("减", for: index..<index + 1) }
        let unit = suffix(at: number.range.upperBound)
        let isTemperature = unit.after.hasSuffix("摄氏度") || isTemperatureRange(number)
        readQuantity(number, from: index, sign: isTemperature ? "零下" : "负")
    }

    /// Whether a variable comes before the minus, which has a space on each side: x - 1.
    private var isCalculation: Bool {
        neighbour(index - 1).isBlank && neighbour(index + 1).isBlank && neighbour(index - 2).isASCIILetter
    }

    /// -3~-5℃
    private func isTemperatureRange(_ first: WrittenNumber) -> Bool {
        var place = first.range.upperBound
        guard scalar(place) == "~" || scalar(place) == "～" || scalar(place) == "到" || scalar(place) == "至" else {
            return false
        }
        place += 1
        guard scalar(place) == "-" || scalar(place) == "−", let second = number(at: place + 1) else { return false }
        return suffix(at: second.range.upperBound).after.hasSuffix("摄氏度")
    }

    /// ¥100, $5: the currency is said after the amount.
    private mutating func readMoney(_ currency: String) -> Bool {
        let start = skippingBlank(index + 1)
        guard isDigit(start), let number = number(at: start) else { return false }
        sayMoney(number, currency, symbol: text.scalars[index], after: number.range.upperBound)
        return true
    }

    /// Says the amount that begins at `index`, a second one if it is a range, and the currency.
    mutating func sayMoney(_ number: WrittenNumber, _ currency: String, symbol: Unicode.Scalar?, after place: Int) {
        var words = ChineseNumerals.spoken(number)
        var last = place
        if scalar(last).isDash, case let second = scalar(last + 1) == symbol ? last + 2 : last + 1,
            isDigit(second), let other = self.number(at: second)
        {
            words += "到" + ChineseNumerals.spoken(other)
            last = other.range.upperBound
        }
        if let scale = ChineseWords.scales.first(where: { has($0, at: last) }) {
            words += scale
            last += scale.unicodeScalars.count
        }
        if words == "二" { words = "两" }
        // "¥100元" names the currency twice.
        if scalar(last) == "元" { last += 1 }
        say(words + currency, for: index..<last)
        readPer(isAmount: true)
    }

    /// x²: 平方; x^2: 的平方.
    private mutating func readPower() {
        switch text.scalars[index] {
        case "²": say("平方", for: index..<index + 1)
        case "³": say("立方", for: index..<index + 1)
        case let symbol where symbol != "^": readRaisedPower()
        default:
            let digits = text.digits(at: index + 1, before: end)
            guard !digits.isEmpty else { return say("", for: index..<index + 1) }
            switch text.string(digits) {
            case "2": say("的平方", for: index..<digits.upperBound)
            case "3": say("的立方", for: index..<digits.upperBound)
            case let exponent: say("的" + ChineseNumerals.cardinal(exponent) + "次方", for: index..<digits.upperBound)
            }
        }
    }

    /// 10⁶, 10⁻³
    private mutating func readRaisedPower() {
        let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹".unicodeScalars)
        var place = index
        if scalar(place) == "⁻" { place += 1 }
        var digits = ""
        while let value = raised.firstIndex(of: scalar(place)) {
            digits += String(value)
            place += 1
        }
        guard !digits.isEmpty else { return index += 1 }
        let power = (scalar(index) == "⁻" ? "负" : "") + ChineseNumerals.cardinal(digits)
        say("的\(power)次方", for: index..<place)
    }

    /// 5元/斤: 每.
    ///
    /// - Parameter isAmount: whether an amount comes right before.
    mutating func readPer(isAmount: Bool = false) {
        guard scalar(index) == "/", !isDigit(index + 1), index > range.lowerBound else { return }
        let before = scalar(index - 1)
        let isCounted = Script(before) == .han && has(ChineseWords.times, at: index + 1)
        let isUnit = isAmount && Script(scalar(index + 1)) == .han
        guard ChineseWords.measured.contains(before) || isCounted || isUnit else { return }
        let unit = unit(at: index + 1)
        say("每" + (unit?.words ?? ""), for: index..<(unit?.end ?? index + 1))
    }
}
