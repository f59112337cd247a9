// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The words of German that tell what a figure beside them is.
    mutating func addGermanNames() {
        dates.shortNames = [
            "mo": "Montag", "di": "Dienstag", "mi": "Mittwoch", "do": "Donnerstag", "fr": "Freitag",
            "sa": "Samstag", "so": "Sonntag", "jan": "Januar", "feb": "Februar", "mär": "März", "apr": "April",
            "mai": "Mai", "jun": "Juni", "jul": "Juli", "aug": "August", "sep": "September", "sept": "September",
            "okt": "Oktober", "nov": "November", "dez": "Dezember", "montag": "Montag", "dienstag": "Dienstag",
            "mittwoch": "Mittwoch", "donnerstag": "Donnerstag", "freitag": "Freitag", "samstag": "Samstag",
            "sonntag": "Sonntag", "januar": "Januar", "februar": "Februar", "märz": "März", "april": "April",
            "juni": "Juni", "juli": "Juli", "august": "August", "september": "September", "oktober": "Oktober",
            "november": "November", "dezember": "Dezember",
        ]
        quantities.durations = [
            ("d", ["Tag", "Tage"]), ("h", ["Stunde", "Stunden"]), ("m", ["Minute", "Minuten"]),
            (
                "min",
                [
                    "Minute",
                    "Minuten",
                ]
            ), ("s", ["Sekunde", "Sekunden"]),
        ]
        quantities.labels = [
            "platz", "sitz", "sitzplatz", "reihe", "gleis", "zimmer", "raum", "klasse",
            "straße", "str", "haus", "hausnummer", "nr", "tor", "halle", "wohnung", "stand", "block", "gate",
        ]
        quantities.perWords = [
            "tag", "stunde", "minute", "sekunde", "woche", "monat", "jahr", "nacht",
            "person", "kopf",
        ]
        numbers.codeWords = [
            "plz", "postleitzahl", "code", "pin", "kartennummer", "kontonummer",
            "geheimzahl", "passwort", "kennwort",
        ]
        numbers.callWords = ["notruf", "wähle", "wählen", "durchwahl"]
        numbers.ratio = "zu"
        words.versus = "gegen"
    }
}
