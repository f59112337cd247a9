// SPDX-License-Identifier: GPL-3.0-or-later

/// How a language says numbers, symbols and abbreviations that eSpeak NG does not read well.
struct ReadingRules: Sendable {
    /// The forms of a noun after a number, such as `["kilometer", "kilometers"]`; ``QuantityRules/form`` chooses one.
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
    /// Between groups of three digits, in addition to the no-break space.
    var groupMark: Unicode.Scalar = ","
    /// Whether an ordinary space may separate groups of three digits.
    var groupsWithBlanks = false
    /// Said for the decimal mark, with the decimals then read digit by digit; `nil`: both are left to eSpeak NG.
    var decimalWord: String?
    /// Between the parts of a version: "2 point 0 point 1"; `nil`: versions are left as written.
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
    /// "1/2" as a fraction; `nil` if it isn't one.
    var fraction: (@Sendable (_ numerator: Int, _ denominator: Int) -> String?)?
    /// "21st", "1990s" and the like: what is said for digits with this ending; `nil`: left as written.
    var ordinal: (@Sendable (_ value: Int, _ ending: String, _ wordBefore: String, _ wordAfter: String) -> String?)?
    /// "3." before a word in the middle of a sentence; `nil`: left as written.
    var dottedOrdinal: (@Sendable (_ value: Int, _ wordBefore: String, _ wordAfter: String) -> String?)?
    /// A Roman numeral before the word for a century; `nil`: left as written.
    var century: (@Sendable (_ value: Int, _ ending: String, _ wordAfter: String, _ wordBefore: String) -> String?)?
    /// A Roman numeral after a name; `nil`: left as written.
    var roman: (@Sendable (_ value: Int, _ name: String) -> String?)?
    /// Between the parts of a ratio: "16:9".
    var ratio: String?
    /// Between a score and the maximum: "4.5/5".
    var outOf: String?
    /// Words that make a number after them a code, read digit by digit; and words for dialling.
    var codeWords = WordList()
    var callWords = WordList()
    /// The same words, for languages in which only particles or a colon separate them from the number.
    var codeNames: [String] = []
    /// "x²", "10^6".
    var power: (@Sendable (_ exponent: Int) -> String)?
}

/// Units and money.
struct QuantityRules: Sendable {
    struct Currency: Sendable {
        var unit: ReadingRules.Noun
        /// After "million" and the like, if it differs: "de dólares".
        var afterScale: String?
        /// One hundredth; empty if there is none.
        var cent: ReadingRules.Noun = []
    }

    /// Which form of a noun follows a number; `nil` is a number with decimals.
    var form: @Sendable (Int?) -> Int = { $0 == 1 ? 0 : 1 }
    /// In place of "%"; `nil`: left as written.
    var percent: ReadingRules.Noun?

    /// Unit symbols after a number, and their nouns.
    var units: [String: ReadingRules.Noun] = [:]
    /// Symbols that are units only right after the digits: "5A" but not "5 A students".
    var closeUnits: [String: ReadingRules.Noun] = [:]
    /// Those of them that may also follow a space if they end in a full stop: "2 in. of snow".
    var dottedUnits: Set<String> = []
    /// Whether units are written with a full stop: "5 руб.".
    var unitsHaveStops = false
    /// Days, hours, minutes and seconds, each with its short symbols.
    var durations: [(symbols: [String], noun: ReadingRules.Noun)] = []
    /// Words before which "5m" is minutes: "5m ago".
    var agoWords = WordList()
    /// Words after which a number with a letter is a name: "seat 12A".
    var labels = WordList()
    /// Words near a number that make a single capital a unit: "fuse", "outside".
    var unitHints = WordList()
    /// Words after a slash for what something is counted per: "litres/day".
    var perWords = WordList()
    /// Between a quantity and what it is counted per: "kilometers per hour".
    var per: String?
    /// In place of the slash of a blood pressure: "120/80".
    var pressure: String?
    /// In place of the "x" between two lengths: "9x5 inches".
    var by: String?
    /// Feet and inches.
    var height: (@Sendable (_ feet: String, _ inches: String) -> String)?

