// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// Adds the French words that show what a number next to them is.
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
        quantities.labels = WordList(
            words: """
                siège place rang porte salle chambre quai classe appartement numéro voie voiture étage bâtiment
                """)
        quantities.perWords = WordList(words: "jour heure minute seconde semaine mois an nuit personne")
        quantities.unitHints = WordList(words: "courant fusible chargeur batterie dehors four température")
        numbers.codeWords = WordList(words: "code pin postal mot confirmation compte")
        numbers.callWords = WordList(words: "appelez appeler composez téléphone tél tel portable fax urgence")
        dates.throughWords = WordList(words: "à au")
        dates.dateWords = WordList(words: "le au du avant")
        dates.timeWords = WordList(words: "à")
        numbers.ratio = "à"
        numbers.outOf = "sur"
        quantities.pressure = "sur"
        words.short = [
            "vs": "contre", "av. J.-C.": "avant Jésus-Christ", "apr. J.-C.": "après Jésus-Christ", "Mme": "Madame",
            "Mlle": "Mademoiselle",
        ]
    }
}
