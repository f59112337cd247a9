// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers that are names and are read digit by digit: codes, service numbers, rooms, trains, 211大学.
extension ChineseReader {
    mutating func readName() -> Bool {
        let digits = text.digits(at: index, before: end)
        if let spelling = spelling(of: digits) {
            let groups = groups(from: digits)
            guard let last = groups.last else { return false }
            let words = groups.map { spell(text.string($0), hasYao: spelling.hasYao) }.joined(separator: "，")
            say(words, for: index..<last.upperBound)
            spelled = (index, spelling.hasYao)
            return true
        }
        return readDay(digits) || readKnownName(digits)
    }

    /// Whether a number is a name, and if so, whether one is read as 幺 in it.
    private func spelling(of digits: Range<Int>) -> (hasYao: Bool, Void)? {
        let place = start(ofFillBefore: digits.lowerBound)
        let isCounted = isCounted(digits.upperBound)
        if let spelled, digits.count >= 3, !isCounted, isJoined(spelled.end, digits.lowerBound) {
            return (spelled.hasYao, ())
        }
        let isFilled = place < digits.lowerBound
        let isLong = digits.count >= 4 || text.scalars[digits.lowerBound] == "0" || isFilled && digits.count >= 3
        let isGrouped =
            (scalar(digits.upperBound) == "-" || scalar(digits.upperBound).isBlank) && isDigit(digits.upperBound + 1)
        if isLong || isGrouped, !isCounted, has(Self.codes, before: place) { return (false, ()) }
        if digits.count >= 5, !isCounted, scalar(digits.lowerBound - 1) == "号", !isDigit(digits.lowerBound - 2) {
            return (false, ())
        }
        // RTX 4090
        if (3...5).contains(digits.count), !isCounted, isModel(digits) { return (false, ()) }
        if digits.count >= 3, !isCounted, has(Self.calls, before: place) { return (false, ()) }
        if !isCounted, has(["打", "转", "拨"], before: place), Self.services.contains(text.string(digits)) {
            return (false, ())
        }
        guard digits.count >= 3, digits.count <= 5 else { return nil }
        if has(Self.rooms, before: place), !isCounted || scalar(digits.upperBound) == "室" { return (true, ()) }
        if has(["室", "号房", "房间", "教室", "包间", "包厢", "客房", "病房"], at: digits.upperBound) { return (true, ()) }
        // G1234次列车
        let letter = neighbour(digits.lowerBound - 1)
        return digits.lowerBound == range.lowerBound && letter.value &- 0x41 < 26 ? (false, ()) : nil
    }

    /// Whether a name in capitals comes before a number that is not round.
    private func isModel(_ digits: Range<Int>) -> Bool {
        let last = neighbour(digits.lowerBound - 1) == " " ? digits.lowerBound - 2 : digits.lowerBound
        let isRound = text.scalars[digits.upperBound - 1] == "0" && text.scalars[digits.upperBound - 2] == "0"
        return !isRound && neighbour(last).value &- 0x41 < 26 && neighbour(last - 1).value &- 0x41 < 26
    }

    private static let codes = [
        "码", "尾号", "卡号", "单号", "账号", "帐号", "编号", "学号", "工号", "证号", "会议号", "QQ", "QQ号", "QQ群", "微信", "微信号", "UID", "序列号",
        "口令", "邮编", "号码",
        "身份证", "流水号", "批号", "股票代码", "群", "群号", "银行卡", "订单", "端口", "端口默认",
    ]
    private static let calls = [
        "拨打", "电话", "热线", "拨号", "座机", "固话", "手机", "手机号", "传真", "致电", "呼叫", "分机", "分机号", "客服", "短信", "转",
        "火警", "匪警", "报警", "急救", "求救",
    ]
    private static let services: Set<String> = [
        "110", "112", "114", "119", "120", "122", "911", "999", "12306", "12315", "12345", "10086", "10010", "95588",
    ]
    private static let rooms = ["房间", "房间号", "房号", "门牌", "门牌号", "单元", "号楼", "教室", "包厢"]

    /// Where 是, colons and the like before `place` begin.
    func start(ofFillBefore place: Int) -> Int {
        var place = place
        while place > 0, "是为：: ".unicodeScalars.contains(neighbour(place - 1)) { place -= 1 }
        return place
    }

    /// Whether the number before `place` counts what follows.
    private func isCounted(_ place: Int) -> Bool {
        isMeasure(at: place) || suffix(at: place).end > skippingBlank(place) && scalar(place) != "-"
            || scalar(place) == "."
    }

    /// Whether two numbers belong to one list: 119或120.
    private func isJoined(_ place: Int, _ next: Int) -> Bool {
        guard next > place, next - place <= 3 else { return false }
        return (place..<next).allSatisfy { "或和、，,及与/ 转者".unicodeScalars.contains(scalar($0)) }
    }

