// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    static let german: ReadingRules = {
        var rules = ReadingRules()
        rules.addGermanNames()
        rules.numbers.decimalMark = ","
        rules.numbers.groupMark = "."
        rules.numbers.point = "Punkt"
        rules.numbers.minus = "minus"
        rules.numbers.through = " bis "
        rules.quantities.per = "pro"
        rules.numbers.number = "Nummer"
        rules.numbers.about = "etwa"
        rules.numbers.and = "und"
        rules.quantities.namesCents = false
        rules.numbers.roman = { value, _ in String(value) }
        rules.quantities.currencies = [
            "€": .init(unit: ["Euro", "Euro"], cent: ["Cent", "Cent"]),
            "$": .init(unit: ["Dollar", "Dollar"], cent: ["Cent", "Cent"]),
            "£": .init(unit: ["Pfund", "Pfund"], cent: ["Cent", "Cent"]), "¥": .init(unit: ["Yen", "Yen"]),
        ]
        rules.quantities.scales = [
            "Million": "Million", "Millionen": "Millionen", "Mio": "Millionen", "Milliarde": "Milliarde",
            "Milliarden": "Milliarden", "Mrd": "Milliarden", "Billionen": "Billionen",
        ]
        rules.quantities.units = [
            "km": ["Kilometer", "Kilometer"], "m": ["Meter", "Meter"], "cm": ["Zentimeter", "Zentimeter"],
            "mm": ["Millimeter", "Millimeter"], "kg": ["Kilogramm", "Kilogramm"], "g": ["Gramm", "Gramm"],
            "mg": ["Milligramm", "Milligramm"], "t": ["Tonne", "Tonnen"], "l": ["Liter", "Liter"],
            "L": ["Liter", "Liter"],
            "ml": ["Milliliter", "Milliliter"], "km/h": ["Kilometer pro Stunde", "Kilometer pro Stunde"],
            "m/s": ["Meter pro Sekunde", "Meter pro Sekunde"], "m²": ["Quadratmeter", "Quadratmeter"],
            "km²": ["Quadratkilometer", "Quadratkilometer"], "m³": ["Kubikmeter", "Kubikmeter"],
            "°C": ["Grad Celsius", "Grad Celsius"], "℃": ["Grad Celsius", "Grad Celsius"],
            "°F": ["Grad Fahrenheit", "Grad Fahrenheit"], "h": ["Stunde", "Stunden"], "min": ["Minute", "Minuten"],
            "Min": ["Minute", "Minuten"], "Std": ["Stunde", "Stunden"], "Sek": ["Sekunde", "Sekunden"],
            "s": ["Sekunde", "Sekunden"], "ms": ["Millisekunde", "Millisekunden"], "kB": ["Kilobyte", "Kilobyte"],
            "KB": ["Kilobyte", "Kilobyte"], "MB": ["Megabyte", "Megabyte"], "GB": ["Gigabyte", "Gigabyte"],
            "TB": ["Terabyte", "Terabyte"], "MHz": ["Megahertz", "Megahertz"], "GHz": ["Gigahertz", "Gigahertz"],
            "Hz": ["Hertz", "Hertz"], "W": ["Watt", "Watt"], "kW": ["Kilowatt", "Kilowatt"], "EUR": ["Euro", "Euro"],
            "CHF": ["Franken", "Franken"], "USD": ["US-Dollar", "US-Dollar"],
            "TL": ["Teelöffel", "Teelöffel"], "EL": ["Esslöffel", "Esslöffel"],
            "kWh": ["Kilowattstunde", "Kilowattstunden"], "V": ["Volt", "Volt"], "dB": ["Dezibel", "Dezibel"],
            "Mbit/s": ["Megabit pro Sekunde", "Megabit pro Sekunde"],
        ]
        rules.words.symbols = [
            "→": "nach", "⇒": "also", "≈": "ungefähr", "℃": "Grad Celsius", "∈": "in", "∉": "nicht in",
            "∩": "geschnitten mit", "∪": "vereinigt mit", "∀": "für alle", "∃": "es gibt", "∑": "die Summe von",
            "∞": "unendlich", "√": "die Wurzel aus", "π": "Pi",
        ]
        rules.words.operators = [
            "<": "kleiner als", ">": "größer als", "≤": "kleiner oder gleich", "≥": "größer oder gleich",
            "≠": "ungleich",
            "×": "mal", "−": "minus",
        ]
        rules.quantities.dottedUnits = ["Min", "Std", "Sek"]
        rules.quantities.unitsHaveStops = true
        rules.words.hasSpacedAbbreviations = true
        rules.words.abbreviatedEnding = (["s", "t", "r"], "straße")
        rules.words.abbreviations = [
            "dr": .beforeName("Doktor"), "prof": .beforeName("Professor"), "hr": .beforeName("Herr"),
            "fr": .beforeName("Frau"), "st": .beforeName("Sankt"), "nr": .beforeNumber("Nummer"),
            "ca": .always("circa"),
            "z.b": .always("zum Beispiel"), "d.h": .always("das heißt"), "u.a": .always("unter anderem"),
            "u.u": .always("unter Umständen"), "m.e": .always("meines Erachtens"),
            "v.chr": .always("vor Christus"), "n.chr": .always("nach Christus"), "z.t": .always("zum Teil"),
            "z.z": .always("zurzeit"), "s.u": .always("siehe unten"), "o.g": .always("oben genannt"),
            "o.ä": .always("oder ähnliches"), "i.d.r": .always("in der Regel"), "usw": .always("und so weiter"),
            "bzw": .always("beziehungsweise"), "inkl": .always("inklusive"), "evtl": .always("eventuell"),
            "ggf": .always("gegebenenfalls"), "vgl": .always("vergleiche"), "etc": .always("et cetera"),
            "zzgl": .always("zuzüglich"), "exkl": .always("exklusive"), "mwst": .always("Mehrwertsteuer"),
            "zw": .always("zwischen"), "bzgl": .always("bezüglich"), "ggü": .always("gegenüber"), "lt": .always("laut"),
            "gem": .always("gemäß"), "tel": .always("Telefon"), "abt": .always("Abteilung"), "wg": .always("wegen"),
            "bspw": .always("beispielsweise"), "insb": .always("insbesondere"),
            "max": .beforeNumber("maximal"), "mind": .beforeNumber("mindestens"), "std": .always("Stunden"),
            "pers": .always("Personen"), "temp": .always("Temperatur"),
            "mio": .always("Millionen"), "mrd": .always("Milliarden"), "abb": .beforeNumber("Abbildung"),
            "str": .always("Straße"), "s.o": .always("siehe oben"), "jh": .always("Jahrhundert"),
            "s": .beforeNumber("Seite"), "bd": .beforeNumber("Band"), "kap": .beforeNumber("Kapitel"),
            "gl": .beforeNumber("Gleis"), "min": .beforeNumber("mindestens"), "u": .always("und"),
        ]
        rules.dates.year = GermanWords.year
        rules.dates.hourWord = "Uhr"
        rules.dates.clock = { hour, minute, _ in minute == 0 ? "\(hour) Uhr" : "\(hour) Uhr \(minute)" }
        rules.numbers.dottedOrdinal = GermanWords.ordinal
        rules.dates.dottedDate = { day, month, year, wordBefore in
            let ending = GermanWords.ending(after: wordBefore)
            let year = year.map { " " + (GermanWords.year($0) ?? String($0)) } ?? ""
            return "\(GermanWords.stem(day))\(ending) \(GermanWords.stem(month))\(ending)\(year)"
        }
        rules.numbers.fraction = GermanWords.fraction
        rules.numbers.power = { exponent in "hoch \(exponent < 0 ? "minus " : "")\(abs(exponent))" }
        return rules
    }()
}

