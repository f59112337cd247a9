// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import Glibc
import LanguageModel
import Pipeline
import Speech
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import DaemonService

@Suite("The scheduler", .timeLimit(.minutes(10)))
struct SpeechSchedulerTests {
    @Test("speaks what it is asked, and tells of it from the request to the end")
    func asking() async throws {
        try await Stage.with { stage in
            let admission = try await stage.scheduler.ask(AskRequest(prompt: "One sentence. And another one."))
            let result = try await admission.result.value()
            #expect(result.ending == .finished)
            #expect(result.text == "One sentence. And another one.")
            #expect(result.summary.pieces == 2)
            let events = try await stage.events(of: admission.answer)
            #expect(events.first == "queued")
            #expect(events.dropFirst().first == "accepted")
            #expect(events.last == "finished")
            #expect(events.count { $0 == "heard" } == 2)
            #expect(await stage.scheduler.status.counts.finished == 1)
        }
    }

    @Test("counts the sound of answers that wait, and none of text that is only read")
    func queuedSound() async throws {
        try await Stage.with(model: Stage.endless) { stage in
            #expect(await stage.scheduler.queuedSound == QueuedSound())
            let silent = try await stage.scheduler.ask(
                AskRequest(prompt: "Nobody hears this. Or that.", session: "a", delivery: Delivery(speaks: false)))
            try await stage.event("piece", of: silent.answer)
            #expect(await stage.scheduler.queuedSound == QueuedSound())
            let speaking = try await stage.scheduler.ask(
                AskRequest(prompt: "One. Two.", session: "b", delivery: Delivery(priority: .important)))
            try await stage.event("heard", of: speaking.answer)
            let waiting = try await stage.scheduler.ask(
                AskRequest(
                    prompt: "It waits. So does this. And this.", session: "c",
                    delivery: Delivery(priority: .important)))
            // By its second piece, the first is in the queue.
            try await stage.event("piece", of: waiting.answer, holding: "So does")
            #expect(await stage.scheduler.queuedSound.speech > .zero)
            await stage.scheduler.stop()
            _ = try await waiting.result.value()
            _ = try await speaking.result.value()
            #expect(await stage.scheduler.queuedSound == QueuedSound())
        }
    }

    @Test("tells who waits for a model's answer that it takes long")
    func thinking() async throws {
        let turnstile = Turnstile()
        let model: Stage.Model = { _, _, deliver in
            try await turnstile.pass()
            try await deliver(.text("Now."))
        }
        try await Stage.with(stillThinking: .milliseconds(1), model: model) { stage in
            let asked = try await stage.scheduler.ask(AskRequest(prompt: "Why?"))
            try await stage.event("signal_end", of: asked.answer)
            turnstile.open()
            #expect(try await asked.result.value().text == "Now.")
            let relayed = try await stage.scheduler.relay(
                { deliver in
                    try await stage.event("signal_end", holding: "thinking")
                    try await deliver(.text("Now."))
                    return nil
                }, prompt: "Why?", delivery: Delivery(policy: .queue))
            #expect(try await relayed.result.value().ending == .finished)
        }
    }

    @Test("says the same fault once in a while, over all answers")
    func faults() async throws {
        let fault = Fault(.modelUnreachable, "Gone.")
        try await Stage.with(model: { _, _, _ in throw fault }) { stage in
            for signals in [1, 0] {
                let asked = try await stage.scheduler.ask(AskRequest(prompt: "Why?"))
                #expect(try await asked.result.value().ending == .failed(fault))
                #expect(try await stage.events(of: asked.answer).count { $0 == "signal" } == signals)
            }
        }
    }

    @Test("falls silent for one that interrupts; the model is told what was heard, and that it was cut")
    func interrupting() async throws {
        let histories = Mutex<[String]>([])
        let model: Stage.Model = { prompt, history, deliver in
            histories.withLock { $0 = history.map(\.content) }
            try await deliver(.text("This was heard. "))
            guard prompt == "first" else { return }
            try await Promise<Void>().value()
        }
        try await Stage.with(model: model) { stage in
            let first = try await stage.scheduler.ask(AskRequest(prompt: "first"))
            try await stage.event("heard", of: first.answer)
            let second = try await stage.scheduler.ask(AskRequest(prompt: "second"))
            #expect(try await first.result.value().ending == .stopped)
            #expect(try await second.result.value().ending == .finished)
            #expect(histories.withLock { $0 } == ["first", "This was heard. … [interrupted]"])
        }
    }

