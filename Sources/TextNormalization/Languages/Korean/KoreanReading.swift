// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let korean: ReadingRules = {
        var rules = ReadingRules()
        rules.addKoreanNames()
        rules.numbers.decimalWord = "점"
        rules.numbers.point = "점"
        rules.numbers.minus = "마이너스"
        rules.numbers.through = "에서 "
        rules.quantities.percent = ["퍼센트", "퍼센트"]
        rules.numbers.number = "번호"
        rules.numbers.about = "약"
        rules.quantities.currencies = [
            "₩": .init(unit: ["원", "원"]), "$": .init(unit: ["달러", "달러"]), "€": .init(unit: ["유로", "유로"]),
            "£": .init(unit: ["파운드", "파운드"]), "¥": .init(unit: ["엔", "엔"]),
        ]
        rules.quantities.scales = ["만": "만", "억": "억"]
        rules.quantities.units = [
            "h": ["시간", "시간"], "min": ["분", "분"], "s": ["초", "초"],
            "km": ["킬로미터", "킬로미터"], "m": ["미터", "미터"], "cm": ["센티미터", "센티미터"], "mm": ["밀리미터", "밀리미터"],
            "kg": ["킬로그램", "킬로그램"], "g": ["그램", "그램"], "km/h": ["킬로미터 매 시", "킬로미터 매 시"],
            "L": ["리터", "리터"], "mL": ["밀리리터", "밀리리터"], "ml": ["밀리리터", "밀리리터"], "°C": ["도", "도"],
            "℃": ["도", "도"], "GB": ["기가바이트", "기가바이트"], "MB": ["메가바이트", "메가바이트"],
            "GHz": ["기가헤르츠", "기가헤르츠"], "W": ["와트", "와트"], "m²": ["제곱미터", "제곱미터"],
        ]
        rules.words.symbols = ["→": "에서", "&": "와", "±": "플러스 마이너스", "≈": "약"]
        rules.words.operators = [
            "=": "은", "+": "더하기", "×": "곱하기", "÷": "나누기", "−": "빼기", "<": "보다 작은", ">": "보다 큰",
        ]
        rules.dates.clock = { hour, minute, _ in minute == 0 ? "\(hour)시" : "\(hour)시 \(minute)분" }
        rules.numbers.fraction = { over, under in "\(under)분의 \(over)" }
        return rules
    }()
}
