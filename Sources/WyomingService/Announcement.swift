// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import Pipeline
import Synchronization
import Utterance

/// A sound on its way from a client to the speaker.
///
/// It takes its turn like an important announcement: it interrupts an answer, which continues afterwards.
struct Announcement: Sendable {
    let backend: WyomingBackend
    /// One portion waits here; others wait in the answer's queue.
    let portions = BoundedChannel<PCMSound>(capacity: 1)
    /// Fulfilled once the client has sent all of it, or will send no more.
    let isSent = Promise<Void>()

    /// A client that sends nothing for this long has failed.
    private static let idleLimit = Duration.seconds(10)
    private static let preview = "Sound from another program"

    init(backend: WyomingBackend) {
        self.backend = backend
    }

    /// Plays the sound, and tells the client once it was heard to its end, or will not be.
    func run(_ replies: WyomingReplies) async {
        do {
            // Other answers don't wait for a sound before some of it has arrived.
            if let opening = try await next() { try await play(opening) }
        } catch let fault as Fault {
            try? await replies.send(fault)
        } catch { return portions.leave() }
        portions.leave()
        // The client waits for this only after its last event.
        guard (try? await isSent.value()) != nil else { return }
        try? await replies.send("played")
    }

    private func play(_ opening: PCMSound) async throws {
        let opening = Mutex<PCMSound?>(opening)
        let delivery = Delivery(policy: .queue, priority: .important)
        let admission = try await backend.scheduler.play(
            {
                let first = opening.withLock { opening in
                    defer { opening = nil }
                    return opening
                }
                return if let first { first } else { try await next() }
            }, preview: Self.preview, delivery: delivery)
        let result = try await admission.result.value()
        if case .failed(let fault) = result.ending { throw fault }
    }

    private func next() async throws -> PCMSound? {
        let clock = backend.clock
        switch try await portions.receive(before: clock.now.advanced(by: Self.idleLimit), clock: clock) {
        case .element(let portion): return portion
        case .finished:
            try Task.checkCancellation()
            return nil
        case .deadlineReached:
            let seconds = Int(Self.idleLimit.inSeconds)
            throw Fault(.soundInvalid, "A sound breaks off: none of it has arrived for \(seconds) seconds.")
        }
    }
}
