// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let italian: ReadingRules = {
        var rules = ReadingRules()
        rules.addItalianNames()
        rules.numbers.decimalMark = ","
        rules.numbers.groupMark = "."
        rules.numbers.point = "punto"
        rules.numbers.minus = "meno"
        rules.numbers.through = " a "
        rules.quantities.per = "al"
        rules.numbers.number = "numero"
        rules.numbers.about = "circa"
        rules.numbers.and = "e"
        rules.quantities.centsJoin = "e "
        rules.quantities.currencies = [
            "€": .init(unit: ["euro", "euro"], afterScale: "di euro", cent: ["centesimo", "centesimi"]),
            "$": .init(unit: ["dollaro", "dollari"], afterScale: "di dollari", cent: ["centesimo", "centesimi"]),
            "£": .init(unit: ["sterlina", "sterline"], afterScale: "di sterline", cent: ["penny", "pence"]),
            "¥": .init(unit: ["yen", "yen"], afterScale: "di yen"),
        ]
        rules.quantities.scales = [
            "milione": "milione", "milioni": "milioni", "miliardo": "miliardo", "miliardi": "miliardi",
            "mln": "milioni",
            "mld": "miliardi",
        ]
        rules.quantities.units = [
            "km": ["chilometro", "chilometri"], "m": ["metro", "metri"], "cm": ["centimetro", "centimetri"],
            "mm": ["millimetro", "millimetri"], "kg": ["chilogrammo", "chilogrammi"], "g": ["grammo", "grammi"],
            "mg": ["milligrammo", "milligrammi"], "t": ["tonnellata", "tonnellate"], "l": ["litro", "litri"],
            "L": ["litro", "litri"], "ml": ["millilitro", "millilitri"],
            "km/h": ["chilometro orario", "chilometri orari"], "m/s": ["metro al secondo", "metri al secondo"],
            "m²": ["metro quadrato", "metri quadrati"], "km²": ["chilometro quadrato", "chilometri quadrati"],
            "m³": ["metro cubo", "metri cubi"], "°C": ["grado Celsius", "gradi Celsius"],
            "℃": ["grado Celsius", "gradi Celsius"], "h": ["ora", "ore"], "min": ["minuto", "minuti"],
            "s": ["secondo", "secondi"], "ms": ["millisecondo", "millisecondi"], "KB": ["kilobyte", "kilobyte"],
            "MB": ["megabyte", "megabyte"], "GB": ["gigabyte", "gigabyte"], "TB": ["terabyte", "terabyte"],
            "MHz": ["megahertz", "megahertz"], "GHz": ["gigahertz", "gigahertz"], "W": ["watt", "watt"],
            "kW": ["kilowatt", "kilowatt"], "kWh": ["chilowattora", "chilowattora"], "V": ["volt", "volt"],
        ]
        rules.words.symbols = [
            "/": " ", "→": "a", "&": "e", "℃": "gradi Celsius", "±": "più o meno", "≈": "circa", "∈": "in",
            "∉": "non in", "∩": "intersezione", "∪": "unione", "∀": "per ogni", "∃": "esiste", "∑": "la somma di",
            "∞": "infinito", "√": "la radice di", "π": "pi greco",
        ]
        rules.words.operators = [
            "<": "minore di", ">": "maggiore di", "≤": "minore o uguale a", "≥": "maggiore o uguale a",
            "≠": "diverso da",
            "×": "per", "÷": "diviso", "−": "meno", "+": "più",
        ]
        rules.words.abbreviations = [
            "sig": .beforeName("signor"), "sigg": .beforeName("signori"), "dott": .beforeName("dottor"),
            "dr": .beforeName("dottor"), "prof": .beforeName("professor"), "ing": .beforeName("ingegner"),
            "avv": .beforeName("avvocato"), "ecc": .always("eccetera"), "es": .always("esempio"),
            "pag": .beforeNumber("pagina"), "fig": .beforeNumber("figura"), "ca": .always("circa"),
        ]
        rules.dates.clock = { hour, minute, _ in minute == 0 ? String(hour) : minute < 10 ? "\(hour) e \(minute)" : nil
        }
        rules.numbers.fraction = { over, under in
            switch (over, under) {
            case (1, 2): "un mezzo"
            case (1, 3): "un terzo"
            case (2, 3): "due terzi"
            case (1, 4): "un quarto"
            case (3, 4): "tre quarti"
            default: over < under ? "\(over) su \(under)" : nil
            }
        }
        rules.numbers.power = {
            $0 == 2 ? "al quadrato" : $0 == 3 ? "al cubo" : "alla \($0 < 0 ? "meno " : "")\(abs($0))"
        }
        return rules
    }()
}
