// SPDX-License-Identifier: GPL-3.0-or-later
import Channels

struct Broken: Error, Equatable {
    var reason = ""
}

/// Lets the other tasks run until `condition` holds. The suite's time limit, which cancels the test, ends it too.
func until(_ condition: () -> Bool) async {
    while !condition(), !Task.isCancelled { await Task.yield() }
}

extension BoundedChannel {
    /// Receives to the end.
    func rest() async throws -> [Element] {
        var elements: [Element] = []
        while let element = try await receive() { elements.append(element) }
        return elements
    }
}

/// Runs `body` in a task that is cancelled before it begins.
func inCancelledTask<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let task = Task {
        await until { Task.isCancelled }
        return try await body()
    }
    task.cancel()
    return try await task.value
}

/// Random numbers that are the same in each run (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
