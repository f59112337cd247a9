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

    /// Lets nobody in.
    func close() {
        let value = state.load(ordering: .sequentiallyConsistent)
        guard value > 0 else { return }
        // Not if the next utterance has been let in meanwhile.
        _ = state.compareExchange(expected: value, desired: -value, ordering: .sequentiallyConsistent)
    }
}
