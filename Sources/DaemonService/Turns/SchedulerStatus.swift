// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

/// The state of the ``SpeechScheduler``.
package struct SchedulerStatus: Sendable {
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

    /// The answer that speaks.
    package var speaking: String?
    package var isPaused: Bool
    /// Answers that wait, the next one first.
    package var waiting: [String]
    /// Answers that an important one has cut, and that continue after it.
    package var suspended: [String]
    package var counts: Counts
    /// The question that the answer which speaks answers, or the beginning of its text.
    package var prompt: String?
}

/// How much sound waits.
struct QueuedSound: Sendable, Equatable {
    /// Text that was cut and not yet synthesized: an estimate.
    var speech = Duration.zero
    /// Sound that was synthesized and not yet heard.
    var playback = Duration.zero
}

extension QueuedSound {
    init(of queues: [SpeechQueue]) {
        for queue in queues {
            speech += queue.unspoken
            playback += queue.unheard
        }
    }
}
