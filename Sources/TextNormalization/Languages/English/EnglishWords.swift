// SPDX-License-Identifier: GPL-3.0-or-later

/// The words that English needs in addition to its tables.
enum EnglishWords {
    private static let ordinals = [
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
        "nineteenth",
    ]
    private static let tens = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]

    /// "3rd" as "third". Digits remain where eSpeak NG reads them: "1 hundred and twelfth".
    static func ordinal(_ value: Int) -> String {
        switch value {
        case 0..<20: return ordinals[value]
        case 20..<100:
            if value % 10 == 0 { return tens[value / 10].dropLast() + "ieth" }
            return "\(tens[value / 10])-\(ordinals[value % 10])"
        default:
            let rest = value % 100
            if rest != 0 { return "\(value - rest) \(ordinal(rest))" }
            let zeros = value % 1000 == 0 ? (value % 1_000_000 == 0 ? "millionth" : "thousandth") : "hundredth"
            let unit = value % 1000 == 0 ? (value % 1_000_000 == 0 ? 1_000_000 : 1000) : 100
            return unit == 100 && value > 1000
                ? "\(value - value % 1000) \(value % 1000 / 100) \(zeros)" : "\(value / unit) \(zeros)"
        }
    }

    /// Reads ordinals that eSpeak NG gets wrong ("100th"), and decades ("1990s", "the '90s").
    static func ordinal(_ value: Int, _ ending: String, _ wordBefore: String, _ wordAfter: String) -> String? {
        switch ending {
        case "th", "TH": value > 0 && value % 100 == 0 ? ordinal(value) : nil
        case "s" where value % 10 == 0:
            decade(value, isSure: value >= 1000 || isDecade(value, between: wordBefore, and: wordAfter))
        default: nil
        }
    }

    private static let decadeWords: Set<String> = [
        "the", "The", "his", "her", "their", "my", "your", "our", "early", "mid", "late", "'", "’", "-",
    ]

    /// "30s" may be seconds. A number in a pair, as in "70s and 80s", seldom is.
    private static func isDecade(_ value: Int, between before: String, and after: String) -> Bool {
        if decadeWords.contains(before) || decadeNouns.contains(after) { return true }
        return value >= 70 && ["and", "or", "to"].contains { $0 == before || $0 == after }
    }

    /// What decades are known for: "70s music".
    private static let decadeNouns: Set<String> = [
        "band", "bands", "cinema", "classic", "classics", "clothes", "culture", "disco", "dance", "era", "fashion",
        "film", "films", "funk", "hair", "hit", "hits", "icon", "jazz", "kid", "kids", "metal", "movie", "movies",
        "music",
        "party", "pop", "punk", "rap", "retro", "rock", "show", "shows", "song", "songs", "sound", "soul",
        "style", "trend", "trends", "tune", "tunes", "vibe", "vibes",
    ]

    private static func decade(_ value: Int, isSure: Bool) -> String? {
        guard isSure, value < 100 || (1100..<2100).contains(value) else { return nil }
        let century = value < 100 ? "" : "\(value / 100) "
        switch value % 100 {
        case 0: return value == 2000 ? "two thousands" : value == 0 ? nil : century + "hundreds"
        case 10: return century + "tens"
        case let rest: return century + tens[rest / 10].dropLast() + "ies"
        }
    }

    /// A year as two pairs: "1999" as "19 99". eSpeak NG reads other years well.
    static func year(_ value: Int) -> String? {
        guard (1101..<2000).contains(value), value % 100 != 0 else { return nil }
        return value % 100 < 10 ? "\(value / 100) oh \(value % 100)" : "\(value / 100) \(value % 100)"
    }

    /// "1/2" as "one half". Anything that looks like a date or a name ("24/7", "9/11") is two numbers.
    static func fraction(_ over: Int, _ under: Int) -> String? {
        guard over > 0, under > 1 else { return nil }
        switch (over, under) {
        case (24, 7), (9, 11), (50, 50), (20, 20): return "\(over) \(under)"
        case (1, 2): return "one half"
        case (_, 2): return "\(over) halves"
        case (1, 4): return "one quarter"
        case (_, 4): return "\(over) quarters"
        case (1, 3...10), (1, 100), (1, 16), (1, 20), (1, 1000): return "one \(ordinal(under))"
        case (2..<10, 3...10): return "\(over) \(ordinal(under))s"
        default: return over < under ? "\(over) over \(under)" : nil
        }
    }

    /// Times that eSpeak NG reads digit by digit: "10:00", "9:05". `nil` for those it reads well.
    static func clock(_ hour: Int, _ minute: Int, _ isHalfDay: Bool) -> String? {
        switch minute {
        case 0 where isHalfDay: String(hour)
        case 0 where hour == 0 || hour == 24: "midnight"
        case 0: hour > 12 ? "\(hour) hundred" : "\(hour) o'clock"
        case 1..<10: "\(hour) oh \(minute)"
        default: nil
        }
    }

    private static let rulers: Set<String> = [
        "Henry", "Louis", "Charles", "George", "Edward", "Elizabeth", "James", "William", "Richard", "Paul", "Benedict",
        "Catherine", "Philip", "Napoleon", "Nicholas", "Alexander", "Frederick", "Ivan", "Peter", "John", "Francis",
        "Leo", "Pius", "Gregory", "Ramses", "Ramesses", "Thutmose", "Amenhotep", "Ptolemy", "Darius", "Mary", "Robert",
        "Ferdinand", "Leopold", "Wilhelm", "Otto", "Alfonso", "Carlos", "Felipe", "Harald", "Christian", "Gustav",
    ]

    /// "Henry VIII" as "the eighth", "World War II" as "2".
    static func roman(_ value: Int, _ name: String) -> String? {
        rulers.contains(name) ? "the \(ordinal(value))" : String(value)
    }

    static func power(_ exponent: Int) -> String {
        switch exponent {
        case 2: "squared"
        case 3: "cubed"
        case ..<0: "to the power of minus \(-exponent)"
        default: "to the power of \(exponent)"
        }
    }

    static let units: [String: ReadingRules.Noun] = [
        "km": ["kilometer", "kilometers"], "m": ["meter", "meters"], "cm": ["centimeter", "centimeters"],
        "mm": ["millimeter", "millimeters"], "µm": ["micrometer", "micrometers"], "nm": ["nanometer", "nanometers"],
        "mi": ["mile", "miles"], "ft": ["foot", "feet"], "yd": ["yard", "yards"],
        "kg": ["kilogram", "kilograms"], "g": ["gram", "grams"], "mg": ["milligram", "milligrams"],
        "µg": ["microgram", "micrograms"], "ng": ["nanogram", "nanograms"], "pts": ["point", "points"],
        "lb": ["pound", "pounds"], "lbs": ["pound", "pounds"],
        "oz": ["ounce", "ounces"], "L": ["liter", "liters"], "l": ["liter", "liters"],
        "mL": ["milliliter", "milliliters"], "ml": ["milliliter", "milliliters"], "tsp": ["teaspoon", "teaspoons"],
        "tbsp": ["tablespoon", "tablespoons"], "gal": ["gallon", "gallons"],
        "m²": ["square meter", "square meters"], "km²": ["square kilometer", "square kilometers"],
        "cm²": ["square centimeter", "square centimeters"], "m³": ["cubic meter", "cubic meters"],
        "cm³": ["cubic centimeter", "cubic centimeters"], "ft²": ["square foot", "square feet"],
        "km/h": ["kilometer per hour", "kilometers per hour"], "kph": ["kilometer per hour", "kilometers per hour"],
        "mph": ["mile per hour", "miles per hour"], "m/s": ["meter per second", "meters per second"],
        "m/s²": ["meter per second squared", "meters per second squared"],
        "km/s": ["kilometer per second", "kilometers per second"],
        "ms": ["millisecond", "milliseconds"], "µs": ["microsecond", "microseconds"],
        "ns": ["nanosecond", "nanoseconds"],
        "sec": ["second", "seconds"], "secs": ["second", "seconds"], "min": ["minute", "minutes"],
        "deg": ["degree", "degrees"], "wk": ["week", "weeks"], "wks": ["week", "weeks"], "mo": ["month", "months"],
        "mos": ["month", "months"], "yr": ["year", "years"], "yrs": ["year", "years"],
        "mins": ["minute", "minutes"], "hr": ["hour", "hours"], "hrs": ["hour", "hours"], "h": ["hour", "hours"],
        "Hz": ["hertz", "hertz"], "kHz": ["kilohertz", "kilohertz"], "MHz": ["megahertz", "megahertz"],
        "GHz": ["gigahertz", "gigahertz"], "THz": ["terahertz", "terahertz"],
        "KB": ["kilobyte", "kilobytes"], "kB": ["kilobyte", "kilobytes"], "MB": ["megabyte", "megabytes"],
        "GB": ["gigabyte", "gigabytes"], "TB": ["terabyte", "terabytes"], "PB": ["petabyte", "petabytes"],
        "KiB": ["kibibyte", "kibibytes"], "MiB": ["mebibyte", "mebibytes"], "GiB": ["gibibyte", "gibibytes"],
        "Mb": ["megabit", "megabits"], "Gb": ["gigabit", "gigabits"],
        "kbps": ["kilobit per second", "kilobits per second"], "Mbps": ["megabit per second", "megabits per second"],
        "Gbps": ["gigabit per second", "gigabits per second"], "fps": ["frame per second", "frames per second"],
        "rpm": ["revolution per minute", "revolutions per minute"], "px": ["pixel", "pixels"],
        "W": ["watt", "watts"], "kW": ["kilowatt", "kilowatts"], "MW": ["megawatt", "megawatts"],
        "GW": ["gigawatt", "gigawatts"], "kWh": ["kilowatt hour", "kilowatt hours"], "Wh": ["watt hour", "watt hours"],
        "mAh": ["milliamp hour", "milliamp hours"], "mA": ["milliamp", "milliamps"], "V": ["volt", "volts"],
        "mV": ["millivolt", "millivolts"], "kV": ["kilovolt", "kilovolts"], "Ω": ["ohm", "ohms"],
        "kΩ": ["kilohm", "kilohms"], "J": ["joule", "joules"], "kJ": ["kilojoule", "kilojoules"],
        "kcal": ["kilocalorie", "kilocalories"], "cal": ["calorie", "calories"], "Pa": ["pascal", "pascals"],
        "mmHg": ["millimeter of mercury", "millimeters of mercury"], "dL": ["deciliter", "deciliters"],
        "mol": ["mole", "moles"], "mmol": ["millimole", "millimoles"], "bpm": ["beat per minute", "beats per minute"],
        "μm": ["micrometer", "micrometers"], "μs": ["microsecond", "microseconds"], "μg": ["microgram", "micrograms"],
        "hPa": ["hectopascal", "hectopascals"], "kPa": ["kilopascal", "kilopascals"], "psi": ["P S I", "P S I"],
        "dB": ["decibel", "decibels"], "hp": ["horsepower", "horsepower"],
        "°C": ["degree Celsius", "degrees Celsius"], "°F": ["degree Fahrenheit", "degrees Fahrenheit"],
        "℃": ["degree Celsius", "degrees Celsius"], "℉": ["degree Fahrenheit", "degrees Fahrenheit"],
        "USD": ["US dollar", "US dollars"], "EUR": ["euro", "euros"], "GBP": ["British pound", "British pounds"],
        "JPY": ["yen", "yen"], "HKD": ["Hong Kong dollar", "Hong Kong dollars"],
        "CHF": ["Swiss franc", "Swiss francs"],
        "CAD": ["Canadian dollar", "Canadian dollars"], "AUD": ["Australian dollar", "Australian dollars"],
        "SGD": ["Singapore dollar", "Singapore dollars"], "INR": ["rupee", "rupees"], "KRW": ["won", "won"],
        "CNY": ["yuan", "yuan"], "RMB": ["yuan", "yuan"],
    ]

    static let closeUnits: [String: ReadingRules.Noun] = [
        "A": ["amp", "amps"], "s": ["second", "seconds"], "in": ["inch", "inches"], "K": ["thousand", "thousand"],
        "k": ["thousand", "thousand"], "M": ["million", "million"], "bn": ["billion", "billion"],
        "x": ["times", "times"], "C": ["degree Celsius", "degrees Celsius"],
        "F": ["degree Fahrenheit", "degrees Fahrenheit"],
    ]

    static let abbreviations: [String: WordRules.Abbreviation] = [
        "dr": .beforeName("Doctor"), "mr": .beforeName("Mister"), "mrs": .beforeName("Missus"),
        "ms": .beforeName("Miz"),
        "prof": .beforeName("Professor"), "rev": .beforeName("Reverend"), "gen": .beforeName("General"),
        "col": .beforeName("Colonel"), "lt": .beforeName("Lieutenant"), "sgt": .beforeName("Sergeant"),
        "capt": .beforeName("Captain"), "gov": .beforeName("Governor"), "sen": .beforeName("Senator"),
        "rep": .beforeName("Representative"), "hon": .beforeName("Honorable"), "mt": .beforeName("Mount"),
        "st": .beforeOrAfterName("Saint", "Street"), "ave": .always("Avenue"), "blvd": .always("Boulevard"),
        "jr": .always("Junior"), "sr": .always("Senior"), "inc": .always("Incorporated"), "ltd": .always("Limited"),
        "corp": .always("Corporation"), "dept": .always("Department"), "approx": .always("approximately"),
        "vs": .always("versus"), "etc": .always("et cetera"), "e.g": .always("for example"), "i.e": .always("that is"),
        "temp": .always("temperature"), "incl": .always("including"), "excl": .always("excluding"),
        "avg": .always("average"),
        "a.m": .always("AM"), "p.m": .always("PM"),
        "no": .beforeNumber("Number"), "fig": .beforeNumber("Figure"), "vol": .beforeNumber("Volume"),
        "def": .beforeName("defeated"), "agg": .beforeNumber("aggregate"), "max": .beforeNumber("maximum"),
        "min": .beforeNumber("minimum"), "ext": .beforeNumber("extension"),
        "c": .beforeNumber("circa"), "ch": .beforeNumber("Chapter"), "p": .beforeNumber("page"),
        "pp": .beforeNumber("pages"),
    ]
}
