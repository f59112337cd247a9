// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The words of Japanese that tell what a figure beside them is.
    mutating func addJapaneseNames() {
        quantities.durations = [
            (["d"], ["にち", "にち"]),
            (["h"], ["じかん", "じかん"]),
            (["m", "min"], ["ふん", "ふん"]),
            (["s"], ["びょう", "びょう"]),
        ]
        numbers.ratio = "たい"
        numbers.codeWords = ["番号", "コード", "パスワード", "郵便番号"]
    }
}
