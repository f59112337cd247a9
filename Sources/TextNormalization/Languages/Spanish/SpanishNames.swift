// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// Adds the Spanish words that show what a number next to them is.
    mutating func addSpanishNames() {
        dates.calendar = Calendar(
            weekdays: "lunes/lun martes/mar miércoles/mié jueves/jue viernes/vie sábado/sáb domingo/dom",
            months: """
                enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago \
                septiembre/sep/sept octubre/oct noviembre/nov diciembre/dic
                """)
        dates.isDayFirst = true
        let months = dates.calendar.months
        dates.date = { year, month, day in
            "\(day) de \(months[month - 1])" + (year.map { " de \($0)" } ?? "")
        }
        quantities.durations = [
            (["d"], ["día", "días"]),
            (["h"], ["hora", "horas"]),
            (["m", "min"], ["minuto", "minutos"]),
            (["s"], ["segundo", "segundos"]),
        ]
        quantities.labels = WordList(
            words: "asiento fila puerta sala habitación piso clase calle número andén vía coche")
        quantities.perWords = WordList(words: "día hora minuto segundo semana mes año noche persona")
        quantities.unitHints = WordList(words: "corriente fusible cargador batería horno temperatura")
        numbers.codeWords = WordList(words: "código pin contraseña postal cuenta")
        numbers.callWords = WordList(words: "llame llama llamar marque teléfono tel móvil fax")
        dates.throughWords = WordList(words: "a al")
        dates.dateWords = WordList(words: "el del al")
        dates.timeWords = WordList(words: "las")
        numbers.ratio = "a"
        numbers.outOf = "sobre"
        quantities.pressure = "sobre"
        words.short = ["vs": "contra"]
    }
}