    @Test("makes the next answer while one is heard, and speaks them one after the other")
    func queueing() async throws {
        let model: Stage.Model = { prompt, _, deliver in try await deliver(.text("\(prompt) speaks.")) }
        try await Stage.with(model: model) { stage in
            let delivery = Delivery(policy: .queue)
            let first = try await stage.scheduler.ask(AskRequest(prompt: "One", session: "a", delivery: delivery))
            let second = try await stage.scheduler.ask(AskRequest(prompt: "Two", session: "b", delivery: delivery))
            #expect(try await first.result.value().ending == .finished)
            #expect(try await second.result.value().ending == .finished)
            let end = try await stage.event("heard", of: first.answer).position
            #expect(try await stage.event("sound_start", of: second.answer).position > end)
        }
    }

    @Test("lets an important one speak at once, and goes on with the sentence that was cut")
    func important() async throws {
        try await Stage.with(model: Stage.endless) { stage in
            let long = try await stage.scheduler.ask(AskRequest(prompt: "First sentence. Second sentence."))
            try await stage.event("heard", of: long.answer)
            let alarm = try await stage.scheduler.say(
                { deliver in
                    try await deliver(.text("The door."))
                    return nil
                }, preview: "The door.", delivery: Delivery(policy: .queue, priority: .important))
            #expect(try await alarm.result.value().ending == .finished)
            #expect(long.result.current == nil)
            _ = await stage.scheduler.stop(long.answer)
            #expect(try await long.result.value().ending == .stopped)
        }
    }

