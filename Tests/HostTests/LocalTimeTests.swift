// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing
import Utterance

@testable import Host

@Suite("The local time") struct LocalTimeTests {
    /// Central Europe's rules in POSIX's form, which needs no files: forward on 29 March 2026, back on 25 October.
    private static let zone = "CET-1CEST,M3.5.0,M10.5.0/3"

    /// Quiet from 22:00 to 07:00, by the time in UTC; the clock on the wall decides.
    private static let nights: [(utc: Int, wall: String, isQuiet: Bool)] = [
        // An ordinary night in winter, and one in summer.
        (1_768_510_740, "21:59", false), (1_768_510_800, "22:00", true), (1_768_543_140, "06:59", true),
        (1_768_543_200, "07:00", false), (1_784_145_600, "22:00", true), (1_784_178_000, "07:00", false),
        // The clock is put forward: 02:00 is skipped, and the end comes an hour sooner.
        (1_774_745_940, "01:59", true), (1_774_746_000, "03:00", true), (1_774_760_340, "06:59", true),
        (1_774_760_400, "07:00", false),
        // The clock is put back: 02:00 comes twice, and the end an hour later.
        (1_792_886_340, "01:59", true), (1_792_886_400, "02:00", true), (1_792_890_000, "02:00", true),
        (1_792_908_000, "07:00", false), (1_792_904_400, "06:00", true),
        // Before 1970, and long after.
        (-3_600, "00:00", true), (4_102_441_200, "00:00", true),
    ]

    @Test("follows the time zone through the nights in which the clocks change")
    func daylightSaving() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("TZ", Self.zone, 1)
            let hours = try #require(QuietHours("22:00-07:00"))
            for night in Self.nights {
                let time = LocalTime.at(.seconds(night.utc))
                #expect(time.description == night.wall)
                #expect(hours.contains(time) == night.isQuiet)
            }
        }
    }

    @Test("follows a change of the time zone")
    func change() async {
        await #expect(processExitsWith: .success) {
            for (zone, wall) in [("UTC0", "12:00"), ("CST-8", "20:00"), ("NST3:30", "08:30")] {
                unsafe setenv("TZ", zone, 1)
                #expect(LocalTime.at(.seconds(1_768_478_400)).description == wall)
            }
        }
    }
}
