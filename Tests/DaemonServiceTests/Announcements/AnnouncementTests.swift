// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import LanguageModel
import Pipeline
import Synchronization
import TestSupport
import Testing
import Utterance

@Suite("An announcement", .timeLimit(.minutes(10)))
struct AnnouncementTests {
    private static let nightly = AnnouncementRules(quietHours: QuietHours("22:00-07:00"), repeatAfter: .seconds(3_600))

    private static func at(_ time: String) -> @Sendable () -> TimeOfDay { { TimeOfDay(time) ?? .midnight } }

    private func signals(_ stage: Stage, of answer: String) async throws -> [String] {
        try await stage.events(of: answer).filter { ["signal", "signal_end", "sound_start"].contains($0) }
    }

    @Test("has the chime before its first sentence, where the rules say so")
    func chime() async throws {
        try await Stage.with(announcements: AnnouncementRules(chime: .important)) { stage in
            let say = { (text: String, delivery: Delivery) in
                let admission = try await stage.scheduler.say(text, delivery: delivery)
                #expect(try await admission.result.value().ending == .finished)
                return try await signals(stage, of: admission.answer)
            }
            let sentences = ["sound_start", "sound_start"]
            #expect(
                try await say("One. Two.", Delivery(priority: .important)) == ["signal", "signal_end"] + sentences)
            #expect(try await say("One. Two.", Delivery()) == sentences)
            var read = Delivery(priority: .important)
            read.isAnnouncement = false
            #expect(try await say("One. Two.", read) == sentences)
            let asked = try await stage.scheduler.ask(
                AskRequest(prompt: "One. Two.", delivery: Delivery(priority: .important)))
            _ = try await asked.result.value()
            #expect(try await signals(stage, of: asked.answer) == sentences)
        }
    }

    @Test("without anything to say has no chime")
    func nothing() async throws {
        try await Stage.with(announcements: AnnouncementRules(chime: .all)) { stage in
            let fault = Fault(.inputInvalid, "Not UTF-8.")
            let admission = try await stage.scheduler.say({ _ in throw fault }, preview: "", delivery: Delivery())
            #expect(try await admission.result.value().ending == .failed(fault))
            #expect(try await stage.events(of: admission.answer).contains("sound_start") == false)
            let blank = try await stage.scheduler.say("\u{200B}", delivery: Delivery())
            #expect(try await blank.result.value().ending == .finished)
            #expect(try await signals(stage, of: blank.answer) == [])
        }
    }

    @Test("that is sound has the chime before it, and is refused in quiet hours unless it is important")
    func sound() async throws {
        let rules = AnnouncementRules(chime: .important, quietHours: QuietHours("22:00-07:00"))
        try await Stage.with(announcements: rules, localTime: Self.at("23:30")) { stage in
            let left = Mutex(2)
            let source: Answer.SoundSource = {
                let isThere = left.withLock { left in
                    left -= 1
                    return left >= 0
                }
                return isThere ? PCMSound(SoundSamples.make(1, 2_205), PCMFormat(rate: 22_050)) : nil
            }
            let fault = try await #require(throws: Fault.self) {
                try await stage.scheduler.play(source, preview: "Sound", delivery: Delivery())
            }
            #expect(fault.code == .quietHours)
            let admission = try await stage.scheduler.play(
                source, preview: "Sound", delivery: Delivery(priority: .important))
            #expect(try await admission.result.value().ending == .finished)
            let signals = try await signals(stage, of: admission.answer)
            #expect(signals.starts(with: ["signal", "signal_end"]))
        }
    }

    @Test("that is not important is refused in quiet hours, and those who watch are told")
    func quietHours() async throws {
        try await Stage.with(announcements: Self.nightly, localTime: Self.at("23:30")) { stage in
            for priority in [Priority.normal, .progress] {
                let fault = try await #require(throws: Fault.self) {
                    try await stage.scheduler.say("Laundry \(priority).", delivery: Delivery(priority: priority))
                }
                #expect(fault.code == .quietHours)
                let event = try await stage.event("refused", holding: "Laundry \(priority.rawValue).")
                let json = String(decoding: event.json, as: UTF8.self)
                #expect(json.contains(#""code":"quiet_hours""#) && json.contains("until 07:00"))
            }
            let text = try await #require(throws: Fault.self) {
                try await stage.scheduler.say({ _ in nil }, preview: "", delivery: Delivery())
            }
            #expect(text.code == .quietHours)
            let alarm = try await stage.scheduler.say("Fire.", delivery: Delivery(priority: .important))
            #expect(try await alarm.result.value().ending == .finished)
        }
    }

    @Test("is all that quiet hours are about: answers, signals and what is only read are not refused")
    func others() async throws {
        try await Stage.with(announcements: Self.nightly, localTime: Self.at("00:00")) { stage in
            let scheduler = stage.scheduler
            var read = Delivery()
            read.isAnnouncement = false
            let admissions = [
                try await scheduler.ask(AskRequest(prompt: "One.")),
                try await scheduler.relay({ _ in nil }, prompt: "One.", delivery: Delivery(policy: .queue)),
                try await scheduler.signal(.announcement, delivery: Delivery(policy: .queue)),
                try await scheduler.say("One.", delivery: read),
                try await scheduler.say("One.", delivery: Delivery(speaks: false)),
            ]
            for admission in admissions { #expect(try await admission.result.value().ending == .finished) }
        }
    }

    @Test("that waits or was heard just now is not said again; the reply and the events say so")
    func repetition() async throws {
        let clock = ManualClock()
        try await Stage.with(clock: clock, announcements: Self.nightly, localTime: Self.at("12:00")) { stage in
            let say = { try await stage.scheduler.say("The door.", delivery: Delivery(priority: .important)) }
            let first = try await say()
            let second = try await say()
            #expect(first.notice == nil)
            #expect(second.notice?.code == "said_already")
            #expect(try await first.result.value().ending == .finished)
            let third = try await say()
            #expect(third.notice?.message.contains("1 s ago") == true)
            for admission in [second, third] {
                let result = try await admission.result.value()
                #expect(result.ending == .finished && result.text.isEmpty && result.summary.isSilent)
                #expect(
                    try await stage.events(of: admission.answer) == ["queued", "accepted", "notice", "finished"])
            }
            clock.advance(by: .seconds(3_600))
            let fourth = try await say()
            #expect(fourth.notice == nil)
            #expect(try await fourth.result.value().summary.pieces == 1)
        }
    }

    @Test("that was stopped is said when it comes again")
    func stopped() async throws {
        let rules = AnnouncementRules(repeatAfter: .seconds(3_600))
        try await Stage.with(model: Stage.endless, announcements: rules) { stage in
            let asked = try await stage.scheduler.ask(
                AskRequest(prompt: "One.", delivery: Delivery(priority: .important)))
            try await stage.event("heard", of: asked.answer)
            let first = try await stage.scheduler.say("The door.", delivery: Delivery())
            await stage.scheduler.stop(first.answer)
            let second = try await stage.scheduler.say("The door.", delivery: Delivery())
            #expect(second.notice == nil)
            await stage.scheduler.stop()
            _ = try await second.result.value()
        }
    }

    @Test("is said over HTTP by the same rules")
    func http() async throws {
        try await ServedStage.with(announcements: Self.nightly, localTime: Self.at("12:00")) { served in
            let say = { (more: String) in try await served.send("POST", "/v1/say", #"{"text":"The door."\#(more)}"#) }
            #expect(try await say("")["heard"] == "The door.")
            let again = try await say("")
            #expect(again.status == 200 && again["notice"]?["code"] == "said_already" && again["text"] == "")
            let detached = try await say(#","detach":true"#)
            #expect(detached.status == 202 && detached["notice"]?["code"] == "said_already")
            #expect(try await say(#","announce":false"#)["heard"] == "The door.")
            #expect(try await say(#","voice":"de""#)["heard"] == "The door.")
            let events = try await served.send(
                "POST", "/v1/say", #"{"text":"The door."}"#, headers: ["Accept: text/event-stream"])
            #expect(events.text.contains("event: notice") && events.text.contains("event: finished"))
        }
    }

    @Test("gets a reply in quiet hours that says so, over HTTP and from an agent's tool")
    func refused() async throws {
        try await ServedStage.with(announcements: Self.nightly, localTime: Self.at("22:00")) { served in
            let say = try await served.send("POST", "/v1/say", #"{"text":"One.","detach":true}"#)
            #expect(say.status == 409 && say.errorCode == "quiet_hours")
            let stream = try await served.send("POST", "/v1/say", "One.", type: "text/plain")
            #expect(stream.status == 409 && stream.errorCode == "quiet_hours")
            let read = try await served.send("POST", "/v1/say?announce=false", "One.", type: "text/plain")
            #expect(read.status == 200 && read["heard"] == "One.")
            let important = try await served.send("POST", "/v1/say", #"{"text":"Two.","priority":"important"}"#)
            #expect(important.status == 200)
            let call = { (tool: String) in
                let parameters = #"{"name":"\#(tool)","arguments":{"text":"Dinner.","wait":true}}"#
                let message = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(parameters)}"#
                let result = try await served.send("POST", "/mcp", message)["result"]
                return (result?["content"]?.elements?.first?["text"]?.text ?? "", result?["isError"] == true)
            }
            #expect(try await call("say").0.contains("quiet until 07:00"))
            #expect(try await call("say").1)
            #expect(try await call("announce") == ("It was heard.", false))
            let again = try await call("announce")
            #expect(again.0.contains("not said again") && !again.1)
            let speech = try await served.reply(
                to: ServedStage.request("POST", "/v1/audio/speech", #"{"input":"One."}"#))
            #expect(speech.status == 200)
        }
    }
}
