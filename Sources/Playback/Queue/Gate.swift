// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Whose sound is taken: that of one utterance, or nobody's.
///
/// Utterances are numbered from 1. What the producer still writes for one that was dropped is told by its number.
final class Gate: Sendable {
    /// The utterance that is let in; negative: the last one that was.
    private let state = Atomic(0)

    /// The utterance that is let in, if any.
    var admitted: Int? {
        let value = state.load(ordering: .sequentiallyConsistent)
        return value > 0 ? value : nil
    }

    /// The utterance that is let in, or was last; 0 if there was none.
    var latest: Int { abs(state.load(ordering: .sequentiallyConsistent)) }

    /// Lets the next utterance in.
    func open() {
        state.store(latest + 1, ordering: .sequentiallyConsistent)
    }

    /// Lets this utterance in no longer; nothing happens if the next one has been let in meanwhile.
    func close(_ utterance: Int) {
        _ = state.compareExchange(expected: utterance, desired: -utterance, ordering: .sequentiallyConsistent)
    }

    /// Lets nobody in.
    func close() { close(latest) }
}
