// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import LanguageModel
import Pipeline
import Testing

@Suite("A pause of the voice", .timeLimit(.minutes(10)))
struct PauseTests {
    private func alarm(_ stage: Stage, after gate: Turnstile? = nil) async throws -> Admission {
        try await stage.scheduler.say(
            { deliver in
                try await gate?.pass()
                try await deliver(.text("The door."))
                return nil
            }, preview: "The door.", delivery: Delivery(policy: .queue, priority: .important))
    }

    @Test("holds for an important one that comes meanwhile, and for the one that it cut", arguments: 1...10)
    func important(_: Int) async throws {
        try await Stage.with(model: Stage.endless) { stage in
            let long = try await stage.scheduler.ask(AskRequest(prompt: "First sentence. Second sentence."))
            try await stage.event("heard", of: long.answer)
            #expect(await stage.scheduler.pause() == long.answer)
            let alarm = try await alarm(stage)
            try await stage.event("paused", of: alarm.answer)
            #expect(await stage.scheduler.status.isPaused)
            #expect(try await !stage.events(of: alarm.answer).contains("sound_start"))
            #expect(await stage.scheduler.resume() == alarm.answer)
            #expect(try await alarm.result.value().ending == .finished)
            try await stage.event("resumed", of: long.answer)
            #expect(await !stage.scheduler.status.isPaused)
        }
    }

    @Test("that meets an answer which is just falling silent holds for the next one", arguments: 1...20)
    func withdrawing(_: Int) async throws {
        let gate = Turnstile()
        try await Stage.with(model: Stage.endless) { stage in
            let long = try await stage.scheduler.ask(AskRequest(prompt: "First sentence. Second sentence."))
            try await stage.event("sound_start", of: long.answer)
            let alarm = try await alarm(stage, after: gate)
            #expect(await stage.scheduler.pause() != nil)
            gate.open()
            try await stage.event("paused", of: alarm.answer)
            #expect(try await !stage.events(of: alarm.answer).contains("sound_start"))
            _ = await stage.scheduler.resume()
            #expect(try await alarm.result.value().ending == .finished)
        }
    }

    @Test("ends when nothing is left to be spoken")
    func over() async throws {
        try await Stage.with { stage in
            let first = try await stage.scheduler.say(
                { deliver in
                    try await deliver(.text("One."))
                    try await Promise<Void>().value()
                    return nil
                }, preview: "One.", delivery: Delivery(policy: .queue))
            _ = await stage.scheduler.pause()
            await stage.scheduler.stop()
            _ = try await first.result.value()
            let second = try await stage.scheduler.ask(AskRequest(prompt: "Two."))
            #expect(try await second.result.value().ending == .finished)
            #expect(await stage.scheduler.pause() == nil)
        }
    }
}
