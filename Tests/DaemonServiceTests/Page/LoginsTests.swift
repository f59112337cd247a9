// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

@testable import DaemonService

@Suite struct LoginsTests {
    private let clock = ManualClock()

    @Test func `A login is known until it is ended`() {
        let logins = Logins(clock: clock)
        let (one, other) = (logins.begin(), logins.begin())
        #expect(one != other && logins.hold(one) && logins.hold(other))
        #expect(!logins.hold("") && !logins.hold("anything"))
        logins.end(one)
        #expect(!logins.hold(one) && logins.hold(other))
    }

    @Test func `A login is forgotten after its lifetime`() {
        let logins = Logins(clock: clock)
        let name = logins.begin()
        clock.advance(by: Logins.lifetime - .seconds(1))
        #expect(logins.hold(name))
        clock.advance(by: .seconds(1))
        #expect(!logins.hold(name))
    }

    @Test func `For one login too many the oldest is forgotten`() {
        let logins = Logins(clock: clock)
        let names = (0..<65).map { _ in
            clock.advance(by: .seconds(1))
            return logins.begin()
        }
        #expect(names.map(logins.hold) == [false] + Array(repeating: true, count: 64))
    }
}
