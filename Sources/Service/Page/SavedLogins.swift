// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Logins as they stand in a file. Their beginnings are kept by the wall clock, since the monotonic one starts anew with
/// the machine.
package struct SavedLogins: Sendable, Equatable, Codable {
    /// Seconds since 1970, by the digest of the login.
    private var logins: [String: Double]

    /// - Parameters:
    ///   - begun: when the logins began.
    ///   - now: the moment of which `wall` is the time.
    ///   - wall: since 1970.
    package init(_ begun: [String: Moment], now: Moment, wall: Duration) {
        logins = begun.mapValues { (wall - $0.duration(to: now)).inSeconds }
    }

    /// When the logins began, on this machine's clock.
    ///
    /// - Parameters:
    ///   - now: the moment of which `wall` is the time.
    ///   - wall: since 1970. A clock that was set back (a board without a battery) makes nothing older.
    package func begun(now: Moment, wall: Duration) -> [String: Moment] {
        logins.mapValues { now.advanced(by: .zero - max(.zero, wall - .seconds($0))) }
    }
}
