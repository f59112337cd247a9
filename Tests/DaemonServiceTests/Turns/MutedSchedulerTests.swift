// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import LanguageModel
import Pipeline
import TestSupport
import Testing
import Utterance

@Suite("The muted scheduler", .timeLimit(.minutes(10)))
struct MutedSchedulerTests {
    @Test("lets one answer only as text that is not to be spoken, beside one that is")
    func silent() async throws {
        try await Stage.with(model: Stage.endless) { stage in
            let spoken = try await stage.scheduler.ask(AskRequest(prompt: "Aloud.", session: "a"))
            try await stage.event("heard", of: spoken.answer)
            let text = Delivery(policy: .interrupt, speaks: false, wantsText: true)
            let silent = try await stage.scheduler.say(
                { deliver in
                    try await deliver(.text("Read me."))
                    return nil
                }, preview: "Read me.", delivery: text)
            let result = try await silent.result.value()
            #expect(result.ending == .finished)
            #expect(result.text == "Read me.")
            #expect(try await !stage.events(of: silent.answer).contains("sound_start"))
            #expect(spoken.result.current == nil)
        }
    }

    @Test("goes on unheard from the moment it is muted, and aloud from the moment it is not")
    func muting() async throws {
        let (first, second) = (Turnstile(), Turnstile())
        let model: Stage.Model = { _, _, deliver in
            try await deliver(.text("One is heard. "))
            try await first.pass()
            try await deliver(.text("Two is not. "))
            try await second.pass()
            try await deliver(.text("Three is heard."))
        }
        let path = SoundWorld.shared.path("muted")
        try await Stage.with(device: "capture:\(path)", model: model) { stage in
            let admission = try await stage.scheduler.ask(AskRequest(prompt: "?"))
            try await stage.event("heard", of: admission.answer, holding: "\"index\":0")
            try await stage.scheduler.changeControls { try $0.changed(by: ["muted": true]) }
            #expect(try await stage.event("controls").answer == nil)
            first.open()
            try await stage.event("heard", of: admission.answer, holding: "\"index\":1")
            try await stage.scheduler.changeControls { try $0.changed(by: ["muted": false]) }
            second.open()
            let result = try await admission.result.value()
            #expect(result.ending == .finished)
            #expect(result.summary.heardEnd == result.text.utf8.count && !result.summary.isSilent)
            #expect(try await stage.events(of: admission.answer).count { $0 == "sound_start" } == 3)
        }
        let heard = SoundSamples.stretches(SoundSamples.decode(readFile(path) ?? []), gap: 2_500)
        #expect(heard.count == 2, "\(heard.map(\.samples.count))")
    }

    @Test("is muted for those who wait, too, who have their turns all the same")
    func mutingOthers() async throws {
        let path = SoundWorld.shared.path("muted")
        try await Stage.with(device: "capture:\(path)") { stage in
            try await stage.scheduler.changeControls { try $0.changed(by: ["muted": true]) }
            let delivery = Delivery(policy: .queue)
            let first = try await stage.scheduler.ask(AskRequest(prompt: "One.", session: "a", delivery: delivery))
            let second = try await stage.scheduler.ask(AskRequest(prompt: "Two.", session: "b", delivery: delivery))
            #expect(try await first.result.value().ending == .finished)
            #expect(try await second.result.value().summary.heardEnd == 4)
            #expect(readFile(path)?.allSatisfy { $0 == 0 } == true)
            async let rate: Void = stage.scheduler.changeControls { try $0.changed(by: ["rate": 200]) }
            async let unmuting: Void = stage.scheduler.changeControls { try $0.changed(by: ["muted": false]) }
            _ = try await (rate, unmuting)
            let third = try await stage.scheduler.ask(AskRequest(prompt: "Three.", session: "c", delivery: delivery))
            #expect(try await third.result.value().ending == .finished)
            #expect(await stage.scheduler.controls.rate == 200)
            #expect(readFile(path)?.allSatisfy { $0 == 0 } == false)
        }
    }
}
