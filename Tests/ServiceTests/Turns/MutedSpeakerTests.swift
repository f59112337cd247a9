import Channels
// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import LanguageModel
import Pipeline
import Service
import TestSupport
import Testing
import Utterance

@Suite("The speaker that is not to speak", .timeLimit(.minutes(2)))
struct MutedSpeakerTests {
    @Test("lets one answer only as text that is not to be spoken, beside one that is")
    func silent() async throws {
        try await Stage.with(model: Stage.endless) { stage in
            let spoken = try await stage.speaker.ask(AskRequest(prompt: "Aloud.", session: "a"))
            try await stage.event("heard", of: spoken.answer)
            let text = Delivery(policy: .interrupt, speaks: false, wantsText: true)
            let silent = try await stage.speaker.say(
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

    @Test("is silent from the moment it is muted; the text goes on")
    func muting() async throws {
        let gate = Turnstile()
        let model: Stage.Model = { _, _, deliver in
            try await deliver(.text("Heard. "))
            try await gate.pass()
            try await deliver(.text("Only read."))
        }
        try await Stage.with(model: model) { stage in
            let admission = try await stage.speaker.ask(AskRequest(prompt: "?"))
            try await stage.event("heard", of: admission.answer)
            try await stage.speaker.changeControls { try $0.changed(by: ["muted": true]) }
            gate.open()
            let result = try await admission.result.value()
            #expect(result.ending == .finished)
            #expect(result.text == "Heard. Only read.")
            #expect(try await stage.events(of: admission.answer).count { $0 == "sound_start" } == 1)
            #expect(try await stage.event("controls").answer == nil)
        }
    }

    @Test("is muted for those who wait, too, and not for those who come later")
    func mutingOthers() async throws {
        try await Stage.with(model: Stage.endless) { stage in
            let delivery = Delivery(policy: .queue)
            let first = try await stage.speaker.ask(AskRequest(prompt: "One.", session: "a", delivery: delivery))
            try await stage.event("heard", of: first.answer)
            let second = try await stage.speaker.ask(AskRequest(prompt: "Two.", session: "b", delivery: delivery))
            async let muting: Void = stage.speaker.changeControls { try $0.changed(by: ["muted": true]) }
            async let unmuting: Void = stage.speaker.changeControls {
                try $0.changed(by: ["muted": false, "rate": 200])
            }
            _ = try await (muting, unmuting)
            try await stage.speaker.changeControls { try $0.changed(by: ["muted": false]) }
            let third = try await stage.speaker.ask(AskRequest(prompt: "Three.", session: "c", delivery: delivery))
            try await stage.event("heard", of: third.answer)
            #expect(await stage.speaker.status.speaking == third.answer)
            #expect(await stage.speaker.controls.rate == 200)
            #expect(try await !stage.events(of: second.answer).contains("sound_start"))
        }
    }
}
