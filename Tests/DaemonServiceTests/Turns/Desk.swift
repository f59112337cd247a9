// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI

@testable import DaemonService

/// A queue to which things happen; keeps what it said was to be done since the last look.
struct Desk {
    var queue: TurnQueue
    private var actions: [TurnQueue.Action] = []

    init(limit: Int = 16) {
        queue = TurnQueue(limit: limit)
    }

    mutating func admit(
        _ id: String, _ policy: Policy = .queue, _ priority: Priority = .normal, session: String? = nil,
        silent: Bool = false
    ) throws {
        actions += try queue.admit(
            .init(id: id, policy: policy, priority: priority, session: session, isSilent: silent))
    }

    mutating func ended(_ id: String) { actions += queue.ended(id) }
    mutating func textEnded(_ id: String) { actions += queue.textEnded(id) }
    mutating func stop(_ id: String?) -> [String] {
        let (stopped, actions) = queue.stop(id)
        self.actions += actions
        return stopped
    }

    mutating func done() -> [TurnQueue.Action] {
        defer { actions = [] }
        return actions
    }
}
