// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Testing
import Utterance

@Suite("Stopping speech")
struct StoppingTests {
    private let long = SpokenRun.english(String(repeating: "one two three four five six seven ", count: 10))

    @Test("a sink that wants no more is not called again, and the next piece is clean")
    func refused() async throws {
        let synthesizer = try await Synthesizer.start()
        let sentence = SpokenRun.english("Hello there, my friend.")
        let before = try await synthesizer.record(sentence)

        let recording = Recording(limit: 5)
        let synthesis = try await synthesizer.synthesize([long, .chinese("你好")], into: recording.take)
        #expect(!synthesis.isComplete)
        #expect(synthesis.frames == recording.samples.count)
        #expect(recording.calls == 5)

        let after = try await synthesizer.record(sentence)
        // eSpeak NG's pauses differ by some 50 ms, depending on what it said before.
        #expect(after.samples.count.isAbout(before.samples.count, within: 0.08))
        #expect(after.words(in: [sentence]) == ["Hello", "there", "my", "friend"])
    }

    @Test("cancelling the task ends the piece within one callback")
    func cancelled() async throws {
        let synthesizer = try await Synthesizer.start()
        let recording = Recording()
        let runs = [long]
        let synthesis = try await Task {
            try await synthesizer.synthesize(runs) { samples, marks in
                if recording.calls == 2 { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
                return recording.take(samples, marks)
            }
        }.value
        #expect(!synthesis.isComplete)
        // The callback that was running may still pass on what it has.
        #expect(recording.calls <= 4)
        #expect(try await synthesizer.record(.english("Hello.")).marks.count == 1)
    }

    @Test("a task that was cancelled before makes no sound")
    func cancelledBefore() async throws {
        let synthesizer = try await Synthesizer.start()
        let recording = Recording()
        let runs = [long]
        let synthesis = try await withThrowingTaskGroup(of: Synthesis.self) { group in
            group.cancelAll()
            group.addTask { try await synthesizer.synthesize(runs, into: recording.take) }
            return try await group.next()
        }
        #expect(synthesis?.isComplete == false)
        #expect(recording.calls == 0)
    }

    @Test("pieces that are requested at the same time come one after another")
    func serial() async throws {
        let synthesizer = try await Synthesizer.start()
        let runs = [long]
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    let recording = Recording()
                    _ = try await synthesizer.synthesize(runs, into: recording.take)
                    #expect(recording.words(in: runs).count == 70)
                }
            }
            try await group.waitForAll()
        }
    }
}