    @Test("stops one by its name, or all")
    func stopping() async throws {
        try await Stage.with(model: Stage.endless) { stage in
            let delivery = Delivery(policy: .queue)
            let answers = [
                try await stage.scheduler.ask(AskRequest(prompt: "One.", session: "a", delivery: delivery)),
                try await stage.scheduler.ask(AskRequest(prompt: "Two.", session: "b", delivery: delivery)),
                try await stage.scheduler.ask(AskRequest(prompt: "Three.", session: "c", delivery: delivery)),
            ]
            #expect(await stage.scheduler.stop("nobody") == [])
            #expect(await stage.scheduler.stop(answers[1].answer) == [answers[1].answer])
            #expect(try await answers[1].result.value().ending == .stopped)
            #expect(await stage.scheduler.stop() == [answers[0].answer, answers[2].answer])
            for answer in answers { #expect(try await answer.result.value().ending == .stopped) }
        }
    }

    @Test("keeps of a long answer that is not spoken what its client and the conversation want, and no more")
    func longText() async throws {
        let model: Stage.Model = { _, _, deliver in
            for _ in 0..<1000 { try await deliver(.text(String(repeating: "It is so. ", count: 50))) }
        }
        try await Stage.with(model: model) { stage in
            var kept: [Int] = []
            for (session, wantsText) in [("follows", false), ("reads", true)] {
                let delivery = Delivery(policy: .queue, speaks: false, wantsText: wantsText)
                let asked = try await stage.scheduler.ask(AskRequest(prompt: "?", session: session, delivery: delivery))
                let result = try await asked.result.value()
                #expect(result.summary.textBytes == 500_000)
                kept.append(result.text.utf8.count)
            }
            #expect(kept[0] < 20_000)
            #expect(kept[1] == 500_000)
            let follows = await stage.scheduler.session(named: "follows")?.conversation
            #expect(follows?.exchanges.count == 1)
            #expect(follows == (await stage.scheduler.session(named: "reads")?.conversation))
            let said = try await stage.scheduler.say(
                { deliver in
                    try await model("", [], deliver)
                    return nil
                }, preview: "", delivery: Delivery(policy: .queue, speaks: false))
            #expect(try await said.result.value().text.isEmpty)
        }
    }

    @Test("has done with an answer when its result is there: the floor is free, the conversation knows of it")
    func resultIsLast() async throws {
        try await Stage.with { stage in
            for number in 1...20 {
                let admission = try await stage.scheduler.ask(
                    AskRequest(prompt: "One.", session: "s", delivery: Delivery(policy: .reject)))
                _ = try await admission.result.value()
                #expect(await stage.scheduler.status.speaking == nil)
                #expect(await stage.scheduler.session(named: "s")?.conversation.exchanges.count == min(number, 10))
            }
        }
    }

    @Test("has done with an answer when its last event is there: one that would not wait is taken")
    func lastEventIsLast() async throws {
        try await Stage.with { stage in
            for _ in 1...100 {
                let admission = try await stage.scheduler.ask(
                    AskRequest(prompt: "One.", delivery: Delivery(policy: .reject)))
                try await stage.event("finished", of: admission.answer)
            }
        }
    }

    @Test("refuses what can't be asked, before anything else falls silent")
    func refusing() async throws {
        try await Stage.with(model: Stage.endless) { stage in
            let first = try await stage.scheduler.ask(AskRequest(prompt: "One."))
            await #expect(throws: Fault.self) {
                try await stage.scheduler.ask(AskRequest(prompt: "Two.", persona: "nobody"))
            }
            await #expect(throws: Fault.self) {
                try await stage.scheduler.ask(AskRequest(prompt: "Two.", session: ""))
            }
            #expect(await stage.scheduler.status.speaking == first.answer)
        }
    }

    @Test("says in the answer's own events that its voice is none")
    func unknownVoice() async throws {
        try await Stage.with { stage in
            let delivery = Delivery(policy: .interrupt, voice: "nobody")
            let admission = try await stage.scheduler.ask(AskRequest(prompt: "One.", delivery: delivery))
            guard case .failed(let fault) = try await admission.result.value().ending else {
                Issue.record("no fault")
                return
            }
            #expect(fault.code == .voiceUnknown)
        }
    }

    @Test("speaks as it is told while an answer's voice is being started")
    func changeAtTheStart() async throws {
        try await Stage.with { stage in
            let (end, otherEnd) = Self.makePipe()
            let held = Promise<Void>()
            async let _ = Self.holdSpeechThread(until: end, held)
            try await held.value()
            let first = try await stage.scheduler.ask(AskRequest(prompt: "One sentence."))
            try await stage.scheduler.changeControls { try $0.changed(by: ["rate": 100]) }
            close(otherEnd)
            let second = try await stage.scheduler.ask(
                AskRequest(prompt: "One sentence.", delivery: Delivery(policy: .queue)))
            let sounds = (try await first.result.value().summary.sound, try await second.result.value().summary.sound)
            // eSpeak NG is not exact to the sample; at 300 words per minute it would be a third.
            #expect(sounds.0 > sounds.1 * 0.9 && sounds.1 > .zero, "\(sounds)")
        }
    }

    private static func makePipe() -> (CInt, CInt) {
        var ends: [CInt] = [0, 0]
        unsafe pipe(&ends)
        return (ends[0], ends[1])
    }

    /// Holds it until the pipe's other end is closed.
    @SpeechThread
    private static func holdSpeechThread(until pipe: CInt, _ held: Promise<Void>) {
        held.fulfill(())
        var byte: UInt8 = 0
        unsafe read(pipe, &byte, 1)
        close(pipe)
    }

    @Test("stops everything when it ends, and takes nothing more")
    func ending() async throws {
        let kept = Mutex<(SpeechScheduler, Admission)?>(nil)
        try await Stage.with(model: Stage.endless) { stage in
            let admission = try await stage.scheduler.ask(AskRequest(prompt: "One."))
            try await stage.event("sound_start", of: admission.answer)
            kept.withLock { $0 = (stage.scheduler, admission) }
        }
        let (scheduler, admission) = try #require(kept.withLock { $0 })
        #expect(admission.result.current?.ending == .stopped)
        await #expect(throws: Fault.self) { try await scheduler.ask(AskRequest(prompt: "Two.")) }
    }
}
