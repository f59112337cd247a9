// SPDX-License-Identifier: GPL-3.0-or-later
package import Pipeline
import Synchronization
package import Utterance

/// What the daemon did since its start, in numbers.
package final class Metrics: Sendable {
    struct Numbers: Sendable {
        /// Answers by how they ended.
        var endings = ["finished": 0, "stopped": 0, "failed": 0]
        /// By their code; of answers and of requests that were refused.
        var faults: [String: Int] = [:]
        var refusals: [String: Int] = [:]
        var firstText = Histogram([0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300])
        var firstSound = Histogram([0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300])
        /// The pauses asked for are 0.1 to 0.4 s.
        var gap = Histogram([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 1, 2.5, 5, 10])
        var tokensPerSecond = Histogram([1, 2, 5, 10, 15, 20, 30, 50, 100, 200])
        var underruns = 0
        var starvations = 0
        var tokens = 0
        var textBytes = 0
        var sound = 0.0
        var queued = QueuedSound()
        /// When the last piece of an answer had been heard, in its milliseconds.
        var lastHeard: [String: Double] = [:]
    }

    private let numbers = Mutex(Numbers())

    package init() {}

    var current: Numbers { numbers.withLock { $0 } }

    /// Takes what happened to an answer; called from its stages.
    package func note(_ event: Event) {
        numbers.withLock { $0.add(event) }
    }

    /// A request was refused.
    package func note(refused fault: Fault) {
        numbers.withLock { $0.refusals[fault.code.rawValue, default: 0] += 1 }
    }
}

extension Metrics.Numbers {
    fileprivate mutating func add(_ event: Event) {
        queued.add(event)
        switch event.kind {
        case .soundStart:
            if let last = lastHeard.removeValue(forKey: event.answer) {
                gap.add(max(0, event.milliseconds - last) / 1000)
            }
        case .heard:
            lastHeard[event.answer] = event.milliseconds
        // A pause that was asked for is none between two pieces.
        case .paused: lastHeard[event.answer] = nil
        case .finished(let summary): add("finished", summary, event)
        case .stopped(let summary): add("stopped", summary, event)
        case .failed(let fault, let summary):
            faults[fault.code.rawValue, default: 0] += 1
            add("failed", summary, event)
        default: break
        }
    }

    private mutating func add(_ ending: String, _ summary: Event.Summary, _ event: Event) {
        lastHeard[event.answer] = nil
        endings[ending, default: 0] += 1
        if let text = summary.firstText { firstText.add(text / .seconds(1)) }
        if let sound = summary.firstSound { firstSound.add(sound / .seconds(1)) }
        if let tokens = summary.outputTokens {
            self.tokens += tokens
            if let pace = summary.tokensPerSecond { tokensPerSecond.add(pace) }
        }
        underruns += summary.underruns
        starvations += summary.starvations
        textBytes += summary.textBytes
        sound += summary.sound / .seconds(1)
    }
}
