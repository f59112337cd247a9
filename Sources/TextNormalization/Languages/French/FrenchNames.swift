// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The words of French that tell what a figure beside them is.
    mutating func addFrenchNames() {
        dates.calendar = Calendar(
            weekdays: "lundi/lun mardi/mar mercredi/mer jeudi/jeu vendredi/ven samedi/sam dimanche/dim",
            months: """
                janvier/janv février/févr mars avril/avr mai juin juillet/juil août septembre/sept octobre/oct \
                novembre/nov décembre/déc
                """)
        dates.isDayFirst = true
        let months = dates.calendar.months
        dates.date = { year, month, day in
            "\(day == 1 ? "premier" : String(day)) \(months[month - 1])" + (year.map { " \($0)" } ?? "")
        }
        quantities.durations = [
            (["j"], ["jour", "jours"]),
            (["h"], ["heure", "heures"]),
            (["m", "min"], ["minute", "minutes"]),
            (["s"], ["seconde", "secondes"]),
        ]
        quantities.labels = Set(
            words: """
                siège place rang porte salle chambre quai classe appartement numéro voie voiture étage bâtiment
                """)
        quantities.perWords = Set(words: "jour heure minute seconde semaine mois an nuit personne")
        quantities.unitHints = Set(words: "courant fusible chargeur batterie dehors four température")
        numbers.codeWords = Set(words: "code pin postal mot confirmation compte")
        numbers.callWords = Set(words: "appelez appeler composez téléphone tél tel portable fax urgence")
        dates.throughWords = Set(words: "à au")
        dates.dateWords = Set(words: "le au du avant")
        dates.timeWords = Set(words: "à")
        numbers.ratio = "à"
        numbers.outOf = "sur"
        quantities.pressure = "sur"
        words.short = ["vs": "contre", "Mme": "Madame", "Mlle": "Mademoiselle"]
    }
}
