// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// Detects a read that has been pending for too long.
///
/// Only pending reads count: an answer that arrives faster than it is spoken waits for its listener, which is not the
/// server's fault. (An idle timeout in the HTTP client can't tell the difference.)
final class StallWatch: Sendable {
    /// A read exceeded its limit.
    struct Stall: Error {
        let limit: Duration
    }

    private struct Pending {
        let since: Moment
        let limit: Duration?
    }

    private let clock: any MomentClock
    private let pending = Mutex<Pending?>(nil)

    /// How often reads are checked. A shorter limit is detected only this late.
    private static let interval = Duration.seconds(1)

    init(clock: any MomentClock) {
        self.clock = clock
    }

    /// Runs `body`, which reports its reads, and cancels it if one of them exceeds its limit.
    ///
    /// - Throws: ``Stall``; the error of `body`; `CancellationError`.
    func watching<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await body() }
            group.addTask { throw Stall(limit: try await self.expiry()) }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }

    /// Records the beginning of a read that may take up to `limit`; `nil`: any length of time.
    func readBegins(limit: Duration?) {
        let now = clock.now
        pending.withLock { $0 = Pending(since: now, limit: limit) }
    }

    func readEnds() {
        pending.withLock { $0 = nil }
    }

    /// Waits until a pending read exceeds its limit, and returns the limit.
    ///
    /// - Throws: `CancellationError`.
    func expiry() async throws -> Duration {
        while true {
            let now = clock.now
            var wake = now.advanced(by: Self.interval)
            if let read = pending.withLock({ $0 }), let limit = read.limit {
                let deadline = read.since.advanced(by: limit)
                if deadline <= now { return limit }
                wake = min(wake, deadline)
            }
            try await clock.sleep(until: wake, tolerance: nil)
        }
    }
}
