// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Speech
import TestSupport
import Testing
import Utterance

@testable import VoiceServers

@Suite("When a voice server fails", .timeLimit(.minutes(10))) struct FallbackTests {
    private static let failures: [(name: String, script: FaultServer.Script)] = [
        ("reports an error", { try await $1.send(WyomingWire.event("error", #"{"text": "no"}"#)) }),
        ("closes at once", { _, _ in }),
        (
            "closes in the middle of its sound",
            { _, connection in
                try await connection.send(
                    WyomingWire.event("audio-start", WyomingWire.format()) + WyomingWire.chunks(tone()))
            }
        ),
        ("resets the connection", { try await $1.reset() }),
        ("sends no sound", { try await $1.send(WyomingWire.event("audio-stop")) }),
        (
            "sends an empty chunk",
            { _, connection in
                try await connection.send(
                    WyomingWire.event("audio-start", WyomingWire.format())
                        + WyomingWire.event("audio-chunk", WyomingWire.format()) + WyomingWire.event("audio-stop"))
            }
        ),
        ("sends too much sound", { try await $1.send(WyomingWire.sound(tone(seconds: 20))) }),
        ("speaks another protocol", { try await $1.send("HTTP/1.1 200 OK\r\n\r\n") }),
    ]

    @Test("the other engine speaks the piece, with nothing of the server's before it", arguments: failures.indices)
    func piece(index: Int) async throws {
        try await FaultServer.run(FaultServer.speaking(Self.failures[index].script)) { server in
            let subject = Subject(server)
            let log = SoundLog()
            let synthesis = try await subject.speak("One, two, three.", into: log)
            #expect(subject.base.texts == ["One, two, three."])
            #expect(log.samples == [Int16](repeating: NotingEngine.sample, count: 100))
            #expect(synthesis.isComplete && !synthesis.estimatesWords)
            #expect(synthesis.notices.map(\.code) == ["voice_server_failed"])
        }
    }

    @Test("because it isn't there, the notice says so")
    func missing() async throws {
        let subject = Subject([.wyoming(1, languages: ["en"])])
        let synthesis = try await subject.speak("Hello.")
        #expect(
            synthesis.notices == [
                Notice(
                    "voice_server_failed",
                    "The voice server piper does not speak (nothing listens there); eSpeak NG speaks in its place.")
            ])
        #expect(subject.base.texts == ["Hello."])
    }

    @Test("the rest of the answer, and the answers after it, are spoken without it, and that is told once")
    func rest() async throws {
        try await FaultServer.run(FaultServer.speaking { _, _ in }) { server in
            let subject = Subject(server)
            let first = try await subject.speak("One.")
            #expect(first.notices.count == 1)
            #expect(try await subject.speak("Two.").notices == [])
            #expect(try await subject.speak("Three.", answer: "b").notices == [])
            #expect(subject.base.texts == ["One.", "Two.", "Three."])
            #expect(server.texts == ["One."])
        }
    }

    @Test("in the middle of a piece, what it has said is not said again")
    func middle() async throws {
        let script = FaultServer.speaking { request, connection in
            guard request.synthesisText.hasPrefix("When") else { return }
            try await connection.send(WyomingWire.sound(tone(seconds: 1.5)))
        }
        try await FaultServer.run(script) { server in
            let subject = Subject(server)
            let first = "When it has rained for a whole day, "
            let second = "the river rises and the fields are flooded."
            let log = SoundLog()
            let synthesis = try await subject.speak(first + second, ahead: .zero, into: log)
            #expect(server.texts == [first, second])
            #expect(subject.base.texts == [second])
            #expect(log.samples.suffix(100) == [Int16](repeating: NotingEngine.sample, count: 100)[...])
            #expect(synthesis.frames == log.samples.count && synthesis.estimatesWords)
            // The other engine's mark is moved to where its text begins in the piece.
            let mark = try #require(log.marks.last)
            #expect(mark.spoken == first.utf8.count..<(first + second).utf8.count)
            #expect(mark.frame == log.samples.count - 100)
        }
    }

    @Test(
        "because it hangs, the other engine speaks when as much time has passed as its sound would take, and a second")
    func hangs() async throws {
        let clock = ManualClock()
        try await FaultServer.run(FaultServer.speaking { try await $1.staySilent() }) { server in
            let subject = Subject(server, clock: clock)
            let synthesis = try await withThrowingTaskGroup(of: Synthesis.self) { group in
                group.addTask { try await subject.speak("One, two, three.", ahead: .seconds(1)) }
                _ = try await server.request()
                await clock.sleepers(1)
                // A model may have to be loaded, since the server was never heard: two seconds more.
                let due = .seconds(1) + VoiceParameters.usualTime(of: "One, two, three.") + .seconds(3)
                clock.advance(by: due - .milliseconds(1))
                #expect(subject.base.texts.isEmpty)
                clock.advance(by: .milliseconds(1))
                return try #require(try await group.next())
            }
            #expect(subject.base.texts == ["One, two, three."])
            #expect(synthesis.notices.first?.message.contains("it took too long") == true)
            _ = try await server.disconnect()
        }
    }

    @Test("it is tried again in the background, and speaks from the next answer on; that is told once, too")
    func back() async throws {
        let clock = ManualClock()
        let isWell = Gate()
        let script = FaultServer.speaking { request, connection in
            guard isWell.isSet || request.synthesisText == "Hello." else { return }
            try await connection.send(WyomingWire.sound(tone()))
        }
        try await FaultServer.run(script) { server in
            let subject = Subject(server, clock: clock)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await subject.engine.run() }
                try await subject.isReady()
                #expect(try await subject.speak("One.").notices.map(\.code) == ["voice_server_failed"])
                isWell.open()
                await clock.sleepers(1)
                clock.advance(by: .seconds(1))
                try await subject.isReady()
                // A voice that changes back in the middle of an answer would be worse than a plain one.
                #expect(try await subject.speak("Two.").notices == [])
                #expect(try await subject.speak("Three.", answer: "b").notices.map(\.code) == ["voice_server_back"])
                #expect(try await subject.speak("Four.", answer: "b").notices == [])
                #expect(subject.base.texts == ["One.", "Two."])
                group.cancelAll()
            }
        }
    }

    @Test("another server speaks, if one reads the language")
    func secondServer() async throws {
        try await FaultServer.run(FaultServer.speaking()) { server in
            let servers: [VoiceServer] = [
                .wyoming(1, name: "first", languages: ["en"]), .wyoming(server.port, name: "second", languages: ["en"]),
            ]
            let subject = Subject(servers)
            try await subject.speak("One.")
            try await subject.speak("Two.")
            #expect(subject.base.texts == ["One."])
            #expect(server.texts == ["Two."])
        }
    }

    @Test("a stop ends the wait for it at once, and the server is hung up on")
    func stop() async throws {
        try await FaultServer.run(FaultServer.speaking { try await $1.staySilent() }) { server in
            let subject = Subject(server)
            try await withThrowingTaskGroup(of: Synthesis.self) { group in
                group.addTask { try await subject.speak("One, two, three.") }
                _ = try await server.request()
                group.cancelAll()
                #expect(try await group.next()?.isComplete == false)
            }
            _ = try await server.disconnect()
            #expect(subject.base.texts.isEmpty)
            #expect(subject.engine.servers[0].state.read(\.phase) == .unknown)
        }
    }

    @Test("who wants no more sound gets none")
    func unwanted() async throws {
        try await FaultServer.run(FaultServer.speaking { try await $1.send(WyomingWire.sound(tone(seconds: 2))) }) {
            server in
            let log = SoundLog(limit: 2_000)
            let run = SpokenRun(language: "en", text: "One, two, three.")
            let subject = Subject(server)
            let spoken = try await subject.speak([run, SpokenRun(language: "zh", text: "你好")], into: log)
            #expect(!spoken.isComplete)
            // A portion of one second, of two.
            #expect(log.samples.count < 30_000 && subject.base.spoken.isEmpty)
        }
    }
}

extension Subject {
    /// Waits until the first server has spoken.
    func isReady() async throws {
        try await engine.servers[0].state.wait { $0.phase == .ready ? () : nil }
    }
}