/// The words that German needs in addition to its tables.
private enum GermanWords {
    private static let stems = [
        "nullt", "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft",
        "zwölft",
        "dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt",
    ]
    private static let tens = [
        "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
    ]
    private static let ones = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]

    /// An ordinal up to 99, without its ending.
    static func stem(_ value: Int) -> String {
        guard value >= 20 else { return stems[value] }
        let one = value % 10 == 0 ? "" : ones[value % 10] + "und"
        return one + tens[value / 10] + "st"
    }

    /// The word before an ordinal decides its ending: "der dritte", "am dritten", "dritter".
    static func ending(after word: String) -> String {
        switch word.lowercased() {
        case "der", "die", "das": "e"
        case "": "er"
        default: "en"
        }
    }

    /// "3. Juli" in the middle of a sentence. At its beginning the number counts an item of a list.
    static func ordinal(_ value: Int, _ wordBefore: String, _ wordAfter: String) -> String? {
        let isDate = ReadingRules.german.dates.calendar.months.contains(wordAfter)
        guard value < 100, isDate || !wordBefore.isEmpty else { return nil }
        return stem(value) + ending(after: wordBefore)
    }

    private static let hundreds = [
        "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
    ]

    static func year(_ value: Int) -> String? {
        guard (1100..<2000).contains(value) else { return nil }
        let rest = value % 100 == 0 ? "" : " \(value % 100)"
        return hundreds[value / 100 - 11] + "hundert" + rest
    }

    static func fraction(_ over: Int, _ under: Int) -> String? {
        guard (1..<10).contains(over), over < under else { return nil }
        let count = over == 1 ? "ein" : ones[over]
        switch under {
        case 2: return "ein halb"
        case 3...12: return "\(count) \(stem(under).prefix(1).uppercased())\(stem(under).dropFirst())el"
        default: return nil
        }
    }
}
