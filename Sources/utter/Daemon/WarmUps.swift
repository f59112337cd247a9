// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Synchronization
import Utterance

/// When the model is to be loaded: for settings that were read, and again when an answer found its server missing.
final class WarmUps: Sendable {
    /// What is to be loaded next; only the latest counts.
    let parts: AsyncStream<ServedParts>
    private let sink: AsyncStream<ServedParts>.Continuation
    private let latest = Mutex<ServedParts?>(nil)

    init() {
        (parts, sink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func want(_ parts: ServedParts) {
        latest.withLock { $0 = parts }
        sink.yield(parts)
    }

    /// Hears what happens to the daemon's answers. Faults that a client can bring about, by naming a model that is not
    /// there or too large, say nothing about the next answer.
    func note(_ event: Event) {
        guard case .failed(let fault, _) = event.kind,
            [.modelUnreachable, .modelNoneInstalled, .modelUnauthorized].contains(fault.code),
            let parts = latest.withLock({ $0 })
        else { return }
        sink.yield(parts)
    }
}
