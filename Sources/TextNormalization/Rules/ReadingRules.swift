// SPDX-License-Identifier: GPL-3.0-or-later

/// How a language says what is written in figures, signs and abbreviations, as far as eSpeak NG does not do it well.
struct ReadingRules: Sendable {
    /// The forms of a noun after a number, such as `["kilometer", "kilometers"]`; ``QuantityRules/form`` tells which
    /// one is wanted.
    typealias Noun = [String]

    var numbers = NumberRules()
    var quantities = QuantityRules()
    var dates = DateRules()
    var words = WordRules()
}

/// Numbers without a unit, and what joins them.
struct NumberRules: Sendable {
    /// Between the whole part of a number and its decimals: "." or ",".
    var decimalMark: Unicode.Scalar = "."
    /// Between groups of three digits, beside the no-break space.
    var groupMark: Unicode.Scalar = ","
    /// Whether a plain blank may stand between groups of three digits.
    var groupsWithBlanks = false
    /// Said for the decimal mark, the decimals then digit by digit; nil leaves both to eSpeak.
    var decimalWord: String?
    /// Between the parts of a version: "2 point 0 point 1". Nil leaves versions alone.
    var point: String?
    var minus: String?
    /// Between the ends of a range.
    var through: String?
    /// In place of "#" and "№" before a number.
    var number: String?
    /// Between a whole number and a fraction.
    var and = ""
    /// In place of "~" before a number.
    var about: String?
    /// "1/2" as a fraction; nil if it is none.
    var fraction: (@Sendable (_ numerator: Int, _ denominator: Int) -> String?)?
    /// "21st", "1990s" and the like: what is said for digits with this ending; nil leaves it.
    var ordinal: (@Sendable (_ value: Int, _ ending: String, _ wordBefore: String, _ wordAfter: String) -> String?)?
    /// "3." before a word in the middle of a sentence; nil leaves it.
    var dottedOrdinal: (@Sendable (_ value: Int, _ wordBefore: String, _ wordAfter: String) -> String?)?
    /// A Roman numeral before the word for a century; nil leaves it.
    var century: (@Sendable (_ value: Int, _ ending: String, _ wordAfter: String, _ wordBefore: String) -> String?)?
    /// A Roman numeral after a name; nil leaves it.
    var roman: (@Sendable (_ value: Int, _ name: String) -> String?)?
    /// Between the parts of a ratio: "16:9".
    var ratio: String?
    /// Between a score and the best one: "4.5/5".
    var outOf: String?
    /// Words that a number after them is a code for, said digit by digit; and words for dialling.
    var codeWords = WordList()
    var callWords = WordList()
    /// The same words where nothing but particles or a colon parts them from the number.
    var codeNames: [String] = []
    /// "x²", "10^6".
    var power: (@Sendable (_ exponent: Int) -> String)?
}

/// Units and money.
struct QuantityRules: Sendable {
    struct Currency: Sendable {
        var unit: ReadingRules.Noun
        /// After "million" and the like, where it differs: "de dólares".
        var afterScale: String?
        /// The hundredth part; empty if there is none.
        var cent: ReadingRules.Noun = []
    }

    /// Which form of a noun follows a number; nil stands for one with decimals.
    var form: @Sendable (Int?) -> Int = { $0 == 1 ? 0 : 1 }
    /// In place of "%"; nil leaves it.
    var percent: ReadingRules.Noun?

    /// Unit signs after a number, and the nouns.
    var units: [String: ReadingRules.Noun] = [:]
    /// Unit signs that are trusted only right after the digits: "5A" but not "5 A students".
    var closeUnits: [String: ReadingRules.Noun] = [:]
    /// Those that may stand behind a blank before a full stop: "2 in. of snow".
    var dottedUnits: Set<String> = []
    /// Whether units are written with a full stop: "5 руб.".
    var unitsHaveStops = false
    /// Days, hours, minutes and seconds, each with its short signs.
    var durations: [(signs: [String], noun: ReadingRules.Noun)] = []
    /// Words after which "5m" is minutes: "5m ago".
    var agoWords = WordList()
    /// Words after which a number with a letter is a name: "seat 12A".
    var labels = WordList()
    /// Words near a number that make a unit of a single capital: "fuse", "outside".
    var unitHints = WordList()
    /// Words after a slash that something is counted by: "litres/day".
    var perWords = WordList()
    /// Between a quantity and what it is measured by: "kilometers per hour".
    var per: String?
    /// In place of the slash of a blood pressure: "120/80".
    var pressure: String?
    /// In place of the "x" between two lengths: "9x5 inches".
    var by: String?
    /// Feet and inches.
    var height: (@Sendable (_ feet: String, _ inches: String) -> String)?

