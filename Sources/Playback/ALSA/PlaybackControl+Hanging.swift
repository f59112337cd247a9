// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// Calls of alsa-lib can hang, even on a non-blocking device: a sound server that no longer answers holds them up for
/// 30 s, a driver for as long as it likes. The thread that is in such a call cannot be helped, but those who wait for
/// it can: they give the utterance up. What comes until the thread is back fails at once; then the device is opened
/// anew.
extension PlaybackControl {
    var hasFailed: Bool { fault != nil }

    func throwFault() throws {
        if let fault { throw fault }
    }

    /// Runs `body`, which waits for the thread, and gives the utterance up if the thread is busy with the same for
    /// `limit` meanwhile.
    func watching(for limit: Duration, _ body: () async throws -> Void) async rethrows {
        // Not a child of this task, which may be cancelled: a sleep in it would end at once.
        let watch = Task { await giveUpIfBusy(for: limit) }
        func end() async {
            watch.cancel()
            // What it gives up must not be the next utterance.
            await watch.value
        }
        do { try await body() } catch {
            await end()
            throw error
        }
        await end()
    }

    private func giveUpIfBusy(for limit: Duration) async {
        let clock = MonotonicClock()
        while !Task.isCancelled {
            let now = clock.now
            let busy = busySince.load(ordering: .sequentiallyConsistent)
            let since = busy == Self.asleep ? now : Moment(sinceZero: .nanoseconds(busy))
            let due = since.advanced(by: limit)
            if due <= now { return giveUp() }
            do { try await clock.sleep(until: due, tolerance: nil) } catch { return }
        }
    }

    /// Ends the utterance without the thread, with a fault.
    func giveUp() {
        let utterance = queue.gate.latest
        fail(utterance, with: .hangs(parameters))
        reports.end(utterance: utterance)
        isGivenUp.store(true, ordering: .sequentiallyConsistent)
        wake.signal()
        changes.ring()
    }
}
