// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// Next to hours, days or seconds, "m" means minutes; a time with seconds is a duration.
@Suite struct DurationsTests {
    @Test(
        "Minutes next to hours",
        arguments: [
            ("It takes 1h 30m and then 2h15m.", "It takes one hour thirty minutes and then two hours fifteen minutes."),
            ("5m 30s", "five minutes thirty seconds"), ("3d 4h", "three days four hours"),
            ("1h and 20m", "one hour and twenty minutes"), ("2h, 5m", "two hours, five minutes"),
            ("1 h 5 m", "one hour five minutes"), ("1h30m20s", "one hour thirty minutes twenty seconds"),
            ("a 100m race", "a one hundred meters race"), ("90m tall", "ninety meters tall"),
            ("1d 2h 3m", "one day two hours three minutes"), ("in 2hr 5m", "in two hours five minutes"),
            ("1m 1s", "one minute one second"), ("1h30min", "one hour thirty minutes"),
            ("It took 10m and 5s.", "It took ten minutes and five seconds."), ("1.5h", "one point five hours"),
            ("It is 5m wide and 3h away.", "It is five meters wide and three hours away."),
        ])
    func minutes(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Minutes that pass, and lengths next to a movement",
        arguments: [
            ("You have 45m left.", "You have 45 minutes left."),
            ("about 20m left on it", "about 20 minutes left on it"),
            ("set a 10m timer", "set a 10 minutes timer"), ("45m remaining", "45 minutes remaining"),
            ("5m elapsed", "5 minutes elapsed"), ("Turn 45m left of the church.", "Turn 45 meters left of the church."),
            ("Walk 20m left.", "Walk 20 meters left."), ("it is 20m long", "it is 20 meters long"),
        ])
    func passing(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Hours, minutes and seconds",
        arguments: [
            ("The lap took 1:02:03.", "The lap took one hour, two minutes and three seconds."),
            ("the last one 0:05:01", "the last one five minutes and one second"),
            ("It ran for 10:00:00.", "It ran for ten hours."),
            ("in 1:00:30", "in one hour and thirty seconds"), ("2:45:00 long", "two hours and 45 minutes long"),
            ("00:00:07", "seven seconds"), ("0:01:00", "one minute"),
            ("at 10:15:30 AM", "at ten fifteen thirty AM"),
        ])
    func seconds(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Chinese",
        arguments: [
            ("1h30m后出发。", "一小时三十分钟后出发。"), ("需要2h15m", "需要两小时十五分钟"), ("用时1h 5m 20s", "用时一小时五分钟二十秒"),
            ("5m30s后", "五分钟三十秒后"), ("跑了100m", "跑了一百米"), ("约3d4h", "约三天四小时"), ("1h30min", "一小时三十分钟"),
            ("用时1:02:03。", "用时一小时两分三秒。"), ("时间是15:16:36。", "时间是十五点十六分三十六秒。"),
            ("马拉松2:05:30", "马拉松两小时五分三十秒"), ("视频01:10:05", "视频一小时十分五秒"), ("用时45:30。", "用时四十五分三十秒。"),
            ("现在12:00:00。", "现在十二点整。"),
        ])
    func chinese(text: String, words: String) async throws { try await expectSame(text, words, "zh") }

    @Test(
        "Other languages",
        arguments: [
            ("2h15m", "2 Stunden 15 Minuten", "de"), ("1h 30m", "1 heure 30 minutes", "fr"),
            ("2h30", "2 heures 30", "fr"),
            ("2h 15m", "2 horas 15 minutos", "es"), ("2h 15m", "2 ore 15 minuti", "it"),
            ("2h 15m", "2 horas 15 minutos", "pt"),
            ("2ч 15м", "2 часа 15 минут", "ru"), ("1:02:03", "1 Stunde, 2 Minuten und 3 Sekunden", "de"),
            ("5m 30s", "5 Minuten 30 Sekunden", "de"),
        ])
    func others(text: String, words: String, language: String) async throws {
        try await expectSame(text, words, language)
    }
}
