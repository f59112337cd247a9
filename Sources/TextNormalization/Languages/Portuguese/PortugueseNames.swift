// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// Adds the Portuguese words that show what a number next to them is.
    mutating func addPortugueseNames() {
        dates.calendar = Calendar(
            weekdays: "segunda/seg terça/ter quarta/qua quinta/qui sexta/sex sábado/sáb domingo/dom",
            months: """
                janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set \
                outubro/out novembro/nov dezembro/dez
                """)
        dates.isDayFirst = true
        let months = dates.calendar.months
        dates.date = { year, month, day in
            "\(day) de \(months[month - 1])" + (year.map { " de \($0)" } ?? "")
        }
        quantities.durations = [
            (["d"], ["dia", "dias"]),
            (["h"], ["hora", "horas"]),
            (["m", "min"], ["minuto", "minutos"]),
            (["s"], ["segundo", "segundos"]),
        ]
        quantities.labels = WordList(words: "assento poltrona fila portão sala quarto apartamento rua bloco plataforma")
        quantities.perWords = WordList(words: "dia hora minuto segundo semana mês ano noite pessoa")
        numbers.codeWords = WordList(words: "código pin senha cep postal conta")
        numbers.callWords = WordList(words: "ligue ligar telefone tel celular")
        dates.throughWords = WordList(words: "a à")
        dates.dateWords = WordList(words: "em dia")
        dates.timeWords = WordList(words: "às")
        numbers.ratio = "a"
        numbers.outOf = "de"
        quantities.pressure = "por"
        words.short = ["vs": "contra"]
    }
}
