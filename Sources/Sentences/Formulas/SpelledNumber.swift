// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers in words: digits next to a letter would be taken for an amount with its unit ("5 m").
enum SpelledNumber {
    static func english(_ digits: String) -> String {
        let parts = digits.split(separator: ".", maxSplits: 1)
        let whole = parts.first.map(String.init) ?? "0"
        guard whole.count <= 9, let value = Int(whole), whole.first != "0" || whole.count == 1 else { return digits }
        guard parts.count == 2 else { return cardinal(value) }
        return
            "\(cardinal(value)) point \(parts[1].compactMap { $0.wholeNumberValue.map { ones[$0] } }.joined(separator: " "))"
    }

    static func chinese(_ digits: String) -> String {
        let parts = digits.split(separator: ".", maxSplits: 1)
        let whole = parts.first.map(String.init) ?? "0"
        guard whole.count <= 8, let value = Int(whole) else { return digits }
        let words = hanCardinal(value)
        guard parts.count == 2 else { return words }
        return "\(words)点\(parts[1].compactMap { $0.wholeNumberValue.map { han[$0] } }.joined())"
    }

    /// "one half", "three quarters"; `nil` unless it is a common fraction.
    static func fraction(_ over: String, _ under: String) -> String? {
        guard let count = ones.firstIndex(of: over), (1...19).contains(count) else { return nil }
        let names = [
            "two": "half", "three": "third", "four": "quarter", "five": "fifth", "six": "sixth", "seven": "seventh",
            "eight": "eighth", "nine": "ninth", "ten": "tenth", "one hundred": "hundredth",
        ]
        guard let name = names[under] else { return nil }
        return "\(over) \(count == 1 ? name : name == "half" ? "halves" : name + "s")"
    }

    private static let ones = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    private static let han = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

    private static func cardinal(_ value: Int) -> String {
        func after(_ rest: Int) -> String { rest == 0 ? "" : " " + cardinal(rest) }
        switch value {
        case ..<20: return ones[max(0, value)]
        case ..<100: return value % 10 == 0 ? tens[value / 10] : "\(tens[value / 10])-\(ones[value % 10])"
        case ..<1_000: return "\(ones[value / 100]) hundred" + after(value % 100)
        case ..<1_000_000: return "\(cardinal(value / 1_000)) thousand" + after(value % 1_000)
        default: return "\(cardinal(value / 1_000_000)) million" + after(value % 1_000_000)
        }
    }

    private static func hanCardinal(_ value: Int) -> String {
        if value < 10 { return han[max(0, value)] }
        if value < 20 { return "十" + (value == 10 ? "" : han[value - 10]) }
        if value >= 10_000 {
            let rest = value % 10_000
            return hanCardinal(value / 10_000) + "万"
                + (rest == 0
                    ? "" : (rest < 1_000 ? "零" : "") + (rest < 20 && rest >= 10 ? "一" : "") + hanCardinal(rest))
        }
        let (unit, name) = value >= 1_000 ? (1_000, "千") : value >= 100 ? (100, "百") : (10, "十")
        let rest = value % unit
        guard rest > 0 else { return han[value / unit] + name }
        return han[value / unit] + name + (rest < unit / 10 ? "零" : "") + (rest < 20 && rest >= 10 ? "一" : "")
            + hanCardinal(rest)
    }
}
