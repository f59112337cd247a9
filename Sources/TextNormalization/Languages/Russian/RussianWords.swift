// SPDX-License-Identifier: GPL-3.0-or-later

/// The words that Russian needs in addition to its tables.
enum RussianWords {
    /// A weekday or month at both ends of a range: "с понедельника по пятницу".
    static func range(_ name: String) -> (from: String, to: String) {
        let stem = String(name.dropLast())
        return switch name.last {
        case "ь", "й", "е": ("с \(stem)я", name)
        case "а": ("с \(stem)ы", stem + "у")
        default: ("с \(name)а", name)
        }
    }

    private static let monthsOfDays = [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
        "декабря",
    ]

    /// The month, from 0, if the word is a month's genitive.
    static func month(_ word: String) -> Int? { monthsOfDays.firstIndex(of: word) }

    /// "3 марта" as "третьего марта", "по 5 мая" as "по пятое мая".
    static func day(_ day: Int, _ month: Int, _ wordBefore: String) -> String? {
        guard (1...31).contains(day) else { return nil }
        return ordinal(day, ["на", "по", "На"].contains(wordBefore) ? "ое" : "ого")
    }

    /// A year with its noun: "две тысячи двадцать пятого года".
    static func year(_ value: Int, _ noun: String) -> String? {
        yearOrdinal(value, ["году": "ом", "года": "ого"][noun] ?? "ый").map { "\($0) \(noun)" }
    }

    private static func yearOrdinal(_ value: Int, _ ending: String) -> String? {
        guard (1100..<2100).contains(value) else { return nil }
        if value == 2000 { return "двухтысячн" + ending }
        let rest = value % 100
        if rest == 0 { return "тысяча \(hundreds[value / 100 % 10])сот\(ending)" }
        return (value >= 2000 ? "две тысячи" : "тысяча \(hundredWords[value / 100 % 10])") + " \(ordinal(rest, ending))"
    }

    /// A century in Roman numerals: "XIX в." as "девятнадцатый век".
    static func century(_ value: Int, isPrepositional: Bool) -> String {
        ordinal(value, isPrepositional ? "ом" : "ый") + (isPrepositional ? " веке" : " век")
    }

    /// An ordinal below 100, with the ending of its case.
    static func ordinal(_ value: Int, _ ending: String) -> String {
        if value >= 20 {
            let ten = value / 10
            return value % 10 == 0 ? tenStems[ten] + ending : "\(tens[ten]) \(ordinal(value % 10, ending))"
        }
        guard value != 3 else {
            return "трет" + (["ого": "ьего", "ом": "ьем", "ое": "ье", "ый": "ий"][ending] ?? "ий")
        }
        let stem = stems[max(0, value)]
        return stem + (ending == "ый" && [2, 6, 7, 8].contains(value) ? "ой" : ending)
    }

    private static let stems = [
        "нулев", "перв", "втор", "", "четвёрт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат",
        "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат",
    ]
    private static let tens = [
        "", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто",
    ]
    private static let tenStems = [
        "", "", "двадцат", "тридцат", "сороков", "пятидесят", "шестидесят", "семидесят", "восьмидесят", "девяност",
    ]
    private static let hundreds = ["", "", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти"]
    private static let hundredWords = [
        "", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот",
    ]
}
