// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The words of Portuguese that tell what a figure beside them is.
    mutating func addPortugueseNames() {
        let months = [
            "janeiro", "fevereiro", "março", "abril", "maio", "junho",
            "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
        ]
        dates.isDayFirst = true
        dates.date = { year, month, day in
            "\(day) de \(months[month - 1])" + (year.map { " de \($0)" } ?? "")
        }
        dates.shortNames = [
            "seg": "segunda", "ter": "terça", "qua": "quarta", "qui": "quinta", "sex": "sexta", "sáb": "sábado",
            "dom": "domingo", "jan": "janeiro", "fev": "fevereiro", "mar": "março", "abr": "abril", "mai": "maio",
            "jun": "junho", "jul": "julho", "ago": "agosto", "set": "setembro", "out": "outubro",
            "nov": "novembro", "dez": "dezembro",
        ]
        quantities.durations = [
            ("d", ["dia", "dias"]), ("h", ["hora", "horas"]), ("m", ["minuto", "minutos"]),
            (
                "min",
                [
                    "minuto",
                    "minutos",
                ]
            ), ("s", ["segundo", "segundos"]),
        ]
        quantities.labels = [
            "assento", "poltrona", "fila", "portão", "sala", "quarto", "apartamento", "rua",
            "bloco",
        ]
        quantities.perWords = ["dia", "hora", "minuto", "segundo", "semana", "mês", "ano", "noite", "pessoa"]
        numbers.codeWords = ["código", "pin", "senha"]
        numbers.callWords = ["ligue"]
        numbers.ratio = "a"
        words.versus = "contra"
    }
}
