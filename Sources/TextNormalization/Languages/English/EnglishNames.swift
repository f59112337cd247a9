// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The words of English that tell what a figure beside them is.
    mutating func addEnglishNames() {
        dates.shortNames = [
            "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday",
            "thur": "Thursday", "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
            "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June",
            "jul": "July", "aug": "August", "sep": "September", "sept": "September", "oct": "October",
            "nov": "November", "dec": "December", "monday": "Monday", "tuesday": "Tuesday",
            "wednesday": "Wednesday", "thursday": "Thursday", "friday": "Friday", "saturday": "Saturday",
            "sunday": "Sunday", "january": "January", "february": "February", "march": "March", "april": "April",
            "june": "June", "july": "July", "august": "August", "september": "September", "october": "October",
            "november": "November", "december": "December",
        ]
        quantities.durations = [
            ("d", ["day", "days"]), ("h", ["hour", "hours"]), ("hr", ["hour", "hours"]),
            (
                "hrs",
                [
                    "hour",
                    "hours",
                ]
            ), ("m", ["minute", "minutes"]), ("min", ["minute", "minutes"]),
            (
                "mins",
                [
                    "minute",
                    "minutes",
                ]
            ), ("s", ["second", "seconds"]), ("sec", ["second", "seconds"]),
        ]
        quantities.labels = [
            "seat", "seats", "row", "rows", "gate", "gates", "room", "rooms", "apartment",
            "apt", "flat", "suite", "unit", "block", "building", "section", "exhibit", "platform", "bus", "line",
            "route", "class", "grade", "form", "table", "figure", "fig", "chapter", "appendix", "part", "item",
            "step", "question", "option", "size", "zone", "area", "floor", "hall", "bay", "dock", "exit",
            "highway", "door", "page", "track", "stand", "pier", "terminal", "bin",
        ]
        quantities.perWords = [
            "day", "days", "hour", "hr", "minute", "min", "second", "sec", "week",
            "month", "year", "night", "person", "head", "capita", "serving",
        ]
        numbers.codeWords = [
            "code", "codes", "pin", "zip", "otp", "passcode", "password", "postcode",
            "isbn", "account", "tracking", "serial", "routing", "order", "confirmation", "ssn", "id", "cvv",
        ]
        numbers.callWords = ["call", "dial", "text", "phone", "ring", "extension", "ext", "hotline", "helpline"]
        quantities.unitHints = [
            "amp", "amps", "fuse", "charger", "supply", "current", "battery", "breaker",
            "circuit", "draws", "draw", "outlet", "adapter", "usb", "rated", "socket", "power", "volt", "volts",
            "v", "motor", "load", "output", "input", "outside", "inside", "oven", "bake", "heat", "preheat",
            "temperature", "temp", "weather", "degrees", "boil", "boils", "freeze", "freezes", "warm", "cold",
            "hot", "fever", "high", "low", "reach", "below", "above", "forecast", "cool", "sunny", "roast",
            "thermostat",
        ]
        numbers.outOf = "out of"
        numbers.ratio = "to"
        words.versus = "versus"
    }
}
