// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// eSpeak NG reads kana but not kanji, so words for numbers are written in kana.
    static let japanese: ReadingRules = {
        var rules = ReadingRules()
        rules.addJapaneseNames()
        rules.words.isSpaceless = true
        rules.numbers.decimalWord = "てん"
        rules.numbers.point = "てん"
        rules.numbers.minus = "マイナス"
        rules.numbers.through = "から"
        rules.quantities.percent = ["パーセント", "パーセント"]
        rules.numbers.number = "ばんごう"
        rules.numbers.about = "やく"
        rules.quantities.currencies = [
            "¥": .init(unit: ["えん", "えん"]), "$": .init(unit: ["ドル", "ドル"]), "€": .init(unit: ["ユーロ", "ユーロ"]),
            "£": .init(unit: ["ポンド", "ポンド"]),
        ]
        rules.quantities.scales = ["万": "まん", "億": "おく"]
        rules.quantities.units = [
            "円": ["えん", "えん"], "年": ["ねん", "ねん"], "月": ["がつ", "がつ"], "日": ["にち", "にち"], "時": ["じ", "じ"],
            "時間": ["じかん", "じかん"], "分": ["ふん", "ふん"], "秒": ["びょう", "びょう"], "個": ["こ", "こ"], "人": ["にん", "にん"],
            "回": ["かい", "かい"], "枚": ["まい", "まい"], "歳": ["さい", "さい"], "本": ["ほん", "ほん"], "台": ["だい", "だい"],
            "度": ["ど", "ど"], "倍": ["ばい", "ばい"], "番": ["ばん", "ばん"], "階": ["かい", "かい"], "万": ["まん", "まん"],
            "億": ["おく", "おく"], "万円": ["まんえん", "まんえん"], "億円": ["おくえん", "おくえん"], "万人": ["まんにん", "まんにん"],
            "か月": ["かげつ", "かげつ"], "ヶ月": ["かげつ", "かげつ"], "週間": ["しゅうかん", "しゅうかん"], "日間": ["にちかん", "にちかん"],
            "h": ["じかん", "じかん"], "min": ["ふん", "ふん"], "s": ["びょう", "びょう"],
            "km": ["キロメートル", "キロメートル"], "m": ["メートル", "メートル"], "cm": ["センチメートル", "センチメートル"],
            "mm": ["ミリメートル", "ミリメートル"], "kg": ["キログラム", "キログラム"], "g": ["グラム", "グラム"],
            "km/h": ["キロメートルまいじ", "キロメートルまいじ"], "L": ["リットル", "リットル"], "mL": ["ミリリットル", "ミリリットル"],
            "°C": ["ど", "ど"], "℃": ["ど", "ど"], "GB": ["ギガバイト", "ギガバイト"], "MB": ["メガバイト", "メガバイト"],
            "GHz": ["ギガヘルツ", "ギガヘルツ"], "W": ["ワット", "ワット"],
        ]
        rules.words.symbols = ["→": "から", "&": "と", "±": "プラスマイナス", "≈": "やく"]
        rules.words.operators = [
            "=": "イコール", "+": "プラス", "×": "かける", "÷": "わる", "−": "ひく", "<": "しょうなり", ">": "だいなり",
        ]
        rules.dates.clock = { hour, minute, _ in minute == 0 ? "\(hour)じ" : "\(hour)じ\(minute)ふん" }
        rules.numbers.fraction = { over, under in "\(under)ぶんの\(over)" }
        return rules
    }()
}
