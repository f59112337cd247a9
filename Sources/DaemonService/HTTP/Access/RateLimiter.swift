// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// Limits how many requests each address may send per second on average; ten times as many may come at once.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filled: Moment
    }

    private let perSecond: Double
    private let clock: any MomentClock
    private let buckets = Mutex<[String: Bucket]>([:])
    /// How many addresses are remembered.
    private static let addressLimit = 1024

    init(perSecond: Int, clock: any MomentClock) {
        self.perSecond = Double(perSecond)
        self.clock = clock
    }

    private var capacity: Double { perSecond * 10 }

    /// Counts a request from this address.
    ///
    /// - Returns: how long it would have to wait, in seconds; `nil` if it is within the limit.
    func take(_ address: String) -> Double? {
        let now = clock.now
        return buckets.withLock { buckets in
            var bucket = buckets[address] ?? Bucket(tokens: capacity, filled: now)
            fill(&bucket, now)
            defer { buckets[address] = bucket }
            if buckets[address] == nil, buckets.count >= Self.addressLimit { forgetFull(&buckets, now) }
            guard bucket.tokens >= 1 else { return (1 - bucket.tokens) / perSecond }
            bucket.tokens -= 1
            return nil
        }
    }

    private func fill(_ bucket: inout Bucket, _ now: Moment) {
        let gained = bucket.filled.duration(to: now).inSeconds * perSecond
        bucket = Bucket(tokens: min(capacity, bucket.tokens + gained), filled: now)
    }

    /// Forgets addresses that may send as much as a new one; if all are busy, forgets everybody.
    private func forgetFull(_ buckets: inout [String: Bucket], _ now: Moment) {
        buckets = buckets.filter { entry in
            var bucket = entry.value
            fill(&bucket, now)
            return bucket.tokens < capacity
        }
        if buckets.count >= Self.addressLimit { buckets = [:] }
    }
}