    var currencies: [Unicode.Scalar: Currency] = [:]
    /// Currencies whose symbol is "$" with letters before it: "R$".
    var namedCurrencies: [String: Currency] = [:]
    /// Letters before a currency symbol, and what is said for them: "US$".
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
    /// The words between the ends of a range of weekdays or months, and what is said for them.
    var throughWords = WordList()
    var calendarThrough: String?
    /// The forms of a weekday or month at the two ends of a range.
    var calendarRange: (@Sendable (_ name: String) -> (from: String, to: String))?
    /// For ranges of weekdays: the letters that they are written with and what is said for them, and what may follow
    /// the letters, longest first.
    var weekdayLetters: [Unicode.Scalar: String] = [:]
    var weekdayEndings: [(written: [Unicode.Scalar], said: String)] = []
    /// The day of a month: "May 3rd".
    var date: (@Sendable (_ year: Int?, _ month: Int, _ day: Int) -> String)?
    /// The day at the end of a range of days: "May 3-5".
    var dayOfMonth: (@Sendable (_ day: Int) -> String)?
    /// "3.7.2024", "3.7.".
    var dottedDate: (@Sendable (_ day: Int, _ month: Int, _ year: Int?, _ wordBefore: String) -> String)?
    /// The day before the name of a month; `nil`: left as written.
    var dayBeforeMonth: (@Sendable (_ day: Int, _ month: Int, _ wordBefore: String) -> String?)?
    /// Words before "12/25" that make it a date.
    var dateWords = WordList()
    /// Words before a time of day with seconds.
    var timeWords = WordList()
    /// A four-digit number that may be a year; `nil`: left as written.
    var year: (@Sendable (_ value: Int) -> String?)?
    /// A year with the word or symbol after it: "2024 г."; `nil`: left as written.
    var yearInWords: (@Sendable (_ value: Int, _ suffix: String, _ wordBefore: String) -> String?)?
    /// Whether the day comes first in "3/4/2025".
    var isDayFirst = false
    /// A time of day; `nil`: left as written.
    var clock: (@Sendable (_ hour: Int, _ minute: Int, _ isHalfDay: Bool) -> String?)?
    /// Between two times of day, if it isn't the same word as between numbers.
    var clockThrough: String?
    /// Between hours and minutes in addition to ":", such as "h" in "10h30".
    var hourLetter: Unicode.Scalar?
    /// After a time of day, where `clock` says it: "Uhr".
    var hourWord: String?
}

/// Words, abbreviations and symbols.
struct WordRules: Sendable {
    /// A word that ends in a full stop.
    enum Abbreviation: Sendable {
        /// Always said as this.
        case always(String)
        /// Said as this only before a number: "No. 5".
        case beforeNumber(String)
        /// Said as this before a capitalized name, otherwise left as written: "Dr. Smith".
        case beforeName(String)
        /// "Saint" before a name, "Street" after one.
        case beforeOrAfterName(String, String)
    }

    /// Whether words are joined to their neighbours without spaces.
    var isSpaceless = false
    /// By the abbreviation in lower case, without its last full stop.
    var abbreviations: [String: Abbreviation] = [:]
    /// The short form of a word's ending, before a full stop: "Hauptstr."
    var abbreviatedEnding: (short: [Unicode.Scalar], long: String)?
    /// Whether abbreviations are also written with spaces: "z. B.".
    var hasSpacedAbbreviations = false
    /// Said in place of symbols, wherever they are.
    var symbols: [Unicode.Scalar: String] = [:]
    /// Said in place of operators between two numbers or names.
    var operators: [Unicode.Scalar: String] = [:]
    /// Abbreviations without a full stop, and what is said for them: "vs".
    var short: [String: String] = [:]
    /// In place of "#" after a note or "C".
    var sharp: String?
}
