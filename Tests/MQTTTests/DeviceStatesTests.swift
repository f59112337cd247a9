// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Pipeline
import Testing
import Utterance

@testable import MQTT

@Suite("What the device's topics say")
struct DeviceStatesTests {
    private static func event(_ kind: Event.Kind, of answer: String = "a1") -> DeviceEvent {
        .answer(Event(answer: answer, sequence: 0, milliseconds: 0, kind: kind))
    }

    private static func queued(session: String? = "default", prompt: String = "Why?") -> DeviceEvent {
        .queued(.init(answer: "a1", session: session, prompt: prompt, priority: .normal, ahead: 0))
    }

    private static func piece(_ index: Int, _ text: String) -> DeviceEvent {
        event(.piece(index: index, text: text, spoken: text, voice: "en-us", start: 0, end: 1))
    }

    private static func status(
        speaking: String? = nil, paused: Bool = false, controls: Controls = Controls(), missing: Notice? = nil
    ) -> DaemonStatus {
        DaemonStatus(
            speaking: speaking, paused: paused, waiting: [], suspended: [], controls: controls,
            configured: .init(volume: 100, rate: 175, voice: "auto"), sessions: 0, model: nil, modelServer: nil,
            speaker: nil, missing: missing, version: "1", uptime: 0, finished: 0, stopped: 0, failed: 0)
    }

    private static func member(_ states: DeviceStates, _ name: DeviceStates.Name, _ key: String) -> String? {
        let bytes = Array((states.values[name] ?? "").utf8)
        return (try? JSON.object(bytes))?[key]?.text
    }

    @Test("Sound from another program counts as speaking, though without text; a refused announcement changes nothing")
    func sound() {
        var states = DeviceStates()
        _ = states.note(Self.queued(session: nil, prompt: "Sound"))
        states.set(Self.status(speaking: "a1"), persona: "story")
        #expect(states.values[.state] == "thinking")
        #expect(states.note(Self.event(.soundStart(index: 0))) == nil)
        let fault = Fault(.quietHours, "It is quiet.")
        #expect(states.note(.refused(.init(prompt: "Hi", priority: .normal, reason: fault))) == nil)
        states.set(Self.status(speaking: "a1"), persona: "story")
        #expect(states.values[.state] == "speaking" && states.values[.heard] == nil)
        #expect(Self.member(states, .fault, "code") == "none")
    }

