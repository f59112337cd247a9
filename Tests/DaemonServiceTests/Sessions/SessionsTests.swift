// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import LanguageModel
import Pipeline
import Testing
import Utterance

@Suite("Sessions")
struct SessionsTests {
    static func bounds(turns: Int = 10, tokens: Int = 2_000, sessions: Int = 64) -> Sessions.Bounds {
        Sessions.Bounds(
            conversation: Conversation(longest: turns, tokens: tokens), sessions: sessions, idle: .seconds(3_600))
    }

    static func exchange(_ question: String, _ answer: String = "Yes.") throws -> Conversation.Exchange {
        try #require(Conversation.Exchange(question: question, answer: answer))
    }

    /// Seconds since the start.
    static func at(_ seconds: Int) -> Moment { Moment(sinceZero: .seconds(seconds)) }

    @Test("are begun by the first question, each with a history of its own")
    func histories() throws {
        var sessions = Sessions(Self.bounds())
        #expect(try sessions.messages(of: "kitchen", at: Self.at(0)) == [])
        #expect(try sessions.messages(of: "hall", at: Self.at(1)) == [])
        sessions.add(try Self.exchange("Why?"), to: "kitchen", at: Self.at(2))
        #expect(try sessions.messages(of: "kitchen", at: Self.at(3)).map(\.content) == ["Why?", "Yes."])
        #expect(try sessions.messages(of: "hall", at: Self.at(4)) == [])
    }

    @Test("are listed with the last used one first")
    func order() throws {
        var sessions = Sessions(Self.bounds())
        for (time, name) in ["a", "b", "c"].enumerated() { _ = try sessions.messages(of: name, at: Self.at(time)) }
        sessions.add(try Self.exchange("Why?"), to: "b", at: Self.at(5))
        #expect(sessions.list(at: Self.at(6)).map(\.name) == ["b", "c", "a"])
    }

    @Test("are forgotten when they were idle for the time set, and not before")
    func expiry() throws {
        var sessions = Sessions(Self.bounds())
        _ = try sessions.messages(of: "a", at: Self.at(0))
        sessions.add(try Self.exchange("Why?"), to: "a", at: Self.at(100))
        #expect(sessions.session(named: "a", at: Self.at(3_699)) != nil)
        #expect(sessions.session(named: "a", at: Self.at(3_700)) == nil)
        #expect(sessions.list(at: Self.at(3_700)) == [])
        #expect(try sessions.messages(of: "a", at: Self.at(3_700)) == [])
    }

    @Test("are not idle while an answer is spoken, however long it is")
    func longAnswer() throws {
        var sessions = Sessions(Self.bounds())
        _ = try sessions.messages(of: "a", at: Self.at(0))
        sessions.add(try Self.exchange("One?"), to: "a", at: Self.at(1))
        _ = try sessions.messages(of: "a", at: Self.at(2))
        sessions.add(try Self.exchange("Two?"), to: "a", at: Self.at(8_000))
        #expect(try sessions.messages(of: "a", at: Self.at(8_001)).count == 4)
    }

    @Test("are at most so many: for a further one that goes which was idle the longest")
    func number() throws {
        var sessions = Sessions(Self.bounds(sessions: 2))
        _ = try sessions.messages(of: "a", at: Self.at(0))
        _ = try sessions.messages(of: "b", at: Self.at(1))
        sessions.add(try Self.exchange("Why?"), to: "a", at: Self.at(2))
        _ = try sessions.messages(of: "c", at: Self.at(3))
        #expect(sessions.list(at: Self.at(4)).map(\.name) == ["c", "a"])
        for index in 0..<1_000 { _ = try sessions.messages(of: "\(index)", at: Self.at(5 + index)) }
        #expect(sessions.list(at: Self.at(1_005)).map(\.name) == ["999", "998"])
    }

    @Test("hold no more turns than set")
    func turns() throws {
        var sessions = Sessions(Self.bounds(turns: 2))
        for question in ["1", "2", "3"] { sessions.add(try Self.exchange(question), to: "a", at: Self.at(0)) }
        #expect(try sessions.messages(of: "a", at: Self.at(1)).map(\.content) == ["2", "Yes.", "3", "Yes."])
    }

    @Test("keep what fits when the bounds change")
    func changedBounds() throws {
        var sessions = Sessions(Self.bounds())
        for (time, name) in ["a", "b"].enumerated() {
            for question in ["1", "2"] { sessions.add(try Self.exchange(question), to: name, at: Self.at(time)) }
        }
        sessions.changeBounds(Self.bounds(turns: 1, sessions: 1), at: Self.at(2))
        #expect(sessions.list(at: Self.at(2)).map(\.name) == ["b"])
        #expect(try sessions.messages(of: "b", at: Self.at(3)).map(\.content) == ["2", "Yes."])
        var shorter = Self.bounds()
        shorter.idle = .seconds(10)
        sessions.changeBounds(shorter, at: Self.at(13))
        #expect(sessions.list(at: Self.at(13)) == [])
    }

    @Test("can be removed, once")
    func removal() throws {
        var sessions = Sessions(Self.bounds())
        _ = try sessions.messages(of: "a", at: Self.at(0))
        let removals = (0..<2).map { _ in sessions.remove("a", at: Self.at(1)) }
        #expect(removals == [true, false])
        #expect(sessions.list(at: Self.at(1)) == [])
    }

    @Test("remember the persona")
    func persona() throws {
        var sessions = Sessions(Self.bounds())
        _ = try sessions.messages(of: "a", at: Self.at(0))
        #expect(sessions.persona(of: "a", at: Self.at(0)) == nil)
        sessions.ask("story", in: "a", at: Self.at(1))
        sessions.add(try Self.exchange("Why?"), to: "a", at: Self.at(2))
        #expect(sessions.persona(of: "a", at: Self.at(3)) == "story")
        #expect(sessions.persona(of: "a", at: Self.at(100_000)) == nil)
    }

    @Test("take names of 1 to 64 printable characters", arguments: ["a", "Küche 🏠", String(repeating: "k", count: 64)])
    func goodName(name: String) throws {
        var sessions = Sessions(Self.bounds())
        _ = try sessions.messages(of: name, at: Self.at(0))
        #expect(sessions.session(named: name, at: Self.at(0))?.name == name)
    }

    static let badNames = [
        "", String(repeating: "k", count: 65), "a\nb", "\u{1B}[2J", "a\u{202E}b",
        "e" + String(repeating: "\u{301}", count: 300),
    ]

    @Test("refuse other names", arguments: badNames)
    func badName(name: String) {
        var sessions = Sessions(Self.bounds())
        let fault = #expect(throws: Fault.self) { try sessions.messages(of: name, at: Self.at(0)) }
        #expect(fault?.code == .usage)
        #expect(sessions.list(at: Self.at(0)) == [])
    }
}
