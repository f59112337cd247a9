// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// How long the pieces will sound that were cut but are not synthesized yet: an estimate, for pacing.
final class Backlog: Sendable {
    private let state = Mutex<[Int: Duration]>([:])

    func add(_ index: Int, _ duration: Duration) {
        state.withLock { $0[index] = duration }
    }

    func remove(_ index: Int) {
        state.withLock { $0[index] = nil }
    }

    var duration: Duration {
        state.withLock { $0.values.reduce(.zero, +) }
    }
}
