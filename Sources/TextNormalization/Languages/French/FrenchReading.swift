// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let french: ReadingRules = {
        var rules = ReadingRules()
        rules.addFrenchNames()
        rules.numbers.decimalMark = ","
        rules.numbers.groupMark = "."
        rules.numbers.groupsWithBlanks = true
        // The singular is used below two: "1,5 litre".
        rules.quantities.form = { $0 == 0 || $0 == 1 ? 0 : 1 }
        rules.numbers.point = "point"
        rules.numbers.minus = "moins"
        rules.numbers.through = " à "
        rules.quantities.per = "par"
        rules.numbers.number = "numéro"
        rules.numbers.about = "environ"
        rules.numbers.and = "et"
        rules.quantities.namesCents = false
        rules.numbers.roman = { value, _ in String(value) }
        rules.quantities.currencies = [
            "€": .init(unit: ["euro", "euros"], afterScale: "d'euros", cent: ["centime", "centimes"]),
            "$": .init(unit: ["dollar", "dollars"], afterScale: "de dollars", cent: ["centime", "centimes"]),
            "£": .init(unit: ["livre", "livres"], afterScale: "de livres", cent: ["centime", "centimes"]),
            "¥": .init(unit: ["yen", "yens"], afterScale: "de yens"),
        ]
        rules.quantities.scales = [
            "million": "million", "millions": "millions", "milliard": "milliard", "milliards": "milliards",
            "M": "millions", "Md": "milliards",
        ]
        rules.quantities.units = [
            "km": ["kilomètre", "kilomètres"], "m": ["mètre", "mètres"], "cm": ["centimètre", "centimètres"],
            "mm": ["millimètre", "millimètres"], "kg": ["kilogramme", "kilogrammes"], "g": ["gramme", "grammes"],
            "mg": ["milligramme", "milligrammes"], "t": ["tonne", "tonnes"], "l": ["litre", "litres"],
            "L": ["litre", "litres"], "ml": ["millilitre", "millilitres"], "mL": ["millilitre", "millilitres"],
            "km/h": ["kilomètre heure", "kilomètres heure"], "m/s": ["mètre par seconde", "mètres par seconde"],
            "m²": ["mètre carré", "mètres carrés"], "km²": ["kilomètre carré", "kilomètres carrés"],
            "m³": ["mètre cube", "mètres cubes"], "°C": ["degré Celsius", "degrés Celsius"],
            "℃": ["degré Celsius", "degrés Celsius"], "h": ["heure", "heures"], "min": ["minute", "minutes"],
            "s": ["seconde", "secondes"], "ms": ["milliseconde", "millisecondes"], "Ko": ["kilooctet", "kilooctets"],
            "Mo": ["mégaoctet", "mégaoctets"], "Go": ["gigaoctet", "gigaoctets"], "To": ["téraoctet", "téraoctets"],
            "MHz": ["mégahertz", "mégahertz"], "GHz": ["gigahertz", "gigahertz"], "W": ["watt", "watts"],
            "kW": ["kilowatt", "kilowatts"], "kWh": ["kilowattheure", "kilowattheures"], "V": ["volt", "volts"],
        ]
        rules.words.symbols = [
            "→": "vers", "⇒": "donc", "≈": "environ", "℃": "degrés Celsius", "№": "numéro", "∈": "dans",
            "∉": "pas dans", "∩": "inter", "∪": "union", "∀": "pour tout", "∃": "il existe", "∑": "la somme de",
            "∞": "l'infini", "√": "la racine de", "π": "pi",
        ]
        rules.words.operators = [
            "<": "inférieur à", ">": "supérieur à", "≤": "inférieur ou égal à", "≥": "supérieur ou égal à",
            "≠": "différent de", "=": "égale", "×": "fois", "÷": "divisé par", "−": "moins", "+": "plus",
        ]
        rules.words.hasSpacedAbbreviations = true
        rules.words.abbreviations = [
            "m": .beforeName("Monsieur"), "tél": .always("téléphone"), "mm": .beforeName("Messieurs"),
            "dr": .beforeName("Docteur"),
            "pr": .beforeName("Professeur"), "p.ex": .always("par exemple"), "etc": .always("et cetera"),
            "c.-à-d": .always("c'est-à-dire"), "env": .always("environ"), "fig": .beforeNumber("figure"),
            "av": .beforeName("avenue"), "j.-c": .always("Jésus-Christ"), "st": .beforeName("Saint"),
        ]
        rules.numbers.century = { value, ending, wordAfter, _ in
            ending == "e" && wordAfter.hasPrefix("si") && value < ordinals.count ? ordinals[value] : nil
        }
        rules.dates.hourLetter = "h"
        rules.dates.clock = { hour, minute, _ in
            "\(hour) \(hour < 2 ? "heure" : "heures")" + (minute == 0 ? "" : " \(minute)")
        }
        rules.numbers.ordinal = { value, ending, _, _ in
            switch ending {
            case "er": value == 1 ? "premier" : nil
            case "re", "ère": value == 1 ? "première" : nil
            case "e", "è", "ème", "eme", "ième": value < ordinals.count ? ordinals[value] : nil
            default: nil
            }
        }
        rules.numbers.fraction = { over, under in
            switch (over, under) {
            case (1, 2): "un demi"
            case (1, 3): "un tiers"
            case (2, 3): "deux tiers"
            case (1, 4): "un quart"
            case (3, 4): "trois quarts"
            default: over < under ? "\(over) sur \(under)" : nil
            }
        }
        rules.numbers.power = {
            $0 == 2 ? "au carré" : $0 == 3 ? "au cube" : "puissance \($0 < 0 ? "moins " : "")\(abs($0))"
        }
        return rules
    }()

    private static let ordinals = [
        "zéroième", "unième", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième",
        "neuvième", "dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième",
        "dix-septième", "dix-huitième", "dix-neuvième", "vingtième", "vingt et unième",
    ]
}
