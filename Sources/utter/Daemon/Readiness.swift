// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Whether an answer would start at once, and who would give it.
final class Readiness: Sendable {
    private struct State {
        var missing: String? = "The model is not loaded yet."
        var model: String?
    }

    private let state = Mutex(State())

    /// One sentence; `nil`: ready.
    var missing: String? { state.withLock(\.missing) }

    /// The model that answers; `nil`: one that is installed.
    var model: String? { state.withLock(\.model) }

    func set(model: String?, missing: String?) {
        state.withLock { $0 = State(missing: missing, model: model) }
    }
}
