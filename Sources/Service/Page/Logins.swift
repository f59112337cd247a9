// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import Synchronization
package import Utterance

/// The browsers that have shown the token. Each holds a random name in a cookie.
///
/// What is known of a login here is the digest of that name and the token: neither can be had from it, and once there is
/// another token, nobody is logged in any more.
package final class Logins: Sendable {
    static let cookie = "utter_login"
    /// A browser has to show the token again after so long.
    static let lifetime = Duration.seconds(30 * 24 * 3600)

    /// For a further one the oldest is forgotten.
    private static let most = 64

    private let token: String
    private let clock: any MomentClock
    private let keep: @Sendable ([String: Moment]) -> Void
    private let begun: Mutex<[String: Moment]>

    /// - Parameters:
    ///   - begun: when the logins began that were kept, by their digests.
    ///   - keep: is told of all of them whenever that changes.
    package init(
        token: String?, begun: [String: Moment] = [:], clock: any MomentClock,
        keep: @escaping @Sendable ([String: Moment]) -> Void = { _ in }
    ) {
        self.token = token ?? ""
        self.clock = clock
        self.keep = keep
        self.begun = Mutex(begun)
    }

    /// - Returns: the new login's name, with 256 bits that nobody can guess.
    func begin() -> String {
        // The system's generator, which is made for secrets.
        let name = (0..<4).map { _ in String(UInt64.random(in: 0 ... .max), radix: 36) }.joined(separator: ".")
        let now = clock.now
        change { begun in
            begun = begun.filter { !isOver($0.value, now) }
            if begun.count >= Self.most, let oldest = begun.min(by: { $0.value < $1.value }) {
                begun[oldest.key] = nil
            }
            begun[digest(name)] = now
        }
        return name
    }

    func end(_ name: String) {
        change { $0[digest(name)] = nil }
    }

    /// Whether there is a login of this name.
    func hold(_ name: String) -> Bool {
        let (now, digest) = (clock.now, digest(name))
        return begun.withLock { $0[digest].map { !isOver($0, now) } ?? false }
    }

    private func change(_ body: (inout [String: Moment]) -> Void) {
        // Under the lock, so that the last to be kept is the last change.
        begun.withLock { begun in
            let before = begun
            body(&begun)
            if begun != before { keep(begun) }
        }
    }

    private func digest(_ name: String) -> String { SHA256.hexadecimal("\(name) \(token)") }

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
