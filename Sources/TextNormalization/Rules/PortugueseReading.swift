// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let portuguese: ReadingRules = {
        var rules = ReadingRules()
        rules.decimalMark = ","
        rules.groupMark = "."
        rules.point = "ponto"
        rules.minus = "menos"
        rules.through = " a "
        rules.per = "por"
        rules.number = "número"
        rules.about = "cerca de"
        rules.and = "e"
        rules.centsJoin = "e "
        rules.currencies = [
            "€": Currency(unit: ["euro", "euros"], afterScale: "de euros", cent: ["cêntimo", "cêntimos"]),
            "$": Currency(unit: ["dólar", "dólares"], afterScale: "de dólares", cent: ["centavo", "centavos"]),
            "£": Currency(unit: ["libra", "libras"], afterScale: "de libras", cent: ["péni", "pence"]),
            "¥": Currency(unit: ["iene", "ienes"], afterScale: "de ienes"),
        ]
        rules.namedCurrencies = [
            "R": Currency(unit: ["real", "reais"], afterScale: "de reais", cent: ["centavo", "centavos"])
        ]
        rules.scales = [
            "milhão": "milhão", "milhões": "milhões", "bilhão": "bilhão", "bilhões": "bilhões", "mil": "mil",
            "mi": "milhões", "bi": "bilhões",
        ]
        rules.units = [
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
        rules.symbols = ["→": "para", "℃": "graus Celsius", "±": "mais ou menos", "≈": "aproximadamente"]
        rules.operators = [
            "<": "menor que", ">": "maior que", "≤": "menor ou igual a", "≥": "maior ou igual a", "≠": "diferente de",
            "×": "vezes", "÷": "dividido por", "−": "menos",
        ]
        rules.hasSpacedAbbreviations = true
        rules.abbreviations = [
            "sr": .beforeName("senhor"), "sra": .beforeName("senhora"), "dr": .beforeName("doutor"),
            "dra": .beforeName("doutora"), "prof": .beforeName("professor"), "p.ex": .always("por exemplo"),
            "etc": .always("et cétera"), "pág": .beforeNumber("página"), "núm": .beforeNumber("número"),
            "av": .beforeName("avenida"), "aprox": .always("aproximadamente"), "fig": .beforeNumber("figura"),
        ]
        rules.clock = { hour, minute, _ in minute == 0 ? "\(hour) horas" : minute < 10 ? "\(hour) e \(minute)" : nil }
        rules.fraction = { over, under in
            switch (over, under) {
            case (1, 2): "meio"
            case (1, 3): "um terço"
            case (2, 3): "dois terços"
            case (1, 4): "um quarto"
            case (3, 4): "três quartos"
            default: over < under ? "\(over) sobre \(under)" : nil
            }
        }
        rules.power = {
            $0 == 2 ? "ao quadrado" : $0 == 3 ? "ao cubo" : "elevado a \($0 < 0 ? "menos " : "")\(abs($0))"
        }
        return rules
    }()
}
