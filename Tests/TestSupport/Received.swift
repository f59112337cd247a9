// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// What has come so far from something that runs, such as a program, for tests to wait for.
final class Received<Contents: Sendable>: Sendable {
    private struct State {
        var contents: Contents
        var hasEnded = false
        /// Opened by the next change.
        var change = Gate()
    }

    private let state: Mutex<State>

    init(_ contents: Contents) {
        state = Mutex(State(contents: contents))
    }

    var contents: Contents { state.withLock { $0.contents } }

    func change(_ edit: (inout Contents) -> Void) {
        update { edit(&$0.contents) }
    }

    /// Nothing more will come.
    func end() {
        update { $0.hasEnded = true }
    }

    /// Waits until `find` finds what it is looking for.
    ///
    /// - Returns: `nil` if the end came first.
    func wait<Found>(for find: (Contents) -> Found?) async throws -> Found? {
        while true {
            let (found, hasEnded, change) = state.withLock { (find($0.contents), $0.hasEnded, $0.change) }
            if let found { return found }
            if hasEnded { return nil }
            try await change.opened()
        }
    }

    private func update(_ edit: (inout State) -> Void) {
        let gate = state.withLock { state in
            edit(&state)
            defer { state.change = Gate() }
            return state.change
        }
        gate.open()
    }
}
