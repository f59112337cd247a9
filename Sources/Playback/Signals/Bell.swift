// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Lets tasks wait for what a plain thread does. Ringing costs that thread one atomic operation when nobody waits.
///
/// A ring only says "look again": a waiter states its condition in a loop.
final class Bell: Sendable {
    private let isAwaited = Atomic(false)
    private let waiters = Mutex<[CheckedContinuation<Void, Never>]>([])

    /// Waits until the bell rings, but not if `condition` no longer holds once the waiter is in place.
    func wait(while condition: () -> Bool) async {
        await withCheckedContinuation { continuation in
            waiters.withLock { $0.append(continuation) }
            isAwaited.store(true, ordering: .sequentiallyConsistent)
            if !condition() { ring() }
        }
    }

    /// Waits until `condition` no longer holds; rings tell when to look.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    func waitCancellably(while condition: () -> Bool) async throws {
        try await withTaskCancellationHandler {
            while condition() {
                try Task.checkCancellation()
                await wait { condition() && !Task.isCancelled }
            }
        } onCancel: {
            ring()
        }
    }

    /// Wakes everybody who waits.
    func ring() {
        guard isAwaited.exchange(false, ordering: .sequentiallyConsistent) else { return }
        let woken = waiters.withLock { waiters in
            defer { waiters = [] }
            return waiters
        }
        for waiter in woken { waiter.resume() }
    }
}
