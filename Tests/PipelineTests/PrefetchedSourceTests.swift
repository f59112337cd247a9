// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Synchronization
import Testing
import Utterance

@testable import Pipeline

@Suite("A source that starts before there is an answer", .timeLimit(.minutes(10)))
final class PrefetchedSourceTests: Sendable {
    private let brought = Mutex<[ModelEvent]>([])

    private func bring(_ prefetched: PrefetchedSource) async throws -> ModelSummary? {
        try await prefetched.bring { event in self.brought.withLock { $0.append(event) } }
    }

    @Test("delivers everything in order, whenever it came")
    func order() async throws {
        let isEarlyHalfSent = Promise<Void>()
        let mayGoOn = Promise<Void>()
        let prefetched = PrefetchedSource { deliver in
            try await deliver(.connected)
            try await deliver(.text("early "))
            isEarlyHalfSent.fulfill(())
            try await mayGoOn.value()
            try await deliver(.text("late"))
            return ModelSummary(finish: .stop)
        }
        try await withThrowingTaskGroup { group in
            group.addTask { await prefetched.run() }
            // Nobody takes it yet.
            try await isEarlyHalfSent.value()
            mayGoOn.fulfill(())
            #expect(try await bring(prefetched)?.finish == .stop)
        }
        #expect(brought.withLock { $0 } == [.connected, .text("early "), .text("late")])
    }

    @Test("delivers what came before a fault, then the fault")
    func fault() async throws {
        let prefetched = PrefetchedSource { deliver in
            try await deliver(.text("half"))
            throw Fault(.modelTruncated, "Cut.")
        }
        await prefetched.run()
        await #expect(throws: Fault(.modelTruncated, "Cut.")) { try await bring(prefetched) }
        #expect(brought.withLock { $0 } == [.text("half")])
    }

    @Test("is not read more than 64 KiB ahead, and ends when its answer has left", arguments: [1, 1_000])
    func bound(size: Int) async throws {
        let sent = Atomic(0)
        let end = Promise<any Error>()
        let prefetched = PrefetchedSource { deliver in
            do {
                while true {
                    try await deliver(.text(String(repeating: "a", count: size)))
                    sent.add(size, ordering: .relaxed)
                }
            } catch {
                end.fulfill(error)
                throw error
            }
        }
        await withTaskGroup { group in
            group.addTask { await prefetched.run() }
            group.addTask {
                // The answer accepts one text, then fails.
                _ = try? await prefetched.bring { _ in throw Fault(.deviceFailed, "Gone.") }
            }
        }
        #expect(try await end.value() is BoundedChannel<ModelEvent>.ReceiverLeft)
        #expect(sent.load(ordering: .relaxed) <= 64 * 1024 + 2 * size)
    }

    @Test("is cancelled along with the task that asks")
    func cancelling() async throws {
        let isAsked = Promise<Void>()
        let wasCancelled = Promise<Bool>()
        let prefetched = PrefetchedSource { _ in
            isAsked.fulfill(())
            do { try await Promise<Void>().value() } catch { wasCancelled.fulfill(error is CancellationError) }
            throw CancellationError()
        }
        try await withThrowingTaskGroup { group in
            group.addTask { await prefetched.run() }
            try await isAsked.value()
            group.cancelAll()
        }
        #expect(try await wasCancelled.value())
    }
}
