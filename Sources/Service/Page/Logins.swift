// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import Synchronization
import Utterance

/// The browsers that have shown the token. Each holds a random name in a cookie, which tells nothing of the token, and
/// which is forgotten when the daemon ends.
final class Logins: Sendable {
    static let cookie = "utter_login"
    /// A browser has to show the token again after so long.
    static let lifetime = Duration.seconds(30 * 24 * 3600)

    /// For a further one the oldest is forgotten.
    private static let most = 64

    private let clock: any MomentClock
    private let begun = Mutex<[String: Moment]>([:])

    init(clock: any MomentClock) {
        self.clock = clock
    }

    /// - Returns: the new login's name, with 256 bits that nobody can guess.
    func begin() -> String {
        // The system's generator, which is made for secrets.
        let name = (0..<4).map { _ in String(UInt64.random(in: 0 ... .max), radix: 36) }.joined(separator: ".")
        let now = clock.now
        begun.withLock { begun in
            begun = begun.filter { !isOver($0.value, now) }
            if begun.count >= Self.most, let oldest = begun.min(by: { $0.value < $1.value }) {
                begun[oldest.key] = nil
            }
            begun[name] = now
        }
        return name
    }

    func end(_ name: String) {
        begun.withLock { $0[name] = nil }
    }

    /// Whether there is a login of this name.
    func hold(_ name: String) -> Bool {
        let now = clock.now
        return begun.withLock { $0[name].map { !isOver($0, now) } ?? false }
    }

    private func isOver(_ begun: Moment, _ now: Moment) -> Bool {
        begun.duration(to: now) >= Self.lifetime
    }
}

extension Request {
    /// The name of the login that the browser says it has.
    var loginName: String? {
        let cookies = headers[values: .cookie].flatMap { $0.split(separator: ";") }
        return cookies.lazy.map { $0.drop { $0 == " " } }.first { $0.hasPrefix("\(Logins.cookie)=") }
            .map { String($0.dropFirst(Logins.cookie.utf8.count + 1)) }
    }
}
