// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Speech
import Testing
import Utterance

@testable import DaemonService

@Suite("The rules for announcements") struct AnnouncementRulesTests {
    @Test(
        "put a chime before those that the owner wants it for, and never before progress",
        arguments: [
            (.off, []), (.important, [.important]), (.all, [.important, .normal]),
        ] as [(ChimeUse, [Priority])])
    func chime(use: ChimeUse, before: [Priority]) {
        #expect(Priority.allCases.filter(AnnouncementRules(chime: use).chimes) == before)
    }

    @Test(
        "let only important ones be said in quiet hours, and name their end",
        arguments: [
            (.important, "23:00", true), (.normal, "23:00", false), (.progress, "23:00", false),
            (.normal, "06:59", false), (.normal, "07:00", true), (.progress, "12:00", true),
        ] as [(Priority, String, Bool)])
    func quietHours(priority: Priority, time: String, isSaid: Bool) throws {
        let rules = AnnouncementRules(quietHours: QuietHours("22:00-07:00"))
        let now = try #require(TimeOfDay(time))
        var fault: Fault?
        do throws(Fault) { try rules.check(priority, at: now) } catch { fault = error }
        #expect(fault?.code == (isSaid ? nil : .quietHours))
        #expect(fault?.message.contains("until 07:00") != false)
        #expect(throws: Never.self) { try AnnouncementRules().check(priority, at: now) }
    }
}

@Suite("Recent announcements") struct RecentAnnouncementsTests {
    private static let start = Moment(sinceZero: .zero)
    private var recent = RecentAnnouncements()

    private static func content(_ text: String, voice: String = "auto") -> RecentAnnouncements.Content {
        .init(text: text, voice: .init(voice: voice))
    }

    private func earlier(
        _ text: String, _ priority: Priority = .normal, voice: String = "auto", at seconds: Double = 0,
        within interval: Double = 2, stopped: Set<String> = []
    ) -> RecentAnnouncements.Earlier? {
        recent.earlier(
            Self.content(text, voice: voice), priority, within: .seconds(interval),
            at: Self.start.advanced(by: .seconds(seconds)), isStopped: stopped.contains)
    }

    @Test("are not repeated while they wait or sound, and for a while after they were heard")
    mutating func window() {
        #expect(earlier("The door.") == nil)
        recent.begin("a", Self.content("The door."), .normal)
        #expect(earlier("The door.", at: 600) == .unheard)
        #expect(earlier("The window.") == nil)
        recent.end("a", wasHeard: true, at: Self.start.advanced(by: .seconds(600)))
        #expect(earlier("The door.", at: 601) == .heard(.seconds(1)))
        #expect(earlier("The door.", at: 601.75) == .heard(.milliseconds(1_750)))
        #expect(earlier("The door.", at: 602) == nil)
    }

    @Test("are repeated if they were not heard, or are in another voice, or if there is no such rule")
    mutating func exceptions() {
        recent.begin("a", Self.content("The door."), .normal)
        #expect(earlier("The door.", voice: "de") == nil)
        #expect(earlier("The door.", stopped: ["a"]) == nil)
        #expect(earlier("The door.", within: 0) == nil)
        recent.end("a", wasHeard: false, at: Self.start)
        #expect(earlier("The door.") == nil)
        recent.end("a", wasHeard: true, at: Self.start)
        #expect(earlier("The door.") == nil)
    }

    @Test(
        "that wait with a lower priority don't keep a more important one from being heard",
        arguments: [
            (.normal, .important, false), (.progress, .normal, false), (.important, .normal, true),
            (.normal, .normal, true), (.normal, .progress, true),
        ] as [(Priority, Priority, Bool)])
    mutating func priorities(first: Priority, second: Priority, isRepeated: Bool) {
        recent.begin("a", Self.content("The door."), first)
        #expect((earlier("The door.", second) == .unheard) == isRepeated)
        // What was heard was heard.
        recent.end("a", wasHeard: true, at: Self.start)
        #expect(earlier("The door.", second, at: 1) == .heard(.seconds(1)))
    }

    @Test("are forgotten: long texts at once, others when many were heard since")
    mutating func bounds() {
        let long = String(repeating: "ä", count: 501)
        recent.begin("long", Self.content(long), .normal)
        #expect(earlier(long) == nil)
        for number in 0..<33 {
            recent.begin("\(number)", Self.content("\(number)"), .normal)
            recent.end("\(number)", wasHeard: true, at: Self.start)
        }
        #expect(earlier("0") == nil)
        #expect(earlier("1") == .heard(.zero))
        #expect(earlier("32") == .heard(.zero))
    }
}
