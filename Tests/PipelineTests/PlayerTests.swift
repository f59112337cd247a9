// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Playback
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import Pipeline

@Suite("An answer that is not selected", .timeLimit(.minutes(10))) struct PlayerTests {
    private static let three = "One is here. Two is here. Three is here."

    @Test("is received and cut, without using voice or output; once selected, it is spoken")
    func waiting() async throws {
        let (output, log) = (FakeOutput(), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            async let spoken = Spoken.run(by: player, isSelected: false, log: log, Spoken.texts([Self.three]))
            try await log.waitUntilCut(2)
            #expect(output.calls.isEmpty)
            player.select(try await log.queue.value())
            return try await spoken
        }
        #expect(spoken.ending == .finished)
        #expect(spoken.heard == [0, 1, 2])
        #expect(spoken.summary?.isSilent == false)
        #expect(output.calls == ["start", "piece 0", "piece 1", "piece 2", "drain"])
    }

    @Test("counts as sound that waits for the voice and, once selected, as sound that waits for its listener")
    func queuedSound() async throws {
        let (output, log) = (FakeOutput(audible: 1), EventLog())
        try await Spoken.withPlayer(to: output) { player in
            async let spoken = Spoken.run(by: player, isSelected: false, log: log, Spoken.texts([Self.three]))
            try await log.waitUntilCut(2)
            let queue = try await log.queue.value()
            let all = queue.unspoken
            #expect(all > .zero && queue.unheard == .zero)
            player.select(queue)
            try await log.waitUntilSynthesized(1)
            #expect(queue.unspoken > .zero && queue.unspoken < all)
            #expect(queue.unheard == output.ahead && queue.unheard > .zero)
            output.hear(.max)
            #expect(try await spoken.ending == .finished)
            #expect(queue.unspoken == .zero && queue.unheard == .zero)
        }
    }

    @Test("is cut into whole sentences, since nobody is waiting for its sound", arguments: [false, true])
    func sentences(isSilent: Bool) async throws {
        let (log, half) = (EventLog(), "Well my friends, this is what happened, ")
        let first = try await Spoken.run(Spoken.texts([half, "and so it was."]))
        #expect(first.pieces.first == "Well my friends, this is what happened,")
        let spoken = try await Spoken.withPlayer(to: FakeOutput()) { player in
            async let spoken = Spoken.run(
                by: player, isSilent: isSilent, isSelected: false, log: log, Spoken.texts([half, "and so it was."]))
            try await log.waitUntilCut(0)
            if !isSilent { player.select(try await log.queue.value()) }
            return try await spoken
        }
        #expect(spoken.pieces == [half + "and so it was."])
    }

    @Test("any more leaves the output to another, and continues at the beginning of the piece that was cut")
    func sharing() async throws {
        let output = FakeOutput(audible: 1)
        let (log, otherLog) = (EventLog(), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            async let interrupted = Spoken.run(by: player, log: log, Spoken.texts([Self.three]))
            try await log.wait(for: .heard(index: 0))
            try await log.waitUntilSynthesized(1)
            async let interrupting = Spoken.run(by: player, log: otherLog, Spoken.texts(["Four is here."]))
            #expect(try await interrupting.heard == [0])
            player.select(try await log.queue.value())
            return try await interrupted
        }
        #expect(
            output.calls == [
                "start", "piece 0", "piece 1", "drop", "start", "piece 0", "drain", "start", "piece 1", "piece 2",
                "drain",
            ])
        #expect(output.violations.isEmpty)
        #expect(spoken.ending == .finished)
        #expect(spoken.heard == [0, 1, 2])
        #expect(spoken.synthesized == [0, 1, 1, 2])
        #expect(spoken.summary?.pieces == 3)
        #expect(spoken.summary?.heardEnd == Self.three.utf8.count)
    }

    @Test("loses no piece and hears none twice, however often and wherever it is cut", arguments: 0..<20)
    func cuts(seed: Int) async throws {
        let count = 10
        let text = (0..<count).map { "Number \($0) is here. " }.joined()
        let (output, log) = (FakeOutput(audible: 1), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            async let running = Spoken.run(by: player, log: log, Spoken.texts([text]))
            let queue = try await log.queue.value()
            for step in 0..<8 {
                let made = log.kinds.count { if case .synthesized = $0 { true } else { false } }
                switch (seed + step) % 4 {
                case 0: await player.pause()
                case 1: player.select(nil)
                case 2:
                    player.select(nil)
                    player.select(queue)
                default: player.restart(queue)
                }
                output.hear(output.begun.count + (seed * 7 + step) % 3)
                player.select(queue)
                await player.resume()
                // Some of the cuts come while a piece is being synthesized, some before.
                if seed % 2 == 0, made < count { try await log.wait(for: made + 1) { $0.isSynthesized } }
            }
            output.hear(.max)
            return try await running
        }
        #expect(spoken.ending == .finished)
        #expect(spoken.heard == Array(0..<count))
        #expect(spoken.summary?.pieces == count)
        #expect(output.violations.isEmpty)
        #expect(try await Spoken.run(to: output, Spoken.texts(["Another."])).heard == [0])
        #expect(output.violations.isEmpty)
    }

    @Test("any more also gives way while its device is being opened, as it does to a stop")
    func opening() async throws {
        let gate = Gate()
        let (output, log) = (FakeOutput(opensAfter: gate), EventLog())
        try await Spoken.withPlayer(to: output) { player in
            async let running = Spoken.run(by: player, log: log, Spoken.texts([Self.three]))
            try await output.isOpening.opened()
            player.select(nil)
            try await output.waitUntilCalled("drop")
            #expect(output.calls == ["start", "drop"])
            gate.open()
            player.select(try await log.queue.value())
            #expect(try await running.heard == [0, 1, 2])
        }
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

    @Test("is stopped without touching the output, which may be another's")
    func stoppedWaiting() async throws {
        let (output, log) = (FakeOutput(), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            try await Spoken.stopped {
                try await Spoken.run(by: player, isSelected: false, log: log, Spoken.texts([Self.three]))
            } when: {
                try await log.waitUntilCut(2)
            }
        }
        #expect(spoken.ending == .stopped)
        #expect(output.calls.isEmpty)
    }

    @Test("any more is stopped the same way; what was heard before counts")
    func stoppedLater() async throws {
        let (output, log) = (FakeOutput(audible: 1), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            try await Spoken.stopped {
                try await Spoken.run(by: player, log: log, Spoken.texts([Self.three]))
            } when: {
                try await log.wait(for: .heard(index: 0))
                player.select(nil)
                try await output.waitUntilCalled("drop")
            }
        }
        #expect(spoken.ending == .stopped)
        #expect(output.drops == 1)
        #expect(spoken.summary?.heardEnd == "One is here.".utf8.count)
    }

    @Test("reports that something failed once it is selected, not before")
    func fault() async throws {
        let fault = Fault(.modelUnreachable, "Nobody there.")
        let (output, log) = (FakeOutput(), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            async let spoken = Spoken.run(by: player, isSelected: false, log: log) { deliver in
                try await deliver(.text("One."))
                throw fault
            }
            try await log.waitUntilCut(0)
            #expect(output.calls.isEmpty)
            player.select(try await log.queue.value())
            return try await spoken
        }
        #expect(spoken.ending == .failed(fault))
        #expect(spoken.signals == ["Sorry, I can't reach the language model."])
    }

    @Test("for a while doesn't sound longer because it was cut: what is said again doesn't count again")
    func longest() async throws {
        let source: Answer.Source = { deliver in
            while true { try await deliver(.text("This goes on and on. ")) }
        }
        let whole = try await Spoken.run(parameters: { $0.longestAnswer = .seconds(2) }, source)
        let (output, log) = (FakeOutput(audible: 1), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            async let running = Spoken.run(
                by: player, parameters: { $0.longestAnswer = .seconds(2) }, log: log, source)
            for heard in 1...3 {
                try await log.waitUntilSynthesized(heard)
                player.select(nil)
                try await output.waitUntilCalled("drop", times: heard)
                output.hear(output.begun.count + 1)
                player.select(try await log.queue.value())
            }
            output.hear(.max)
            return try await running
        }
        #expect(spoken.heard == whole.heard)
        #expect(spoken.notices == ["longest_answer"])
    }

    @Test("discards what turned out to be reasoning, and is spoken without it")
    func discarding() async throws {
        let (output, log) = (FakeOutput(), EventLog())
        let spoken = try await Spoken.withPlayer(to: output) { player in
            async let running = Spoken.run(by: player, isSelected: false, log: log) { deliver in
                try await deliver(.text("First I think. Then I think more. "))
                try await deliver(.text("</think>"))
                try await deliver(.text("The answer is four."))
                return ModelSummary(finish: .stop)
            }
            try await log.wait { if case .piece(let piece) = $0 { piece.text == "The answer is four." } else { false } }
            player.select(try await log.queue.value())
            return try await running
        }
        #expect(output.begun == [spoken.pieces.count - 1])
        #expect(spoken.ending == .finished)
    }
}

