// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// Sends pongs while there is no room for a client's sound, since its pings are not read then.
final class UnaskedPongs: Sendable {
    /// Home Assistant gives up on a satellite that it has heard nothing from for 5 s.
    private static let interval = Duration.seconds(1)

    private let replies: WyomingReplies
    private let clock: any MomentClock
    /// Kept across waits, since each is short while sound is heard.
    private let due: Mutex<Moment>

    init(replies: WyomingReplies, clock: any MomentClock) {
        self.replies = replies
        self.clock = clock
        due = Mutex(clock.now.advanced(by: Self.interval))
    }

    /// Sends pongs, each when it is due, until the task is cancelled.
    ///
    /// - Throws: `CancellationError`.
    func send() async throws {
        while true {
            try await clock.sleep(until: due.withLock { $0 }, tolerance: nil)
            let next = clock.now.advanced(by: Self.interval)
            due.withLock { $0 = next }
            // If the connection is closed, the task that reads it notices.
            try? await replies.send("pong", ["text": .null])
        }
    }
}
