// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Whether an answer would start at once.
final class Readiness: Sendable {
    private let obstacle = Mutex<String?>("The model is not loaded yet.")

    /// One sentence; `nil`: ready.
    var missing: String? { obstacle.withLock(\.self) }

    func set(missing: String?) {
        obstacle.withLock { $0 = missing }
    }
}
