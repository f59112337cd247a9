// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@Suite("Quiet hours") struct QuietHoursTests {
    @Test(
        "are written as begin and end",
        arguments: [
            ("22:00-07:00", "22:00-07:00"), ("9:05-17:30", "09:05-17:30"), ("18:00-24:00", "18:00-00:00"),
            ("00:00-23:59", "00:00-23:59"),
        ])
    func text(written: String, read: String) throws {
        #expect(try #require(QuietHours(written)).description == read)
    }

    @Test(
        "are nothing else",
        arguments: [
            "", "22:00", "22:00-", "-07:00", "22:00-07:00-08:00", "22-7", "25:00-07:00", "24:01-07:00", "22:60-07:00",
            "22:0-07:00", "22:00 - 07:00", "+1:00-07:00", "22:00-22:00", "00:00-24:00", "٢٢:00-07:00", "22:00-07:00\n",
            "999999999999999999999:00-07:00",
        ])
    func wrong(text: String) {
        #expect(QuietHours(text) == nil)
    }

    @Test(
        "begin with their first minute and end before the last one, over midnight as well",
        arguments: [
            ("22:00-07:00", "21:59", false), ("22:00-07:00", "22:00", true), ("22:00-07:00", "23:59", true),
            ("22:00-07:00", "00:00", true), ("22:00-07:00", "06:59", true), ("22:00-07:00", "07:00", false),
            ("22:00-07:00", "12:00", false), ("13:00-15:00", "12:59", false), ("13:00-15:00", "13:00", true),
            ("13:00-15:00", "14:59", true), ("13:00-15:00", "15:00", false), ("13:00-15:00", "00:00", false),
            ("18:00-24:00", "23:59", true), ("18:00-24:00", "00:00", false), ("00:00-06:00", "00:00", true),
            ("00:00-06:00", "06:00", false),
        ])
    func hours(_ hours: String, time: String, isQuiet: Bool) throws {
        #expect(try #require(QuietHours(hours)).contains(try #require(TimeOfDay(time))) == isQuiet)
    }
}
