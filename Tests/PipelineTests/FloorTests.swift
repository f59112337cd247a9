// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import TestSupport
import Testing
import Utterance

@Suite("An answer without the floor", .timeLimit(.minutes(3))) struct FloorTests {
    private static let three = "One is here. Two is here. Three is here."

    @Test("is received and cut, and touches neither voice nor output; granted, it is spoken")
    func waiting() async throws {
        let (output, floor, log) = (FakeOutput(), Floor(.waiting), EventLog())
        async let spoken = Spoken.run(to: output, floor: floor, log: log, Spoken.texts([Self.three]))
        try await log.waitUntilCut(2)
        #expect(output.calls.isEmpty)
        floor.grant()
        #expect(try await spoken.ending == .finished)
        #expect(try await spoken.heard == [0, 1, 2])
        #expect(try await spoken.summary?.isSilent == false)
        #expect(output.calls == ["start", "piece 0", "piece 1", "piece 2", "drain"])
    }

    @Test("is cut into whole sentences, since nobody waits for its sound", arguments: [Floor.State.waiting, .silent])
    func sentences(state: Floor.State) async throws {
        let (floor, log, half) = (Floor(state), EventLog(), "Well my friends, this is what happened, ")
        let first = try await Spoken.run(Spoken.texts([half, "and so it was."]))
        #expect(first.pieces.first == "Well my friends, this is what happened,")
        async let spoken = Spoken.run(floor: floor, log: log, Spoken.texts([half, "and so it was."]))
        try await log.waitUntilCut(0)
        floor.grant()
        #expect(try await spoken.pieces == [half + "and so it was."])
    }

    @Test("that is withdrawn leaves the output to another, and goes on at the beginning of the piece that was cut")
    func sharing() async throws {
        let output = FakeOutput(audible: 1)
        let (first, second) = (Floor(.granted), Floor(.waiting))
        let log = EventLog()
        async let interrupted = Spoken.run(to: output, floor: first, log: log, Spoken.texts([Self.three]))
        async let interrupting = Spoken.run(to: output, floor: second, Spoken.texts(["Four is here."]))
        try await log.wait(for: .heard(index: 0))
        try await log.waitUntilSynthesized(1)
        await first.withdraw()
        #expect(output.calls == ["start", "piece 0", "piece 1", "drop"])
        second.grant()
        #expect(try await interrupting.heard == [0])
        #expect(output.calls.dropFirst(4) == ["start", "piece 0", "drain"])
        first.grant()
        let spoken = try await interrupted
        #expect(output.calls.dropFirst(7) == ["start", "piece 1", "piece 2", "drain"])
        #expect(output.violations.isEmpty)
        #expect(spoken.ending == .finished)
        #expect(spoken.heard == [0, 1, 2])
        #expect(spoken.synthesized == [0, 1, 1, 2])
        #expect(spoken.summary?.pieces == 3)
        #expect(spoken.summary?.heardEnd == Self.three.utf8.count)
    }

    @Test("loses no piece and hears none twice, however often and wherever it is cut", arguments: 0..<20)
    func random(seed: Int) async throws {
        let count = 10
        let text = (0..<count).map { "Number \($0) is here. " }.joined()
        let output = FakeOutput(audible: 1)
        let (floor, log) = (Floor(.granted), EventLog())
        async let running = Spoken.run(to: output, floor: floor, log: log, Spoken.texts([text]))
        for step in 0..<8 {
            for _ in 0..<(seed * 7 + step * 13) % 40 { await Task.yield() }
            if (seed + step) % 3 == 0 { await floor.pause() }
            await floor.withdraw()
            output.hear(output.begun.count + (seed + step) % 3)
            floor.grant()
            await floor.resume()
        }
        output.hear(.max)
        let spoken = try await running
        #expect(spoken.ending == .finished)
        #expect(spoken.heard == Array(0..<count))
        #expect(spoken.summary?.pieces == count)
        #expect(output.violations.isEmpty)
        #expect(try await Spoken.run(to: output, Spoken.texts(["Another."])).heard == [0])
        #expect(output.violations.isEmpty)
    }

    @Test("gives way while its device is being opened, too; so it does to a stop")
    func opening() async throws {
        let gate = Gate()
        let (output, floor) = (FakeOutput(opensAfter: gate), Floor(.granted))
        async let running = Spoken.run(to: output, floor: floor, Spoken.texts([Self.three]))
        try await output.isOpening.opened()
        await floor.withdraw()
        #expect(output.calls == ["start", "drop"])
        gate.open()
        floor.grant()
        #expect(try await running.heard == [0, 1, 2])
        #expect(output.violations.isEmpty)

        let other = FakeOutput(opensAfter: Gate())
        let spoken = try await Spoken.stopped {
            try await Spoken.run(to: other, Spoken.texts([Self.three]))
        } when: {
            try await other.isOpening.opened()
        }
        #expect(spoken.ending == .stopped)
        #expect(other.calls == ["start", "drop"])
    }

    @Test("that has ended, or has not begun, gives way at once")
    func notRunning() async throws {
        let floor = Floor(.granted)
        await floor.withdraw()
        floor.grant()
        _ = try await Spoken.run(floor: floor, Spoken.texts([Self.three]))
        await floor.withdraw()
        await floor.pause()
        await floor.resume()
        await floor.silence()
        #expect(floor.state == .silent)
        floor.grant()
        #expect(floor.state == .silent)
    }

    @Test("is stopped without a touch of the output, which may be another's")
    func stoppedWaiting() async throws {
        let (output, log) = (FakeOutput(), EventLog())
        let spoken = try await Spoken.stopped {
            try await Spoken.run(to: output, floor: Floor(.waiting), log: log, Spoken.texts([Self.three]))
        } when: {
            try await log.waitUntilCut(2)
        }
        #expect(spoken.ending == .stopped)
        #expect(output.calls.isEmpty)
    }

    @Test("is stopped the same way when it had it before; what was heard until then counts")
    func stoppedWithdrawn() async throws {
        let (output, floor, log) = (FakeOutput(audible: 1), Floor(.granted), EventLog())
        let spoken = try await Spoken.stopped {
            try await Spoken.run(to: output, floor: floor, log: log, Spoken.texts([Self.three]))
        } when: {
            try await log.wait(for: .heard(index: 0))
            await floor.withdraw()
        }
        #expect(spoken.ending == .stopped)
        #expect(output.drops == 1)
        #expect(spoken.summary?.heardEnd == "One is here.".utf8.count)
    }

    @Test("says that something failed when it is granted, not before")
    func fault() async throws {
        let fault = Fault(.modelUnreachable, "Nobody there.")
        let (output, floor, log) = (FakeOutput(), Floor(.waiting), EventLog())
        async let spoken = Spoken.run(to: output, floor: floor, log: log) { deliver in
            try await deliver(.text("One."))
            throw fault
        }
        try await log.waitUntilCut(0)
        #expect(output.calls.isEmpty)
        floor.grant()
        #expect(try await spoken.ending == .failed(fault))
        #expect(try await spoken.signals == ["Sorry, I can't reach the language model."])
    }

    @Test("sounds no longer for having been cut: what is said again does not count again")
    func longest() async throws {
        let source: Answer.Source = { deliver in
            while true { try await deliver(.text("This goes on and on. ")) }
        }
        let whole = try await Spoken.run(parameters: { $0.longestAnswer = .seconds(2) }, source)
        let (output, floor, log) = (FakeOutput(audible: 1), Floor(.granted), EventLog())
        async let running = Spoken.run(
            to: output, parameters: { $0.longestAnswer = .seconds(2) }, floor: floor, log: log, source)
        for heard in 1...3 {
            try await log.waitUntilSynthesized(heard)
            await floor.withdraw()
            output.hear(output.begun.count + 1)
            floor.grant()
        }
        output.hear(.max)
        let spoken = try await running
        #expect(spoken.heard == whole.heard)
        #expect(spoken.notices == ["longest_answer"])
    }

    @Test("discards what turned out to be reasoning, and is spoken without it")
    func discarding() async throws {
        let (output, floor, log) = (FakeOutput(), Floor(.waiting), EventLog())
        async let running = Spoken.run(to: output, floor: floor, log: log) { deliver in
            try await deliver(.text("First I think. Then I think more. "))
            try await deliver(.text("</think>"))
            try await deliver(.text("The answer is four."))
            return ModelSummary(finish: .stop)
        }
        try await log.wait { if case .piece(let piece) = $0 { piece.text == "The answer is four." } else { false } }
        floor.grant()
        let spoken = try await running
        #expect(output.begun == [spoken.pieces.count - 1])
        #expect(spoken.ending == .finished)
    }
}

