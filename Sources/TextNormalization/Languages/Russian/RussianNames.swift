// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// Adds the Russian words that show what a number next to them is.
    mutating func addRussianNames() {
        dates.calendar = Calendar(
            weekdays: "понедельник/пн вторник/вт среда/ср четверг/чт пятница/пт суббота/сб воскресенье/вс",
            months: """
                январь/янв февраль/фев март апрель/апр май июнь июль август/авг сентябрь/сент/сен октябрь/окт \
                ноябрь/нояб декабрь/дек
                """)
        quantities.durations = [
            (["д"], ["день", "дня", "дней"]),
            (["ч"], ["час", "часа", "часов"]),
            (["м", "мин"], ["минута", "минуты", "минут"]),
            (["с"], ["секунда", "секунды", "секунд"]),
        ]
        quantities.labels = WordList(words: "место ряд выход комната квартира дом кабинет вагон зал")
        quantities.perWords = WordList(words: "день час минуту секунду неделю месяц год ночь")
        numbers.codeWords = WordList(words: "код пин пароль индекс счёт счет")
        numbers.callWords = WordList(words: "звоните позвоните телефон тел наберите факс")
        dates.throughWords = WordList(words: "по до")
        dates.timeWords = WordList(words: "в")
        dates.calendarThrough = " по "
        dates.calendarRange = RussianWords.range
        dates.dayBeforeMonth = RussianWords.day
        words.short = [
            "д-р": "доктор", "д-ра": "доктора", "д-ру": "доктору", "д-ром": "доктором", "г-н": "господин",
            "г-на": "господина", "г-ном": "господином", "г-жа": "госпожа", "г-жи": "госпожи", "г-жой": "госпожой",
        ]
        numbers.ratio = "к"
        numbers.outOf = "из"
        quantities.pressure = "на"
    }
}
