// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// Adds the Italian words that show what a number next to them is.
    mutating func addItalianNames() {
        dates.calendar = Calendar(
            weekdays: "lunedì/lun martedì/mar mercoledì/mer giovedì/gio venerdì/ven sabato/sab domenica/dom",
            months: """
                gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago \
                settembre/set ottobre/ott novembre/nov dicembre/dic
                """)
        dates.isDayFirst = true
        let months = dates.calendar.months
        dates.date = { year, month, day in
            "\(day) \(months[month - 1])" + (year.map { " \($0)" } ?? "")
        }
        quantities.durations = [
            (["g"], ["giorno", "giorni"]),
            (["h"], ["ora", "ore"]),
            (["m", "min"], ["minuto", "minuti"]),
            (["s"], ["secondo", "secondi"]),
        ]
        quantities.labels = WordList(
            words: """
                posto fila porta stanza camera classe via interno numero uscita binario carrozza
                """)
        quantities.perWords = WordList(words: "giorno ora minuto secondo settimana mese anno notte persona")
        quantities.unitHints = WordList(words: "corrente fusibile batteria forno temperatura")
        numbers.codeWords = WordList(words: "codice pin password cap conto")
        numbers.callWords = WordList(words: "chiama chiami chiamare chiamate componga telefono tel cellulare fax")
        dates.throughWords = WordList(words: "a al")
        dates.dateWords = WordList(words: "il dal al")
        dates.timeWords = WordList(words: "alle")
        numbers.ratio = "a"
        numbers.outOf = "su"
        quantities.pressure = "su"
        words.short = ["vs": "contro"]
    }
}