@Suite("A silent answer", .timeLimit(.minutes(10))) struct SilentAnswerTests {
    @Test("has only text and pieces: no device, no synthesis")
    func silent() async throws {
        let output = FakeOutput()
        let spoken = try await Spoken.run(to: output, isSilent: true, Spoken.texts(["One is here. Two is here."]))
        #expect(spoken.ending == .finished)
        #expect(spoken.pieces == ["One is here.", "Two is here."])
        #expect(spoken.synthesized.isEmpty)
        #expect(spoken.summary?.isSilent == true)
        #expect(output.calls.isEmpty)
    }

    @Test("fails without a spoken word")
    func fault() async throws {
        let fault = Fault(.modelUnreachable, "Nobody there.")
        let output = FakeOutput()
        let spoken = try await Spoken.run(to: output, isSilent: true) { _ in throw fault }
        #expect(spoken.ending == .failed(fault))
        #expect(spoken.pieces.isEmpty)
        #expect(output.calls.isEmpty)
    }

    @Test("is received to its end, however long it is")
    func long() async throws {
        let count = 2_000
        let spoken = try await Spoken.run(isSilent: true) { deliver in
            for _ in 0..<count { try await deliver(.text("This is one of many sentences. ")) }
            return ModelSummary(finish: .stop)
        }
        #expect(spoken.pieces.count == count)
    }
}

extension Event.Kind {
    fileprivate var isSynthesized: Bool { if case .synthesized = self { true } else { false } }
}
