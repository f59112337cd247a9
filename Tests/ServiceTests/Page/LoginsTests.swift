// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import Service

@Suite struct LoginsTests {
    private let clock = ManualClock()
    private static let wall = Duration.seconds(1_800_000_000)

    private func logins(token: String = "token", begun: [String: Moment] = [:]) -> Logins {
        Logins(token: token, begun: begun, clock: clock)
    }

    @Test func `A login is known until it is ended`() {
        let logins = logins()
        let (one, other) = (logins.begin(), logins.begin())
        #expect(one != other && logins.hold(one) && logins.hold(other))
        #expect(!logins.hold("") && !logins.hold("anything"))
        logins.end(one)
        #expect(!logins.hold(one) && logins.hold(other))
    }

    @Test func `A login is forgotten after its lifetime`() {
        let logins = logins()
        let name = logins.begin()
        clock.advance(by: Logins.lifetime - .seconds(1))
        #expect(logins.hold(name))
        clock.advance(by: .seconds(1))
        #expect(!logins.hold(name))
    }

    @Test func `For one login too many the oldest is forgotten`() {
        let logins = logins()
        let names = (0..<65).map { _ in
            clock.advance(by: .seconds(1))
            return logins.begin()
        }
        #expect(names.map(logins.hold) == [false] + Array(repeating: true, count: 64))
    }

    /// What is kept of a login, as a file brings it to another process `pause` later, whose clock started anew.
    private func kept(_ pause: Duration) throws -> (name: String, begun: [String: Moment]) {
        let kept = Mutex<[String: Moment]>([:])
        let logins = Logins(token: "token", clock: clock) { begun in kept.withLock { $0 = begun } }
        let (name, other) = (logins.begin(), logins.begin())
        logins.end(other)
        let saved = SavedLogins(kept.withLock { $0 }, now: clock.now, wall: Self.wall)
        let bytes = try JSONEncoder().encode(saved)
        #expect(!String(decoding: bytes, as: UTF8.self).contains(name), "The file logs nobody in.")
        let read = try JSONDecoder().decode(SavedLogins.self, from: bytes)
        #expect(read == saved)
        return (name, read.begun(now: clock.now, wall: Self.wall + pause))
    }

    @Test func `A login outlasts a restart, but not its lifetime, and not the token`() throws {
        let (name, begun) = try kept(.seconds(3600))
        #expect(begun.count == 1)
        #expect(logins(begun: begun).hold(name))
        #expect(!logins(token: "another", begun: begun).hold(name))
        clock.advance(by: Logins.lifetime - .seconds(3600))
        #expect(!logins(begun: begun).hold(name))
    }

    @Test func `A clock that was set back makes no login older, and none younger than new`() throws {
        let (name, begun) = try kept(.seconds(-1_700_000_000))
        #expect(logins(begun: begun).hold(name))
        clock.advance(by: Logins.lifetime)
        #expect(!logins(begun: begun).hold(name))
    }
}
