// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// Adds the Japanese words that show what a number next to them is.
    mutating func addJapaneseNames() {
        quantities.durations = [
            (["d"], ["にち", "にち"]),
            (["h"], ["じかん", "じかん"]),
            (["m", "min"], ["ふん", "ふん"]),
            (["s"], ["びょう", "びょう"]),
        ]
        numbers.ratio = "たい"
        dates.weekdayLetters = [
            "月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど", "日": "にち",
        ]
        dates.weekdayEndings = [(["曜", "日"], "ようび"), (["曜"], "よう"), ([], "")]
        numbers.codeNames = ["番号", "コード", "パスワード", "郵便番号"]
    }
}
