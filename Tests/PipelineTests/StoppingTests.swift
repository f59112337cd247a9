// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import Playback
import Speech
import Synchronization
import TestSupport
import Testing
import Utterance

/// A value that a task writes and a test reads.
private final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) {
        state = Mutex(value)
    }

    var value: Value { state.withLock { $0 } }

    func set(_ value: Value) {
        state.withLock { $0 = value }
    }
}

@Suite("A stop") struct StoppingTests {
    @Test("closes the source, drops the output, and keeps what was heard")
    func stop() async throws {
        let output = FakeOutput(audible: 1)
        let closed = Shared(false)
        let log = EventLog()
        let spoken = try await Spoken.stopped {
            try await Spoken.run(to: output, log: log) { deliver in
                try await deliver(.text("One here. Two here. Three here. Four"))
                do {
                    try await Gate().opened()
                } catch {
                    closed.set(true)
                    throw error
                }
                return nil
            }
        } when: {
            try await log.wait(for: .heard(index: 0))
        }
        #expect(spoken.ending == .stopped)
        #expect(closed.value)
        #expect(output.drops == 1)
        let heardEnd = try #require(spoken.summary?.heardEnd)
        #expect(heardEnd >= "One here.".utf8.count && heardEnd < "One here. Two here. Three here. Four".utf8.count)
    }
}

@Suite("Backpressure") struct BackpressureTests {
    /// Comes after whatever the voice had to do.
    @SpeechThread
    private static func voiceIsDone() {}

    @Test("reaches the source: if nobody is listening, it delivers no more than the bounds allow")
    func source() async throws {
        let output = FakeOutput(audible: 0)
        let delivered = Shared(0)
        let sentence = String(repeating: "word ", count: 20) + "end. "
        let (fulls, full) = AsyncStream.makeStream(of: Void.self)
        let steps = StepExecutor()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: steps) {
                _ = try await Spoken.run(to: output) { deliver in
                    for _ in 0..<20_000 {
                        // The last delivery before the bound never returns.
                        if delivered.value > 64 * 1024 { full.yield() }
                        try await deliver(.text(sentence))
                        delivered.set(delivered.value + sentence.utf8.count)
                    }
                    return nil
                }
            }
            for await _ in fulls { break }
            // Everything has moved that can, once no stage and not the voice can continue.
            var last = -1
            while last != delivered.value {
                last = delivered.value
                await steps.settled()
                await Self.voiceIsDone()
                await steps.settled()
            }
            group.cancelAll()
            try await group.waitForAll()
        }
        // 64 KiB wait for the text stage, 4 KiB for the voice, and one piece is on its way in each stage.
        #expect(delivered.value <= (64 + 4 + 2) * 1024)
    }
}
