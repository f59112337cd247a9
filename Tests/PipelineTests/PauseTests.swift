// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import TestSupport
import Testing
import Utterance

@Suite("A pause", .timeLimit(.minutes(3))) struct PauseTests {
    private static let three = "One is here. Two is here. Three is here."

    @Test("silences the output until the answer is resumed, and both are told once")
    func pause() async throws {
        let (output, floor, log) = (FakeOutput(audible: 1), Floor(.granted), EventLog())
        async let running = Spoken.run(to: output, floor: floor, log: log, Spoken.texts([Self.three]))
        try await log.waitUntilSynthesized(1)
        await floor.pause()
        #expect(output.calls.last == "pause")
        await floor.pause()
        try await log.wait(for: .paused)
        output.hear(.max)
        await floor.resume()
        await floor.resume()
        let spoken = try await running
        #expect(output.calls == ["start", "piece 0", "piece 1", "pause", "resume", "piece 2", "drain"])
        #expect(spoken.heard == [0, 1, 2])
        #expect(spoken.kinds.filter { $0 == .paused || $0 == .resumed } == [.paused, .resumed])
        #expect(spoken.summary?.starvations == 0)
    }

    @Test("before any sound keeps the answer from beginning")
    func before() async throws {
        let (output, floor, log) = (FakeOutput(), Floor(.granted), EventLog())
        await floor.pause()
        async let running = Spoken.run(to: output, floor: floor, log: log, Spoken.texts([Self.three]))
        try await log.wait(for: .paused)
        try await log.waitUntilCut(2)
        #expect(output.calls.isEmpty)
        await floor.resume()
        #expect(try await running.heard == [0, 1, 2])
        #expect(try await running.kinds.contains(.resumed))
    }

    @Test("lasts while the floor is another's, and after")
    func withdrawn() async throws {
        let (output, floor, log) = (FakeOutput(audible: 1), Floor(.granted), EventLog())
        async let running = Spoken.run(to: output, floor: floor, log: log, Spoken.texts([Self.three]))
        try await log.waitUntilSynthesized(1)
        await floor.pause()
        await floor.withdraw()
        #expect(try await Spoken.run(to: output, Spoken.texts(["Four is here."])).heard == [0])
        #expect(output.violations.isEmpty)
        let calls = output.calls
        floor.grant()
        #expect(output.calls == calls)
        await floor.resume()
        let spoken = try await running
        #expect(spoken.heard == [0, 1, 2])
        #expect(output.calls.dropFirst(calls.count).first == "start")
        #expect(spoken.kinds.filter { $0 == .paused || $0 == .resumed } == [.paused, .resumed])
    }

    @Test("holds back the end, too")
    func draining() async throws {
        let (output, floor, log) = (FakeOutput(audible: 0), Floor(.granted), EventLog())
        async let running = Spoken.run(to: output, floor: floor, log: log, Spoken.texts(["One is here."]))
        try await log.waitUntilSynthesized(0)
        await floor.pause()
        output.hear(.max)
        await floor.resume()
        #expect(try await running.ending == .finished)
        #expect(output.calls == ["start", "piece 0", "pause", "resume", "drain"])
    }

    @Test("ends with a stop, and is not left to who uses the output next")
    func stopped() async throws {
        let (output, floor, log) = (FakeOutput(audible: 1), Floor(.granted), EventLog())
        let spoken = try await Spoken.stopped {
            try await Spoken.run(to: output, floor: floor, log: log, Spoken.texts([Self.three]))
        } when: {
            try await log.waitUntilSynthesized(1)
            await floor.pause()
        }
        #expect(spoken.ending == .stopped)
        #expect(try await Spoken.run(to: output, Spoken.texts(["Four is here."])).heard == [0])
        #expect(output.violations.isEmpty)
    }

    @Test("that comes as the answer ends is not left behind either", arguments: 0..<50)
    func late(yields: Int) async throws {
        let (output, floor, log) = (FakeOutput(), Floor(.granted), EventLog())
        async let running = Spoken.run(to: output, floor: floor, log: log, Spoken.texts(["One is here."]))
        try await log.waitUntilSynthesized(0)
        for _ in 0..<yields { await Task.yield() }
        await floor.pause()
        await floor.resume()
        #expect(try await running.ending == .finished)
        #expect(try await Spoken.run(to: output, Spoken.texts(["Two is here."])).heard == [0])
        #expect(output.violations.isEmpty)
    }
}
