// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let portuguese: ReadingRules = {
        var rules = ReadingRules()
        rules.addPortugueseNames()
        rules.numbers.decimalMark = ","
        rules.numbers.groupMark = "."
        rules.numbers.point = "ponto"
        rules.numbers.minus = "menos"
        rules.numbers.through = " a "
        rules.quantities.per = "por"
        rules.numbers.number = "número"
        rules.numbers.about = "cerca de"
        rules.numbers.and = "e"
        rules.quantities.centsJoin = "e "
        rules.quantities.currencies = [
            "€": .init(unit: ["euro", "euros"], afterScale: "de euros", cent: ["cêntimo", "cêntimos"]),
            "$": .init(unit: ["dólar", "dólares"], afterScale: "de dólares", cent: ["centavo", "centavos"]),
            "£": .init(unit: ["libra", "libras"], afterScale: "de libras", cent: ["péni", "pence"]),
            "¥": .init(unit: ["iene", "ienes"], afterScale: "de ienes"),
        ]
        rules.quantities.namedCurrencies = [
            "R": .init(unit: ["real", "reais"], afterScale: "de reais", cent: ["centavo", "centavos"])
        ]
        rules.quantities.scales = [
            "milhão": "milhão", "milhões": "milhões", "bilhão": "bilhão", "bilhões": "bilhões", "mil": "mil",
            "mi": "milhões", "bi": "bilhões",
        ]
        rules.quantities.units = [
            "km": ["quilômetro", "quilômetros"], "m": ["metro", "metros"], "cm": ["centímetro", "centímetros"],
            "mm": ["milímetro", "milímetros"], "kg": ["quilo", "quilos"], "g": ["grama", "gramas"],
            "mg": ["miligrama", "miligramas"], "t": ["tonelada", "toneladas"], "l": ["litro", "litros"],
            "L": ["litro", "litros"], "ml": ["mililitro", "mililitros"],
            "km/h": ["quilômetro por hora", "quilômetros por hora"],
            "m/s": ["metro por segundo", "metros por segundo"],
            "m²": ["metro quadrado", "metros quadrados"], "km²": ["quilômetro quadrado", "quilômetros quadrados"],
            "m³": ["metro cúbico", "metros cúbicos"], "°C": ["grau Celsius", "graus Celsius"],
            "℃": ["grau Celsius", "graus Celsius"], "h": ["hora", "horas"], "min": ["minuto", "minutos"],
            "s": ["segundo", "segundos"], "ms": ["milissegundo", "milissegundos"], "KB": ["quilobyte", "quilobytes"],
            "MB": ["megabyte", "megabytes"], "GB": ["gigabyte", "gigabytes"], "TB": ["terabyte", "terabytes"],
            "MHz": ["mega-hertz", "mega-hertz"], "GHz": ["giga-hertz", "giga-hertz"], "W": ["watt", "watts"],
            "kW": ["quilowatt", "quilowatts"], "kWh": ["quilowatt-hora", "quilowatts-hora"], "V": ["volt", "volts"],
        ]
        rules.words.symbols = [
            "/": " ", "→": "para", "℃": "graus Celsius", "±": "mais ou menos", "≈": "aproximadamente",
        ]
        rules.words.operators = [
            "<": "menor que", ">": "maior que", "≤": "menor ou igual a", "≥": "maior ou igual a", "≠": "diferente de",
            "×": "vezes", "÷": "dividido por", "−": "menos",
        ]
        rules.words.hasSpacedAbbreviations = true
        rules.words.abbreviations = [
            "sr": .beforeName("senhor"), "sra": .beforeName("senhora"), "dr": .beforeName("doutor"),
            "dra": .beforeName("doutora"), "prof": .beforeName("professor"), "p.ex": .always("por exemplo"),
            "etc": .always("et cétera"), "pág": .beforeNumber("página"), "núm": .beforeNumber("número"),
            "av": .beforeName("avenida"), "aprox": .always("aproximadamente"), "fig": .beforeNumber("figura"),
        ]
        rules.dates.clock = { hour, minute, _ in
            minute == 0 ? "\(hour) horas" : minute < 10 ? "\(hour) e \(minute)" : nil
        }
        rules.numbers.fraction = { over, under in
            switch (over, under) {
            case (1, 2): "meio"
            case (1, 3): "um terço"
            case (2, 3): "dois terços"
            case (1, 4): "um quarto"
            case (3, 4): "três quartos"
            default: over < under ? "\(over) sobre \(under)" : nil
            }
        }
        rules.numbers.power = {
            $0 == 2 ? "ao quadrado" : $0 == 3 ? "ao cubo" : "elevado a \($0 < 0 ? "menos " : "")\(abs($0))"
        }
        return rules
    }()
}
