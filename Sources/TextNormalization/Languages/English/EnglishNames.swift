// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// Adds the English words that show what a number next to them is.
    mutating func addEnglishNames() {
        dates.calendar = Calendar(
            weekdays: """
                Monday/mon Tuesday/tue/tues Wednesday/wed Thursday/thu/thur/thurs Friday/fri Saturday/sat \
                Sunday/sun
                """,
            months: """
                January/jan February/feb March/mar April/apr May June/jun July/jul August/aug September/sep/sept \
                October/oct November/nov December/dec
                """)
        quantities.durations = [
            (["d"], ["day", "days"]),
            (["h", "hr", "hrs"], ["hour", "hours"]),
            (["m", "min", "mins"], ["minute", "minutes"]),
            (["s", "sec"], ["second", "seconds"]),
        ]
        quantities.labels = WordList(
            words: """
                seat seats row rows gate gates room rooms apartment apt flat suite unit block building section exhibit
                platform bus line route class grade form table figure fig chapter appendix part item step question
                option size zone area floor hall bay dock exit highway door page track stand pier terminal bin locker
                lot pod desk aisle level ward wing court lane box shelf drawer tower trailer studio booth berth cabin
                coach car carriage flight group team sample type rule clause paragraph article exercise problem answer
                lesson slide plate panel phase stage tier note channel version model
                """)
        quantities.perWords = WordList(
            words: """
                day days hour hr minute min second sec week month year night person head capita serving
                """)
        quantities.agoWords = WordList(words: "ago later remaining left elapsed overdue timer")
        quantities.unitHints = WordList(
            words: """
                amp amps fuse charger supply current battery breaker circuit draws draw outlet plug plugs adapter usb rated socket
                power volt volts v motor load output input outside inside oven bake heat preheat temperature temp
                weather degrees boil boils freeze freezes warm cold hot fever high low reach below above forecast cool
                sunny roast thermostat today tonight tomorrow overnight currently energy force work newton joules
                """)
        numbers.codeWords = WordList(
            words: """
                code codes pin zip otp passcode password postcode isbn account tracking serial routing order
                confirmation ssn id cvv ending invoice ticket reference ref booking reservation
                """)
        numbers.callWords = WordList(words: "call dial text phone ring extension ext hotline helpline tel mobile fax")
        dates.throughWords = WordList(words: "to through thru until")
        dates.dateWords = WordList(
            words: """
                on by until till from since before after dated due closed through to closes ends starts begins expires
                """)
        dates.timeWords = WordList(words: "at")
        numbers.outOf = "out of"
        numbers.ratio = "to"
        quantities.pressure = "over"
        words.short = ["vs": "versus", "w/o": "without", "w/": "with"]
    }
}
