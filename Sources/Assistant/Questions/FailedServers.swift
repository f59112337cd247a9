// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Synchronization
import Utterance

/// The model servers that failed and have not answered since.
final class FailedServers: Sendable {
    /// Shared by the process, since each question of a chat has its own ``ModelServers``.
    static let shared = FailedServers()

    /// For this long after a failure, other servers are asked first.
    static let rest = Duration.seconds(60)

    private let clock: any MomentClock
    /// When each one's rest ends.
    private let servers = Mutex<[ServerAddress: Moment]>([:])

    init(clock: any MomentClock = MonotonicClock()) {
        self.clock = clock
    }

    /// Whether other servers are asked first.
    func isResting(_ address: ServerAddress) -> Bool {
        let now = clock.now
        return servers.withLock { $0[address].map { now < $0 } ?? false }
    }

    /// Records that the server failed.
    ///
    /// - Returns: whether it had answered before.
    func insert(_ address: ServerAddress) -> Bool {
        let end = clock.now.advanced(by: Self.rest)
        return servers.withLock { $0.updateValue(end, forKey: address) == nil }
    }

    /// Ends the rest of a server that works again: it is asked in its turn.
    func endRest(of address: ServerAddress) {
        let now = clock.now
        servers.withLock { if $0[address] != nil { $0[address] = now } }
    }

    /// Records that the server has answered.
    ///
    /// - Returns: whether it had failed before.
    func remove(_ address: ServerAddress) -> Bool {
        servers.withLock { $0.removeValue(forKey: address) != nil }
    }
}

/// Whether an answer's text has begun.
final class AnswerProgress: Sendable {
    private let begun = Atomic(false)

    var hasBegun: Bool { begun.load(ordering: .acquiring) }

    /// - Returns: whether this is the first call.
    func begins() -> Bool { !begun.exchange(true, ordering: .acquiringAndReleasing) }
}
