// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let spanish: ReadingRules = {
        var rules = ReadingRules()
        rules.addSpanishNames()
        rules.numbers.decimalMark = ","
        rules.numbers.groupMark = "."
        rules.numbers.point = "punto"
        rules.numbers.minus = "menos"
        rules.numbers.through = " a "
        rules.quantities.per = "por"
        rules.numbers.number = "número"
        rules.numbers.about = "unos"
        rules.numbers.and = "y"
        rules.quantities.centsJoin = "con "
        rules.quantities.currencies = [
            "€": .init(unit: ["euro", "euros"], afterScale: "de euros", cent: ["céntimo", "céntimos"]),
            "$": .init(unit: ["dólar", "dólares"], afterScale: "de dólares", cent: ["centavo", "centavos"]),
            "£": .init(unit: ["libra", "libras"], afterScale: "de libras", cent: ["penique", "peniques"]),
            "¥": .init(unit: ["yen", "yenes"], afterScale: "de yenes"),
        ]
        rules.quantities.scales = ["millón": "millón", "millones": "millones", "mil": "mil", "M": "millones"]
        rules.quantities.units = [
            "km": ["kilómetro", "kilómetros"], "m": ["metro", "metros"], "cm": ["centímetro", "centímetros"],
            "mm": ["milímetro", "milímetros"], "kg": ["kilogramo", "kilogramos"], "g": ["gramo", "gramos"],
            "mg": ["miligramo", "miligramos"], "t": ["tonelada", "toneladas"], "l": ["litro", "litros"],
            "L": ["litro", "litros"], "ml": ["mililitro", "mililitros"],
            "km/h": ["kilómetro por hora", "kilómetros por hora"], "m/s": ["metro por segundo", "metros por segundo"],
            "m²": ["metro cuadrado", "metros cuadrados"], "km²": ["kilómetro cuadrado", "kilómetros cuadrados"],
            "m³": ["metro cúbico", "metros cúbicos"], "°C": ["grado Celsius", "grados Celsius"],
            "℃": ["grado Celsius", "grados Celsius"], "h": ["hora", "horas"], "min": ["minuto", "minutos"],
            "s": ["segundo", "segundos"], "ms": ["milisegundo", "milisegundos"], "KB": ["kilobyte", "kilobytes"],
            "MB": ["megabyte", "megabytes"], "GB": ["gigabyte", "gigabytes"], "TB": ["terabyte", "terabytes"],
            "MHz": ["megahercio", "megahercios"], "GHz": ["gigahercio", "gigahercios"], "W": ["vatio", "vatios"],
            "kW": ["kilovatio", "kilovatios"], "kWh": ["kilovatio hora", "kilovatios hora"],
            "V": ["voltio", "voltios"],
        ]
        rules.words.symbols = [
            "/": " ", "→": "a", "&": "y", "℃": "grados Celsius", "±": "más menos", "½": "un medio",
            "≈": "aproximadamente", "∈": "en", "∉": "no en", "∩": "intersección", "∪": "unión", "∀": "para todo",
            "∃": "existe", "∑": "la suma de", "∞": "infinito", "√": "la raíz de", "π": "pi",
        ]
        rules.words.operators = [
            "<": "menor que", ">": "mayor que", "≤": "menor o igual que", "≥": "mayor o igual que", "≠": "distinto de",
            "=": "igual a", "×": "por", "÷": "entre", "−": "menos", "+": "más",
        ]
        rules.words.hasSpacedAbbreviations = true
        rules.words.abbreviations = [
            "sr": .beforeName("señor"), "sra": .beforeName("señora"), "srta": .beforeName("señorita"),
            "dr": .beforeName("doctor"), "dra": .beforeName("doctora"), "d": .beforeName("don"),
            "ud": .always("usted"), "uds": .always("ustedes"), "p.ej": .always("por ejemplo"),
            "etc": .always("etcétera"),
            "ee.uu": .always("Estados Unidos"), "núm": .beforeNumber("número"), "pág": .beforeNumber("página"),
            "aprox": .always("aproximadamente"), "av": .beforeName("avenida"), "fig": .beforeNumber("figura"),
        ]
        rules.dates.clock = { hour, minute, _ in
            minute == 0 ? "\(hour) en punto" : minute < 10 ? "\(hour) y \(minute)" : nil
        }
        rules.numbers.fraction = { over, under in
            switch (over, under) {
            case (1, 2): "un medio"
            case (1, 3): "un tercio"
            case (2, 3): "dos tercios"
            case (1, 4): "un cuarto"
            case (3, 4): "tres cuartos"
            default: over < under ? "\(over) sobre \(under)" : nil
            }
        }
        rules.numbers.power = {
            $0 == 2 ? "al cuadrado" : $0 == 3 ? "al cubo" : "a la \($0 < 0 ? "menos " : "")\(abs($0))"
        }
        return rules
    }()
}
