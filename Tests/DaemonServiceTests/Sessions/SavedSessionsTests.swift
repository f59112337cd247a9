// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import FoundationEssentials
import LanguageModel
import Pipeline
import Testing
import Utterance

@Suite("Saved sessions")
struct SavedSessionsTests {
    private static let wall = Duration.seconds(1_800_000_000)

    private static func sessions() throws -> Sessions {
        var sessions = Sessions(SessionsTests.bounds())
        _ = try sessions.messages(of: "a", at: SessionsTests.at(0))
        let cut = try #require(
            Conversation.Exchange(question: "Why?", answer: "Since", unheard: " then.", isInterrupted: true))
        sessions.add(cut, to: "a", at: SessionsTests.at(100))
        sessions.ask("story", in: "a", at: SessionsTests.at(100))
        sessions.add(try SessionsTests.exchange("How?"), to: "b", at: SessionsTests.at(200))
        return sessions
    }

    /// As a file brings them to another process, whose clock started over.
    private static func restored(_ sessions: Sessions, after pause: Duration) throws -> Sessions {
        let saved = SavedSessions(sessions, now: SessionsTests.at(1_000), wall: wall)
        let read = try JSONDecoder().decode(SavedSessions.self, from: JSONEncoder().encode(saved))
        #expect(read == saved)
        var restored = Sessions(SessionsTests.bounds())
        read.restore(into: &restored, now: SessionsTests.at(7), wall: wall + pause)
        return restored
    }

    @Test("come back with what was said, persona and order")
    func content() throws {
        var restored = try Self.restored(Self.sessions(), after: .seconds(10))
        #expect(restored.list(at: SessionsTests.at(7)).map(\.name) == ["b", "a"])
        #expect(restored.session(named: "a", at: SessionsTests.at(7))?.persona == "story")
        #expect(
            restored.session(named: "a", at: SessionsTests.at(7))?.conversation.exchanges.map(\.unheard) == [" then."])
        #expect(
            try restored.messages(of: "a", at: SessionsTests.at(7)).map(\.content) == [
                "Why?", "Since … [interrupted]",
            ])
    }

    @Test("go on growing older while the daemon is down")
    func age() throws {
        // "b" was idle for 800 s when it was saved, "a" for 900 s.
        var restored = try Self.restored(Self.sessions(), after: .seconds(2_700))
        #expect(restored.list(at: SessionsTests.at(7)).map(\.name) == ["b"])
        #expect(restored.list(at: SessionsTests.at(106)).map(\.name) == ["b"])
        #expect(restored.list(at: SessionsTests.at(107)) == [])
        restored = try Self.restored(Self.sessions(), after: .seconds(86_400))
        #expect(restored.list(at: SessionsTests.at(7)) == [])
    }

    @Test("are not older than they were when the clock was set back")
    func clockSetBack() throws {
        let restored = try Self.restored(Self.sessions(), after: .seconds(-1_700_000_000))
        #expect(restored.list(at: SessionsTests.at(7)).map(\.name).sorted() == ["a", "b"])
    }

    @Test("that were idle for too long are not written")
    func idleOnes() throws {
        let saved = SavedSessions(try Self.sessions(), now: SessionsTests.at(3_700), wall: Self.wall)
        let json = String(decoding: try JSONEncoder().encode(saved), as: UTF8.self)
        #expect(!json.contains("story") && json.contains("How?"))
    }

    @Test("may come from a file with any time in it", arguments: [("1e300", ["a"]), ("-1e300", []), ("0", [])])
    func times(lastUse: String, left: [String]) throws {
        let json = #"{"sessions": [{"name": "a", "last_use": \#(lastUse), "exchanges": []}]}"#
        var restored = Sessions(SessionsTests.bounds())
        try JSONDecoder().decode(SavedSessions.self, from: Data(json.utf8))
            .restore(into: &restored, now: SessionsTests.at(0), wall: Self.wall)
        #expect(restored.list(at: SessionsTests.at(0)).map(\.name) == left)
    }

    @Test("that nobody could have begun are left out")
    func foreignNames() throws {
        let json = #"{"sessions": [{"name": "a\nb", "last_use": 1800000000, "exchanges": []}]}"#
        var restored = Sessions(SessionsTests.bounds())
        try JSONDecoder().decode(SavedSessions.self, from: Data(json.utf8))
            .restore(into: &restored, now: SessionsTests.at(7), wall: Self.wall)
        #expect(restored.list(at: SessionsTests.at(7)) == [])
    }
}
