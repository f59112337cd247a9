// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

extension Speaker {
    /// What is going on.
    package struct Status: Sendable {
        /// The answer that is spoken.
        package var speaking: String?
        package var isPaused: Bool
        /// Answers that wait to be, the next one first.
        package var waiting: [String]
        /// Answers that were cut by an important one, and go on after it.
        package var suspended: [String]
        package var counts: Counts
    }

    /// Answers that ended since the start, by how they ended.
    package struct Counts: Sendable, Hashable {
        package var finished = 0
        package var stopped = 0
        package var failed = 0

        mutating func add(_ ending: Answer.Ending) {
            switch ending {
            case .finished: finished += 1
            case .stopped: stopped += 1
            case .failed: failed += 1
            }
        }
    }

    package var status: Status {
        Status(
            speaking: queue.speaking, isPaused: player.isPaused, waiting: queue.waiting, suspended: queue.suspended,
            counts: counts)
    }

    /// Whether an answer is still to be told of.
    func isLive(_ answer: String) -> Bool {
        runs[answer] != nil
    }
}
