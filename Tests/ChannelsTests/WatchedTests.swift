// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Channels

@Suite("A watched state") struct WatchedTests {
    @Test("wakes all waiting tasks, and each change is seen by one task whose step succeeds")
    func taken() async throws {
        let watched = Watched(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await watched.wait { state -> Void? in
                        guard state > 0 else { return nil }
                        state -= 1
                    }
                }
            }
            for _ in 0..<50 { watched.change { $0 += 2 } }
            try await group.waitForAll()
        }
        #expect(watched.current == 0)
    }

    @Test("releases a task that is cancelled while it waits, or before", .stepping, arguments: [true, false])
    func cancelled(isWaiting: Bool) async throws {
        let watched = Watched(false)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { (try? await watched.wait { $0 ? () : nil }) == nil }
            if isWaiting { try await settled() }
            group.cancelAll()
            for try await isCancelled in group { #expect(isCancelled) }
        }
    }

    @Test("releases a cancelled task, whenever it is cancelled")
    func cancelledAnytime() async throws {
        for _ in 0..<200 {
            let watched = Watched(false)
            await withTaskGroup(of: Bool.self) { group in
                group.addTask { (try? await watched.wait { $0 ? () : nil }) == nil }
                group.cancelAll()
                for await isCancelled in group { #expect(isCancelled) }
            }
        }
    }

    @Test("keeps a task that must wait even if cancelled", .stepping)
    func regardless() async throws {
        let watched = Watched(false)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                await watched.waitRegardless { $0 ? () : nil }
                return watched.current
            }
            group.cancelAll()
            try await settled()
            watched.change { $0 = true }
            for try await wasChanged in group { #expect(wasChanged) }
        }
    }
}
