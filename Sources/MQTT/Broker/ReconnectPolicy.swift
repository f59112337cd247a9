// SPDX-License-Identifier: GPL-3.0-or-later

/// When to try a broker again, with which version of MQTT, and what to report.
///
/// The waits double up to the longest. They start over after a connection that lasted for a while, so that a broker that
/// accepts each connection and closes it at once is not tried every second.
struct ReconnectPolicy: Sendable {
    enum Version: Sendable, Hashable {
        /// It lets the client limit what it is sent.
        case five
        /// For brokers that know nothing newer.
        case threeOne
    }

    static let waits = Duration.seconds(1)...Duration.seconds(60)
    /// A connection that lasted this long counts as good.
    static let steady = Duration.seconds(60)

    private(set) var version = Version.five
    private var nextWait = waits.lowerBound
    /// The code of the failure that was told last.
    private var told: String?

    struct Retry: Sendable, Hashable {
        var wait: Duration
        /// The failure is another one than the last.
        var isNews: Bool
    }

    /// A connection was accepted.
    ///
    /// - Returns: whether a failure was told before.
    mutating func connected() -> Bool {
        told.take() != nil
    }

    /// An attempt failed, or a connection was lost.
    ///
    /// - Parameter held: how long the broker's acceptance lasted; `nil` if it never came.
    mutating func failed(_ failure: BrokerFailure, after held: Duration?) -> Retry {
        if held == nil, version == .five, [.versionRefused, .closed].contains(failure) {
            // An old broker answers so, or closes the connection.
            version = .threeOne
            return Retry(wait: .zero, isNews: false)
        }
        // The broker may have been replaced by a newer one.
        if held == nil { version = .five }
        if let held, held >= Self.steady { nextWait = Self.waits.lowerBound }
        defer {
            nextWait = min(nextWait * 2, Self.waits.upperBound)
            told = failure.code
        }
        return Retry(wait: nextWait, isNews: told != failure.code)
    }
}