    @Test("A question, its answer as it is heard, and the end")
    func answer() {
        var states = DeviceStates()
        let started = states.note(Self.queued())
        #expect(started?["event_type"] == "started" && started?["question"] == "Why?")
        #expect(started?["priority"] == "normal")
        #expect(Self.member(states, .question, "text") == "Why?")
        states.set(Self.status(speaking: "a1"), persona: "story")
        #expect(states.values[.state] == "thinking")
        for text in ["One. ", "Two."] { #expect(states.note(Self.event(.text(text))) == nil) }
        _ = states.note(Self.piece(0, "One."))
        _ = states.note(Self.piece(1, "Two."))
        #expect(states.values[.heard] == nil)
        _ = states.note(Self.event(.soundStart(index: 0)))
        #expect(Self.member(states, .heard, "text") == "One.")
        states.set(Self.status(speaking: "a1"), persona: "story")
        #expect(states.values[.state] == "speaking")
        _ = states.note(Self.event(.heard(index: 0)))
        _ = states.note(Self.event(.soundStart(index: 1)))
        #expect(Self.member(states, .heard, "text") == "Two.")
        #expect(Self.member(states, .heard, "so_far") == "One. Two.")
        var summary = Event.Summary()
        summary.firstSound = .milliseconds(412)
        let finished = states.note(Self.event(.finished(summary)))
        #expect(finished?["event_type"] == "finished" && finished?["text"] == "One. Two.")
        #expect(finished?["first_sound_ms"] == 412)
        #expect(Self.member(states, .answer, "text") == "One. Two.")
        #expect(Self.member(states, .answer, "ending") == "finished")
        #expect(states.values[.firstSound] == "412")
        states.set(Self.status(), persona: "story")
        #expect(states.values[.state] == "idle")
        #expect(states.values[.persona] == "story")
    }

    @Test("Of an answer that was stopped, what was heard is told, too")
    func stopped() {
        var states = DeviceStates()
        for event in [
            Self.queued(), Self.event(.text("One. Two.")), Self.piece(0, "One."), Self.event(.soundStart(index: 0)),
            Self.event(.heard(index: 0)),
        ] { _ = states.note(event) }
        #expect(states.note(Self.event(.stopped(.init())))?["event_type"] == "stopped")
        #expect(Self.member(states, .answer, "ending") == "stopped")
        #expect(Self.member(states, .answer, "heard") == "One.")
    }

    @Test("A text that is said is no question, and leaves the last answer as it is")
    func said() {
        var states = DeviceStates()
        let started = states.note(Self.queued(session: nil, prompt: "Dinner."))
        #expect(started?["event_type"] == "started" && started?["question"] == nil)
        _ = states.note(Self.event(.finished(.init())))
        #expect(states.values[.question] == nil && states.values[.answer] == nil)
        #expect(states.values[.firstSound] == nil)
    }

    @Test("Reasoning that was taken for text is not told")
    func discarded() {
        var states = DeviceStates()
        for event in [Self.queued(), Self.event(.text("Hm. ")), Self.event(.discard), Self.event(.text("Yes."))] {
            _ = states.note(event)
        }
        #expect(states.note(Self.event(.finished(.init())))?["text"] == "Yes.")
    }

    @Test("A fault stays until an answer is heard; of the speaker's, until it is back")
    func faults() {
        var states = DeviceStates()
        states.set(Self.status(), persona: "assistant")
        #expect(Self.member(states, .fault, "code") == "none")
        _ = states.note(Self.queued())
        let failed = states.note(Self.event(.failed(Fault(.modelBusy, "Busy."), .init())))
        #expect(failed?["code"] == "model_busy" && failed?["message"] == "Busy.")
        #expect(Self.member(states, .fault, "code") == "model_busy")
        _ = states.note(Self.queued())
        _ = states.note(Self.event(.finished(.init())))
        #expect(Self.member(states, .fault, "code") == "none")
        _ = states.note(.speaker(Speaker(.muted, device: "default")))
        #expect(Self.member(states, .fault, "code") == "device_muted")
        _ = states.note(.speaker(Speaker(.audible, device: "default")))
        #expect(Self.member(states, .fault, "code") == "none")
        _ = states.note(Self.event(.notice(Notice("device_waiting", "Waiting."))))
        #expect(Self.member(states, .fault, "message") == "Waiting.")
        _ = states.note(Self.event(.notice(Notice("device_back", "Back."))))
        #expect(Self.member(states, .fault, "code") == "none")
        states.note(refusal: Notice("queue_full", "Full."))
        #expect(Self.member(states, .fault, "code") == "queue_full")
    }

    @Test("Controls are what is in force")
    func controls() throws {
        var states = DeviceStates()
        states.set(Self.status(), persona: "assistant")
        #expect(states.values[.volume] == "100" && states.values[.rate] == "175" && states.values[.voice] == "auto")
        #expect(states.values[.mute] == "OFF" && states.values[.pause] == "OFF")
        let controls = try Controls().changed(by: ["volume": 55, "rate": 200, "voice": "en", "muted": true])
        states.set(Self.status(speaking: "a1", paused: true, controls: controls), persona: "assistant")
        #expect(states.values[.volume] == "55" && states.values[.rate] == "200" && states.values[.voice] == "en")
        #expect(states.values[.mute] == "ON" && states.values[.pause] == "ON" && states.values[.state] == "paused")
    }

    @Test("Readiness says what is missing")
    func readiness() {
        var states = DeviceStates()
        states.set(Self.status(missing: Notice("model_loading", "Loading.")), persona: "assistant")
        #expect(Self.member(states, .ready, "state") == "OFF")
        #expect(Self.member(states, .ready, "missing") == "Loading.")
        states.set(Self.status(), persona: "assistant")
        #expect(Self.member(states, .ready, "state") == "ON")
    }

    @Test("However long a text is, its attributes have no more than Home Assistant's recorder stores")
    func bounds() {
        var states = DeviceStates()
        let long = String(repeating: "好", count: 20_000)
        _ = states.note(Self.queued(prompt: long))
        _ = states.note(Self.piece(0, long))
        for _ in 0..<3 {
            _ = states.note(Self.event(.text(long)))
            _ = states.note(Self.event(.soundStart(index: 0)))
        }
        _ = states.note(Self.event(.heard(index: 0)))
        _ = states.note(Self.event(.stopped(.init())))
        #expect(states.values.values.allSatisfy { $0.utf8.count <= 16_384 })
        #expect(Self.member(states, .question, "text")?.hasSuffix("好…") == true)
        #expect(Self.member(states, .answer, "text")?.hasSuffix("好…") == true)
    }

    @Test("What is said in a room is not kept by the broker")
    func retained() {
        let kept = DeviceStates.Name.allCases.filter(\.isRetained)
        #expect(Set(DeviceStates.Name.allCases).subtracting(kept) == [.heard, .question, .answer])
    }

    @Test("Events that are lost to a slow reader leave nothing behind")
    func missed() {
        var states = DeviceStates()
        _ = states.note(Self.queued())
        _ = states.note(.missed(.init(count: 7)))
        #expect(states.note(Self.event(.finished(.init()))) == nil)
        states.set(Self.status(speaking: "a2"), persona: "assistant")
        #expect(states.values[.state] == "speaking")
    }
}