    /// The groups that hyphens or spaces join to the first.
    private func groups(from first: Range<Int>) -> [Range<Int>] {
        var groups = [first]
        var last = first
        while groups.count < 8, scalar(last.upperBound) == "-" || scalar(last.upperBound).isBlank,
            isDigit(last.upperBound + 1)
        {
            last = text.digits(at: last.upperBound + 1, before: end)
            groups.append(last)
        }
        return groups
    }

    private func spell(_ digits: String, hasYao: Bool) -> String {
        let words = ChineseNumerals.spelled(digits)
        return hasYao ? words.replacing("一", with: "幺") : words
    }

    /// 3.15晚会, 5·12地震
    private mutating func readDay(_ month: Range<Int>) -> Bool {
        let mark = scalar(month.upperBound)
        guard month.count <= 2, mark == "." || mark == "·" || mark == "•" else { return false }
        let day = text.digits(at: month.upperBound + 1, before: end)
        guard (1...2).contains(day.count),
            has(["晚会", "事变", "事件", "运动", "地震", "大地震", "惨案", "起义", "大促", "购物"], at: day.upperBound)
        else { return false }
        say(
            ChineseNumerals.spelled(text.string(month)) + ChineseNumerals.spelled(text.string(day)),
            for: index..<day.upperBound)
        return true
    }

    private mutating func readKnownName(_ digits: Range<Int>) -> Bool {
        guard (2...5).contains(digits.count), let followers = Self.known[text.string(digits)] else { return false }
        guard
            followers.isEmpty && !isCounted(digits.upperBound) || has(followers, at: digits.upperBound)
                || has(["波音"], before: index) && digits.count == 3
        else { return false }
        let name = text.string(digits)
        say(name == "211" ? "二幺幺" : ChineseNumerals.spelled(name), for: digits)
        return true
    }

    private static let schools = [
        "大学", "高校", "院校", "学校", "工程", "名校", "本科", "硕士", "毕业", "学生", "学历", "、211", "/211", "和211", "、985", "/985",
        "和985", "或", "双一流",
    ]
    private static let aircraft = ["客机", "飞机", "机型", "MAX"]

    /// For each number, the words after it that make it a name. If there are none, it is always a name unless it counts
    /// something.
    private static let known: [String: [String]] = [
        "985": schools, "211": schools, "911": ["事件", "恐", "袭击"], "996": ["工作", "制", "福报", "加班", "模式"],
        "618": ["大促", "购物", "活动", "促销", "电商", "年中", "期间"], "818": ["大促", "购物", "活动"], "315": ["晚会", "消费", "打假", "曝光"],
        "520": ["表白", "情人", "礼物", "快乐", "当天", "告白"], "1314": [], "404": ["页面", "错误", "not"], "863": ["计划"],
        "973": ["计划"],
        "12306": [], "12315": [], "10086": [], "10010": [], "12345": ["热线"], "12123": [], "84": ["消毒"], "58": ["同城"],
        "360": ["安全", "浏览", "公司", "杀毒"], "163": ["邮箱"], "126": ["邮箱"], "502": ["胶"], "301": ["医院"], "101": ["中学"],
        "110": ["报警", "指挥", "民警", "接警"], "120": ["急救", "救护"], "119": ["火警", "消防"],
        "737": aircraft, "747": aircraft, "757": aircraft, "767": aircraft, "777": aircraft, "787": aircraft,
    ]

    /// +86 13800138000
    mutating func readCountryCode() -> Bool {
        let country = text.digits(at: index + 1, before: end)
        let digits = groups(from: country)
        guard let last = digits.last, digits.map(\.count).reduce(0, +) >= 9 else { return false }
        var parts = digits.map { text.string($0) }
        if digits.count == 1, parts[0].hasPrefix("86") { parts = ["86", String(parts[0].dropFirst(2))] }
        say("加" + parts.map { ChineseNumerals.spelled($0) }.joined(separator: "，"), for: index..<last.upperBound)
        spelled = (index, false)
        return true
    }

    /// HKD13.5, US$5: the currency is said after the amount. Other letters are skipped.
    mutating func readLetters() {
        var last = index
        while last < end, scalar(last).isASCIILetter { last += 1 }
        let letters = text.string(index..<last)
        let isDollar = scalar(last) == "$"
        let start = skippingBlank(isDollar ? last + 1 : last)
        guard
            let currency = isDollar
                ? ChineseWords.dollars[letters]
                : CurrencyCodes.all.contains(letters) ? ChineseWords.units[letters] : nil,
            isDigit(start), let number = number(at: start)
        else {
            index = last
            return
        }
        sayMoney(number, currency, symbol: nil, after: number.range.upperBound)
    }
}
