// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The words of Italian that tell what a figure beside them is.
    mutating func addItalianNames() {
        let months = [
            "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
            "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
        ]
        dates.isDayFirst = true
        dates.date = { year, month, day in
            "\(day) \(months[month - 1])" + (year.map { " \($0)" } ?? "")
        }
        dates.shortNames = [
            "lun": "lunedì", "mar": "martedì", "mer": "mercoledì", "gio": "giovedì", "ven": "venerdì",
            "sab": "sabato", "dom": "domenica", "gen": "gennaio", "feb": "febbraio", "apr": "aprile",
            "mag": "maggio", "giu": "giugno", "lug": "luglio", "ago": "agosto", "set": "settembre",
            "ott": "ottobre", "nov": "novembre", "dic": "dicembre",
        ]
        quantities.durations = [
            ("g", ["giorno", "giorni"]), ("h", ["ora", "ore"]), ("m", ["minuto", "minuti"]),
            (
                "min",
                [
                    "minuto",
                    "minuti",
                ]
            ), ("s", ["secondo", "secondi"]),
        ]
        quantities.labels = ["posto", "fila", "porta", "stanza", "camera", "classe", "via", "interno", "numero"]
        quantities.perWords = [
            "giorno", "ora", "minuto", "secondo", "settimana", "mese", "anno", "notte",
            "persona",
        ]
        numbers.codeWords = ["codice", "pin", "password"]
        numbers.callWords = ["chiama", "chiamare"]
        numbers.ratio = "a"
        words.versus = "contro"
    }
}
