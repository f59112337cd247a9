// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The words of Spanish that tell what a figure beside them is.
    mutating func addSpanishNames() {
        let months = [
            "enero", "febrero", "marzo", "abril", "mayo", "junio",
            "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
        ]
        dates.isDayFirst = true
        dates.date = { year, month, day in
            "\(day) de \(months[month - 1])" + (year.map { " de \($0)" } ?? "")
        }
        dates.shortNames = [
            "lun": "lunes", "mar": "martes", "mié": "miércoles", "jue": "jueves", "vie": "viernes",
            "sáb": "sábado", "dom": "domingo", "ene": "enero", "feb": "febrero", "abr": "abril", "may": "mayo",
            "jun": "junio", "jul": "julio", "ago": "agosto", "sep": "septiembre", "sept": "septiembre",
            "oct": "octubre", "nov": "noviembre", "dic": "diciembre",
        ]
        quantities.durations = [
            ("d", ["día", "días"]), ("h", ["hora", "horas"]), ("m", ["minuto", "minutos"]),
            (
                "min",
                [
                    "minuto",
                    "minutos",
                ]
            ), ("s", ["segundo", "segundos"]),
        ]
        quantities.labels = [
            "asiento", "fila", "puerta", "sala", "habitación", "piso", "clase", "calle",
            "número",
        ]
        quantities.perWords = ["día", "hora", "minuto", "segundo", "semana", "mes", "año", "noche", "persona"]
        numbers.codeWords = ["código", "pin", "contraseña"]
        numbers.ratio = "a"
        words.versus = "contra"
    }
}