    var currencies: [Unicode.Scalar: Currency] = [:]
    /// Currencies whose sign is "$" with letters before it: "R$".
    var namedCurrencies: [String: Currency] = [:]
    /// Letters before the sign of a currency, and the currency's other name: "US$".
    var currencyPrefixes: [String: String] = [:]
    /// Words between a number and its currency, and what is said for them.
    var scales: [String: String] = [:]
    /// Whether the hundredths are named: "5 dollars and 20 cents", but "5 Euro 20".
    var namesCents = true
    /// Between an amount and its named cents.
    var centsJoin = ""
}

/// Dates and times of day.
struct DateRules: Sendable {
    var calendar = Calendar.none
    /// Between the ends of a range of weekdays or months: such words, and what is said.
    var throughWords = WordList()
    var calendarThrough: String?
    /// The forms of a weekday or month at both ends of a range.
    var calendarRange: (@Sendable (_ name: String) -> (from: String, to: String))?
    /// The letters that weekdays are written with and what is said for them, and what may stand behind them, the longest
    /// first; for ranges of them.
    var weekdayLetters: [Unicode.Scalar: String] = [:]
    var weekdayEndings: [(written: [Unicode.Scalar], said: String)] = []
    /// The day of a month: "May 3rd".
    var date: (@Sendable (_ year: Int?, _ month: Int, _ day: Int) -> String)?
    /// The day where a range of days ends: "May 3-5".
    var dayOfMonth: (@Sendable (_ day: Int) -> String)?
    /// "3.7.2024", "3.7.".
    var dottedDate: (@Sendable (_ day: Int, _ month: Int, _ year: Int?, _ wordBefore: String) -> String)?
    /// The day before the name of a month; nil leaves it.
    var dayBeforeMonth: (@Sendable (_ day: Int, _ month: Int, _ wordBefore: String) -> String?)?
    /// Words before "12/25", which is a day then.
    var dateWords = WordList()
    /// Words before a time of day with seconds.
    var timeWords = WordList()
    /// A number of four digits that may be a year; nil leaves it.
    var year: (@Sendable (_ value: Int) -> String?)?
    /// A year with the word or sign behind it: "2024 г."; nil leaves it.
    var yearInWords: (@Sendable (_ value: Int, _ sign: String, _ wordBefore: String) -> String?)?
    /// Whether the day comes first in "3/4/2025".
    var isDayFirst = false
    /// A time of day; nil leaves it.
    var clock: (@Sendable (_ hour: Int, _ minute: Int, _ isHalfDay: Bool) -> String?)?
    /// Between two times of day, if it is another word than between numbers.
    var clockThrough: String?
    /// Between hours and minutes beside ":", such as "h" in "10h30".
    var hourLetter: Unicode.Scalar?
    /// Behind a time of day, where `clock` says it: "Uhr".
    var hourWord: String?
}

/// Words, abbreviations and signs.
struct WordRules: Sendable {
    /// A word that ends in a full stop.
    enum Abbreviation: Sendable {
        /// Always said as this.
        case always(String)
        /// Said as this only before a number: "No. 5".
        case beforeNumber(String)
        /// Said as this before a capitalised name, else left: "Dr. Smith".
        case beforeName(String)
        /// "Saint" before a name, "Street" after one.
        case beforeOrAfterName(String, String)
    }

    /// Whether words said are joined to their neighbours without blanks.
    var isSpaceless = false
    /// By the abbreviation in lower case, without its last full stop.
    var abbreviations: [String: Abbreviation] = [:]
    /// The end of words that is written short before a full stop: "Hauptstr."
    var abbreviatedEnding: (short: [Unicode.Scalar], long: String)?
    /// Whether abbreviations are also written with blanks: "z. B.".
    var hasSpacedAbbreviations = false
    /// In place of signs, wherever they stand.
    var symbols: [Unicode.Scalar: String] = [:]
    /// Said in place of signs of comparison and calculation between two numbers or names.
    var operators: [Unicode.Scalar: String] = [:]
    /// Words that are written short without a full stop, and what is said: "vs".
    var short: [String: String] = [:]
    /// In place of "#" after a note or "C".
    var sharp: String?
}
