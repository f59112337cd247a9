// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let russian: ReadingRules = {
        var rules = ReadingRules()
        rules.addRussianNames()
        rules.numbers.decimalMark = ","
        rules.numbers.groupMark = "\u{A0}"
        rules.numbers.groupsWithBlanks = true
        // The forms after one, after two to four, and after other numbers. Decimals take the genitive singular, which
        // is the second.
        rules.quantities.form = { count in
            guard let count else { return 1 }
            if (11...14).contains(count % 100) { return 2 }
            switch count % 10 {
            case 1: return 0
            case 2...4: return 1
            default: return 2
            }
        }
        rules.numbers.point = "точка"
        rules.numbers.minus = "минус"
        // No word, as in speech: "3-5 минут".
        rules.numbers.through = " "
        rules.dates.clockThrough = " до "
        rules.quantities.per = "в"
        rules.quantities.percent = ["процент", "процента", "процентов"]
        rules.numbers.number = "номер"
        rules.numbers.about = "около"
        rules.numbers.and = "и"
        rules.quantities.currencies = [
            "₽": .init(unit: ["рубль", "рубля", "рублей"], cent: ["копейка", "копейки", "копеек"]),
            "$": .init(
                unit: ["доллар", "доллара", "долларов"], afterScale: "долларов", cent: ["цент", "цента", "центов"]),
            "€": .init(unit: ["евро", "евро", "евро"], cent: ["цент", "цента", "центов"]),
            "£": .init(unit: ["фунт", "фунта", "фунтов"], afterScale: "фунтов"),
            "¥": .init(unit: ["иена", "иены", "иен"], afterScale: "иен"),
        ]
        rules.quantities.scales = [
            "тыс": "тысяч", "млн": "миллионов", "млрд": "миллиардов", "миллион": "миллион", "миллиона": "миллиона",
            "миллионов": "миллионов", "миллиард": "миллиард", "миллиарда": "миллиарда", "миллиардов": "миллиардов",
        ]
        rules.quantities.units = [
            "км": ["километр", "километра", "километров"], "м": ["метр", "метра", "метров"],
            "см": ["сантиметр", "сантиметра", "сантиметров"], "мм": ["миллиметр", "миллиметра", "миллиметров"],
            "кг": ["килограмм", "килограмма", "килограммов"], "г": ["грамм", "грамма", "граммов"],
            "мг": ["миллиграмм", "миллиграмма", "миллиграммов"], "т": ["тонна", "тонны", "тонн"],
            "л": ["литр", "литра", "литров"], "мл": ["миллилитр", "миллилитра", "миллилитров"],
            "км/ч": ["километр в час", "километра в час", "километров в час"],
            "м/с": ["метр в секунду", "метра в секунду", "метров в секунду"],
            "м²": ["квадратный метр", "квадратных метра", "квадратных метров"],
            "км²": ["квадратный километр", "квадратных километра", "квадратных километров"],
            "°C": ["градус Цельсия", "градуса Цельсия", "градусов Цельсия"],
            "°С": ["градус Цельсия", "градуса Цельсия", "градусов Цельсия"],
            "℃": ["градус Цельсия", "градуса Цельсия", "градусов Цельсия"], "ч": ["час", "часа", "часов"],
            "мин": ["минута", "минуты", "минут"], "с": ["секунда", "секунды", "секунд"],
            "сек": ["секунда", "секунды", "секунд"], "МБ": ["мегабайт", "мегабайта", "мегабайт"],
            "ГБ": ["гигабайт", "гигабайта", "гигабайт"], "ТБ": ["терабайт", "терабайта", "терабайт"],
            "ГГц": ["гигагерц", "гигагерца", "гигагерц"], "Вт": ["ватт", "ватта", "ватт"],
            "кВт": ["киловатт", "киловатта", "киловатт"], "руб": ["рубль", "рубля", "рублей"],
            "млн": ["миллион", "миллиона", "миллионов"], "млрд": ["миллиард", "миллиарда", "миллиардов"],
            "тыс": ["тысяча", "тысячи", "тысяч"], "km": ["километр", "километра", "километров"],
            "kg": ["килограмм", "килограмма", "килограммов"],
            "km/h": ["километр в час", "километра в час", "километров в час"],
            "MB": ["мегабайт", "мегабайта", "мегабайт"], "GB": ["гигабайт", "гигабайта", "гигабайт"],
        ]
        rules.quantities.unitsHaveStops = true
        rules.words.symbols = [
            "/": " ", "→": "к", "&": "и", "±": "плюс минус", "≈": "примерно", "½": "одна вторая",
            "∈": "принадлежит", "∉": "не принадлежит", "∩": "пересечение", "∪": "объединение", "∀": "для всех",
            "∃": "существует", "∑": "сумма", "∞": "бесконечность", "√": "корень из", "π": "пи",
        ]
        rules.words.operators = [
            "<": "меньше", ">": "больше", "≤": "меньше или равно", "≥": "больше или равно", "≠": "не равно",
            "=": "равно", "×": "умножить на", "÷": "разделить на", "−": "минус", "+": "плюс",
        ]
        rules.words.hasSpacedAbbreviations = true
        rules.words.abbreviations = [
            "т.е": .always("то есть"), "т.д": .always("так далее"), "т.п": .always("тому подобное"),
            "т.к": .always("так как"), "т.н": .always("так называемый"), "г": .beforeName("город"),
            "ул": .beforeName("улица"), "им": .beforeName("имени"), "др": .always("другие"),
            "рис": .beforeNumber("рисунок"),
            "стр": .beforeNumber("страница"), "см": .always("смотри"), "напр": .always("например"),
            "тел": .always("телефон"), "д": .beforeNumber("дом"), "кв": .beforeNumber("квартира"),
        ]
        rules.dates.yearInWords = { value, suffix, before in
            switch suffix {
            case "г": RussianWords.year(value, before == "в" ? "году" : "года")
            case "года", "году", "год": RussianWords.year(value, suffix)
            default: nil
            }
        }
        rules.numbers.century = { value, ending, wordAfter, wordBefore in
            guard ending.isEmpty else { return nil }
            let isIn = wordBefore == "в" || wordBefore == "во"
            switch wordAfter {
            case "в": return RussianWords.century(value, isPrepositional: isIn)
            case "век": return RussianWords.ordinal(value, "ый")
            case "века": return RussianWords.ordinal(value, "ого")
            case "веке": return RussianWords.ordinal(value, "ом")
            default: return nil
            }
        }
        rules.numbers.fraction = { over, under in
            switch (over, under) {
            case (1, 2): "одна вторая"
            case (1, 3): "одна треть"
            case (2, 3): "две трети"
            case (1, 4): "одна четверть"
            case (3, 4): "три четверти"
            default: nil
            }
        }
        rules.dates.clock = { hour, minute, _ in minute == 0 ? "\(hour) ноль ноль" : nil }
        rules.numbers.power = {
            $0 == 2 ? "в квадрате" : $0 == 3 ? "в кубе" : "в степени \($0 < 0 ? "минус " : "")\(abs($0))"
        }
        return rules
    }()
}
