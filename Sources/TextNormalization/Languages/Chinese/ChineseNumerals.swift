// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers in Chinese characters. eSpeak NG's own Mandarin numbers are wrong from 10,000 on and lose the decimal point.
enum ChineseNumerals {
    private static let digits: [Character] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    private static let places = ["", "十", "百", "千"]
    private static let groups = ["", "万", "亿", "万亿"]

    /// Reads digit by digit: years, telephone numbers, decimals.
    static func spelled(_ number: some StringProtocol) -> String {
        String(number.unicodeScalars.map { $0.isDigit ? digits[$0.digit] : Character($0) })
    }

    /// Reads a whole number as a quantity. Numbers of more than 16 digits or with leading zeros are read digit by
    /// digit.
    static func cardinal(_ number: String) -> String {
        let values = number.unicodeScalars.map(\.digit)
        guard values.count <= 16, values.count == 1 || values.first != 0 else { return spelled(number) }
        guard values != [0] else { return "零" }
        var result = ""
        var skippedZero = false
        var groupIsEmpty = true
        for (index, value) in values.enumerated() {
            let place = values.count - 1 - index
            if value == 0 {
                skippedZero = true
            } else {
                if skippedZero, !result.isEmpty { result += "零" }
                skippedZero = false
                groupIsEmpty = false
                // The one in ten to nineteen is dropped: 十二.
                if !(value == 1 && place % 4 == 1 && result.isEmpty) { result.append(digits[value]) }
                result += places[place % 4]
            }
            if place % 4 == 0 {
                if !groupIsEmpty { result += groups[place / 4] }
                groupIsEmpty = true
            }
        }
        return result
    }

    /// A number with its decimals: 十二点五.
    static func spoken(_ number: WrittenNumber) -> String {
        cardinal(number.whole) + (number.fraction.map { "点" + spelled($0) } ?? "")
    }
}
