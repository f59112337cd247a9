// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Pipeline
import TestSupport
import Testing
import Utterance

@Suite("A pause", .timeLimit(.minutes(10))) struct PauseTests {
    private static let three = "One is here. Two is here. Three is here."

    @Test("silences the output until it is resumed, and both are reported once")
    func pause() async throws {
        let (output, log) = (FakeOutput(audible: 1), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            async let running = Spoken.run(by: player, log: log, Spoken.texts([Self.three]))
            try await log.waitUntilSynthesized(1)
            await player.pause()
            #expect(output.calls.last == "pause")
            await player.pause()
            try await log.wait(for: .paused)
            output.hear(.max)
            await player.resume()
            await player.resume()
            return try await running
        }
        #expect(output.calls == ["start", "piece 0", "piece 1", "pause", "resume", "piece 2", "drain"])
        #expect(spoken.heard == [0, 1, 2])
        #expect(spoken.kinds.filter { $0 == .paused || $0 == .resumed } == [.paused, .resumed])
        #expect(spoken.summary?.starvations == 0)
    }

    @Test("before any sound keeps the answer from starting")
    func before() async throws {
        let (output, log) = (FakeOutput(), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            await player.pause()
            async let running = Spoken.run(by: player, log: log, Spoken.texts([Self.three]))
            try await log.wait(for: .paused)
            try await log.waitUntilCut(2)
            #expect(output.calls.isEmpty)
            await player.resume()
            return try await running
        }
        #expect(spoken.heard == [0, 1, 2])
        #expect(spoken.kinds.contains(.resumed))
    }

    @Test("lasts while another answer is selected, which is also told, and after that")
    func others() async throws {
        let (output, log, otherLog) = (FakeOutput(audible: 1), EventLog(), EventLog())
        try await Spoken.withPlayer(to: output) { player in
            async let running = Spoken.run(by: player, log: log, Spoken.texts([Self.three]))
            try await log.waitUntilSynthesized(1)
            await player.pause()
            async let other = Spoken.run(by: player, log: otherLog, Spoken.texts(["Four is here."]))
            try await otherLog.wait(for: .paused)
            try await otherLog.waitUntilCut(0)
            try await output.waitUntilCalled("drop")
            // A second drop, after the session has ended, changes nothing.
            #expect(output.calls.filter { $0 != "drop" } == ["start", "piece 0", "piece 1", "pause"])
            player.select(try await log.queue.value())
            player.select(try await otherLog.queue.value())
            await player.resume()
            #expect(try await other.heard == [0])
            player.select(try await log.queue.value())
            let spoken = try await running
            #expect(spoken.heard == [0, 1, 2])
            #expect(spoken.kinds.filter { $0 == .paused || $0 == .resumed } == [.paused, .resumed])
        }
        #expect(output.violations.isEmpty)
    }

    @Test("also holds back the end")
    func draining() async throws {
        let (output, log) = (FakeOutput(audible: 0), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            async let running = Spoken.run(by: player, log: log, Spoken.texts(["One is here."]))
            try await log.waitUntilSynthesized(0)
            await player.pause()
            output.hear(.max)
            await player.resume()
            return try await running
        }
        #expect(spoken.ending == .finished)
        #expect(output.calls == ["start", "piece 0", "pause", "resume", "drain"])
    }

    @Test("doesn't leave the output paused if the answer is stopped; the next one waits until the pause ends")
    func stopped() async throws {
        let (output, log, nextLog) = (FakeOutput(audible: 1), EventLog(), EventLog())
        try await Spoken.withPlayer(to: output) { player in
            let spoken = try await Spoken.stopped {
                try await Spoken.run(by: player, log: log, Spoken.texts([Self.three]))
            } when: {
                try await log.waitUntilSynthesized(1)
                await player.pause()
            }
            #expect(spoken.ending == .stopped)
            async let next = Spoken.run(by: player, log: nextLog, Spoken.texts(["Four is here."]))
            try await nextLog.wait(for: .paused)
            player.endPause()
            #expect(try await next.heard == [0])
        }
        #expect(output.violations.isEmpty)
    }

    @Test("that comes as the answer ends is not left behind either", arguments: 0..<50)
    func late(_: Int) async throws {
        let (output, log) = (FakeOutput(), EventLog())
        try await Spoken.withPlayer(to: output) { player in
            async let running = Spoken.run(by: player, log: log, Spoken.texts(["One is here."]))
            try await log.waitUntilSynthesized(0)
            await player.pause()
            await player.resume()
            #expect(try await running.ending == .finished)
            #expect(try await Spoken.run(by: player, Spoken.texts(["Two is here."])).heard == [0])
        }
        #expect(output.violations.isEmpty)
    }
}
