// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The words of French that tell what a figure beside them is.
    mutating func addFrenchNames() {
        let months = [
            "janvier", "février", "mars", "avril", "mai", "juin",
            "juillet", "août", "septembre", "octobre", "novembre", "décembre",
        ]
        dates.isDayFirst = true
        dates.date = { year, month, day in
            "\(day == 1 ? "premier" : String(day)) \(months[month - 1])" + (year.map { " \($0)" } ?? "")
        }
        dates.shortNames = [
            "lun": "lundi", "mar": "mardi", "mer": "mercredi", "jeu": "jeudi", "ven": "vendredi", "sam": "samedi",
            "dim": "dimanche", "janv": "janvier", "févr": "février", "mars": "mars", "avr": "avril", "mai": "mai",
            "juin": "juin", "juil": "juillet", "août": "août", "sept": "septembre", "oct": "octobre",
            "nov": "novembre", "déc": "décembre",
        ]
        quantities.durations = [
            ("j", ["jour", "jours"]), ("h", ["heure", "heures"]), ("m", ["minute", "minutes"]),
            (
                "min",
                [
                    "minute",
                    "minutes",
                ]
            ), ("s", ["seconde", "secondes"]),
        ]
        quantities.labels = [
            "siège", "place", "rang", "porte", "salle", "chambre", "quai", "classe",
            "appartement", "numéro",
        ]
        quantities.perWords = [
            "jour", "heure", "minute", "seconde", "semaine", "mois", "an", "nuit",
            "personne",
        ]
        numbers.codeWords = ["code", "pin"]
        numbers.ratio = "à"
        words.versus = "contre"
    }
}
