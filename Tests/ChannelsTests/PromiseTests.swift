// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Channels

@Suite("A promise") struct PromiseTests {
    @Test("gives its first value to all tasks that wait or ask", .stepping)
    func kept() async throws {
        let promise = Promise<Int>()
        #expect(promise.current == nil)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 { group.addTask { try await promise.value() } }
            try await settled()
            promise.fulfill(7)
            promise.fulfill(8)
            for try await value in group { #expect(value == 7) }
        }
        #expect(try await promise.value() == 7)
        #expect(promise.current == 7)
    }

    @Test("releases a task that is cancelled while it waits, or before", .stepping, arguments: [true, false])
    func cancelled(isWaiting: Bool) async throws {
        let promise = Promise<Int>()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { (try? await promise.value()) == nil }
            if isWaiting { try await settled() }
            group.cancelAll()
            for try await isCancelled in group { #expect(isCancelled) }
        }
    }

    @Test("releases a cancelled task, whenever it is cancelled")
    func cancelledAnytime() async throws {
        for _ in 0..<200 {
            let promise = Promise<Int>()
            await withTaskGroup(of: Bool.self) { group in
                group.addTask { (try? await promise.value()) == nil }
                group.cancelAll()
                for await isCancelled in group { #expect(isCancelled) }
            }
        }
    }
}
