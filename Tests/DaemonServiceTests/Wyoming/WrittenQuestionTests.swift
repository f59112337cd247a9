// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonService
import LanguageModel
import TestSupport
import Testing
import Utterance
import WyomingFrames
import WyomingService

@Suite("Questions over Wyoming", .timeLimit(.minutes(10)))
struct WrittenQuestionTests {
    private static func transcript(_ text: String, _ conversation: String? = "01M8JV62JVD48A1G15YVMRC4C0") -> [UInt8] {
        let id = conversation.map { #"{"conversation_id": "\#($0)"}"# } ?? "null"
        return WyomingWire.event("transcript", #"{"text": "\#(text)", "language": "en", "context": \#(id)}"#)
    }

    /// Answers with what it was told of the conversation.
    private static let echo: Stage.Model = { prompt, history, deliver in
        try await deliver(.text("\(prompt) It had \(history.count) messages before."))
    }

    @Test("are answered in writing, each conversation by its own name, and not spoken")
    func conversations() async throws {
        try await WyomingStage.with([.conversation], model: Self.echo) { stage in
            func answer(_ transcript: [UInt8]) async throws -> String? {
                try await stage.connect { client in
                    try await client.send(transcript)
                    return try await client.next("handled").data["text"]?.text
                }
            }
            #expect(try await answer(Self.transcript("One.")) == "One. It had 0 messages before.")
            #expect(try await answer(Self.transcript("Two.")) == "Two. It had 2 messages before.")
            #expect(try await answer(Self.transcript("Three.", "default")) == "Three. It had 0 messages before.")
            #expect(try await answer(Self.transcript("Four.", nil)) == "Four. It had 0 messages before.")
            let names = await stage.stage.scheduler.listedSessions.map(\.name)
            #expect(Set(names) == ["wyoming", "wyoming default", "wyoming 01M8JV62JVD48A1G15YVMRC4C0"])
            let entries = try await stage.stage.hub.next(after: .init(number: 0), atMost: .max)?.entries ?? []
            #expect(!entries.contains { $0.name == "sound_start" })
        }
    }

    @Test("are answered without the model's mark-up, which another voice would read")
    func markup() async throws {
        let answer = "<think>Hm.</think>It is **blue**. See [here](https://example.org).\n\n- One\n- Two"
        try await WyomingStage.with([.conversation], model: { _, _, deliver in try await deliver(.text(answer)) }) {
            stage in
            try await stage.connect { client in
                try await client.send(Self.transcript("Why?"))
                let text = try await client.next("handled").data["text"]?.text
                #expect(text == "It is blue. See here.\nOne\nTwo")
            }
        }
    }

    @Test("in Chinese get no spaces between sentences")
    func chinese() async throws {
        try await WyomingStage.with([.conversation]) { stage in
            try await stage.connect { client in
                try await client.send(Self.transcript("天空是蓝色的。云是白色的。"))
                #expect(try await client.next("handled").data["text"] == "天空是蓝色的。云是白色的。")
            }
        }
    }

    @Test("are also spoken if that is set")
    func spoken() async throws {
        try await WyomingStage.with([.conversation], speaksAnswers: true) { stage in
            try await stage.connect { client in
                try await client.send(Self.transcript("Hello there."))
                try await client.next("handled")
                try await stage.stage.event("sound_start")
            }
        }
    }

    @Test("that fail say why, after the part of the answer that arrived")
    func faults() async throws {
        let model: Stage.Model = { prompt, _, deliver in
            if prompt == "half" { try await deliver(.text("It is.")) }
            throw Fault(.modelUnreachable, "There is no server.")
        }
        try await WyomingStage.with([.conversation], model: model) { stage in
            try await stage.connect { client in
                for (question, message) in [
                    ("half", "It is. There is no server."), ("none", "There is no server."),
                    (" ", "There is no question."),
                    (String(repeating: "x", count: 501), "The question has more than 500 characters."),
                ] {
                    try await client.send(Self.transcript(question))
                    #expect(try await client.next("not-handled").data["text"]?.text == message)
                }
                try await client.send("transcript")
                try await client.next("not-handled")
            }
        }
    }

    @Test("whose client hangs up are not answered further", arguments: [false, true])
    func hangUp(onlySending: Bool) async throws {
        try await WyomingStage.with([.conversation], model: Stage.endless) { stage in
            try await stage.connect { client in
                try await client.send(Self.transcript("Well."))
                try await stage.stage.event("text")
                if onlySending { client.raw.finishSending() } else { try await client.raw.hangUp() }
                try await stage.stage.event("stopped")
            }
        }
    }

    @Test("may come several at a time, between pings")
    func several() async throws {
        try await WyomingStage.with([.conversation]) { stage in
            try await stage.connect { client in
                for number in 1...4 { try await client.send(Self.transcript("Number \(number).", "\(number)")) }
                try await client.send("ping")
                var types: [String] = []
                while types.count < 5, let event = try await client.next() { types.append(event.type) }
                #expect(types.sorted() == ["handled", "handled", "handled", "handled", "pong"])
            }
        }
    }
}