@Suite("An answer that is not to be heard", .timeLimit(.minutes(3))) struct SilentAnswerTests {
    @Test("is text and pieces alone: no device, no synthesis")
    func silent() async throws {
        let output = FakeOutput()
        let spoken = try await Spoken.run(
            to: output, floor: Floor(.silent), Spoken.texts(["One is here. Two is here."]))
        #expect(spoken.ending == .finished)
        #expect(spoken.pieces == ["One is here.", "Two is here."])
        #expect(spoken.synthesized.isEmpty)
        #expect(spoken.summary?.isSilent == true)
        #expect(output.calls.isEmpty)
    }

    @Test("fails without a word")
    func fault() async throws {
        let fault = Fault(.modelUnreachable, "Nobody there.")
        let output = FakeOutput()
        let spoken = try await Spoken.run(to: output, floor: Floor(.silent)) { _ in throw fault }
        #expect(spoken.ending == .failed(fault))
        #expect(spoken.pieces.isEmpty)
        #expect(output.calls.isEmpty)
    }

    @Test("any more is silent at once, and its text goes on to its end")
    func silenced() async throws {
        let (output, floor, log, gate) = (FakeOutput(audible: 1), Floor(.granted), EventLog(), Gate())
        async let running = Spoken.run(to: output, floor: floor, log: log) { deliver in
            try await deliver(.text("One is here. Two is here. Three"))
            try await gate.opened()
            try await deliver(.text(" is here."))
            return ModelSummary(finish: .stop)
        }
        try await log.wait(for: .heard(index: 0))
        try await log.waitUntilSynthesized(1)
        await floor.silence()
        #expect(output.calls == ["start", "piece 0", "piece 1", "drop"])
        gate.open()
        let spoken = try await running
        #expect(spoken.ending == .finished)
        #expect(spoken.pieces == ["One is here.", "Two is here.", "Three is here."])
        #expect(spoken.heard == [0])
        #expect(spoken.summary?.heardEnd == "One is here.".utf8.count)
        #expect(spoken.summary?.isSilent == true)
        #expect(output.drops == 1)
    }

    @Test("for having waited in vain is received to its end, however long it is")
    func long() async throws {
        let (floor, log) = (Floor(.waiting), EventLog())
        let count = 2_000
        async let running = Spoken.run(floor: floor, log: log) { deliver in
            for _ in 0..<count { try await deliver(.text("This is one of many sentences. ")) }
            return ModelSummary(finish: .stop)
        }
        try await log.waitUntilCut(20)
        await floor.silence()
        #expect(try await running.pieces.count == count)
    }
}
