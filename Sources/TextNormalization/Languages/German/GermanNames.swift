// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// Adds the German words that show what a number next to them is.
    mutating func addGermanNames() {
        dates.calendar = Calendar(
            weekdays: "Montag/mo Dienstag/di Mittwoch/mi Donnerstag/do Freitag/fr Samstag/sa Sonntag/so",
            months: """
                Januar/jan Februar/feb März/mär April/apr Mai Juni/jun Juli/jul August/aug September/sep/sept \
                Oktober/okt November/nov Dezember/dez
                """)
        quantities.durations = [
            (["d"], ["Tag", "Tage"]),
            (["h"], ["Stunde", "Stunden"]),
            (["m", "min"], ["Minute", "Minuten"]),
            (["s"], ["Sekunde", "Sekunden"]),
        ]
        quantities.labels = WordList(
            words: """
                platz sitz sitzplatz reihe gleis gl zimmer raum klasse straße str weg allee haus hausnummer nr tor halle
                wohnung stand block gate wagen abschnitt größe
                """)
        quantities.perWords = WordList(words: "tag stunde minute sekunde woche monat jahr nacht person kopf")
        quantities.agoWords = WordList(words: "später vorher restzeit")
        quantities.unitHints = WordList(
            words: """
                sicherung strom netzteil akku ladegerät draußen drinnen ofen temperatur warm kalt heiß backen grad
                spannung leitung
                """)
        numbers.codeWords = WordList(
            words: """
                plz postleitzahl code pin kartennummer kontonummer geheimzahl passwort kennwort kundennummer
                bestellnummer rechnungsnummer tan
                """)
        numbers.callWords = WordList(
            words: """
                notruf wähle wählen durchwahl telefon tel handy hotline fax rufnummer telefonnummer mobil rufen ruf
                """)
        dates.throughWords = WordList(words: "bis")
        dates.timeWords = WordList(words: "um ab bis gegen")
        numbers.ratio = "zu"
        numbers.outOf = "von"
        quantities.pressure = "zu"
        words.short = ["vs": "gegen", "Hbf": "Hauptbahnhof"]
    }
}
