// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Speech
import TestSupport
import Testing
import Utterance

@testable import VoiceServers

@Suite("Voice servers", .timeLimit(.minutes(10))) struct VoiceServerEngineTests {
    private let mixed = [
        SpokenRun(language: "en", text: "Hello, "), SpokenRun(language: "zh", text: "你好，"),
        SpokenRun(language: "ru", text: "привет "), SpokenRun(language: "en", text: "again."),
    ]

    @Test("speak what their voices read, and the other engine the rest")
    func languages() async throws {
        try await FaultServer.run(FaultServer.speaking()) { server in
            let subject = Subject(server, languages: ["en-GB"])
            let log = SoundLog()
            let synthesis = try await subject.speak(mixed, into: log)
            #expect(server.texts == ["Hello, ", "again."])
            // Together, as without servers.
            #expect(subject.base.spoken == [Array(mixed[1...2])])
            #expect(synthesis.isComplete && synthesis.notices.isEmpty && synthesis.estimatesWords)
            #expect(synthesis.frames == log.samples.count)
            #expect(log.marks.map(\.frame) == log.marks.map(\.frame).sorted())
            let text = mixed.map(\.text).joined()
            #expect(log.marks.map { text.bytes($0.spoken) } == ["Hello", "你好，", "again"])
        }
    }

    @Test("get whole texts, and nothing without letters")
    func noLetters() async throws {
        try await FaultServer.run(FaultServer.speaking()) { server in
            let subject = Subject(server)
            #expect(try await subject.speak("…").frames == 0)
            #expect(server.requests.isEmpty)
            try await subject.speak("1.")
            #expect(server.texts == ["1."])
            #expect(subject.base.spoken.isEmpty)
        }
    }

    @Test("of several rates sound in one format", arguments: [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
    func rates(rate: Int) async throws {
        let sound = tone(seconds: 1, rate: rate)
        try await FaultServer.run(FaultServer.speaking { try await $1.send(WyomingWire.sound(sound, rate: rate)) }) {
            server in
            let log = SoundLog()
            try await Subject(server).speak("One.", into: log)
            #expect(log.formats == [PCMFormat(rate: 22_050)])
            #expect(abs(log.samples.count - 22_050) < 300)
            #expect(abs(log.samples.crossings - 880) <= 8)
        }
    }

    @Test("follow rate and volume")
    func parameters() async throws {
        try await FaultServer.run(FaultServer.speaking { try await $1.send(WyomingWire.sound(tone(seconds: 1))) }) {
            server in
            var subject = Subject(server)
            let usual = SoundLog()
            try await subject.speak("One.", into: usual)
            subject.parameters.rate = 350
            subject.parameters.volume = 50
            let fast = SoundLog()
            try await subject.speak("One.", into: fast)
            #expect(abs(fast.samples.count * 2 - usual.samples.count) < 2_000)
            // At the same pitch.
            #expect(abs(fast.samples.crossings * 2 - usual.samples.crossings) < 60)
            #expect(abs(fast.samples.loudness / usual.samples.loudness - 0.5) < 0.05)
            subject.parameters.volume = 0
            #expect(try await subject.speak("One.").frames == 100)
            #expect(subject.base.texts == ["One."])
        }
    }

    // MARK: Names

    @Test("may be named, alone or with a voice, and are listed before the other voices")
    func names() async throws {
        try await FaultServer.run { request, connection in
            let isList = request.method == "describe"
            try await connection.send(
                isList ? WyomingWire.info([("joe", "en_US"), ("huayan", "zh_CN")]) : WyomingWire.sound(tone()))
        } while: { server in
            var subject = Subject([.wyoming(server.port)])
            await subject.engine.refreshVoices()
            #expect(subject.engine.voices.map(\.identifier) == ["piper/joe", "piper/huayan", "gmw/en-US"])
            #expect(subject.engine.voices.map(\.language) == ["en-us", "zh-cn", "en-us"])
            for (name, asked) in [("piper", "joe"), ("PIPER/huayan", "huayan"), ("huayan", "huayan")] {
                subject.parameters.voice = name
                try subject.engine.check(subject.parameters)
                let language = asked == "joe" ? "en" : "zh"
                try await subject.speak([SpokenRun(language: language, text: "好 yes")])
                let body = try JSON.decode(JSONValue.self, from: try #require(server.requests.last).body)
                #expect(body["voice"]?["name"]?.text == asked)
                #expect(
                    subject.engine.voice(for: language, subject.parameters).voice.shortName == "piper/\(asked)")
            }
            #expect(subject.base.spoken.isEmpty)
        }
    }

    @Test("are not used where a voice of the other engine is named; an unknown voice is rejected")
    func otherEngine() async throws {
        var subject = Subject([.wyoming(1, languages: ["en"])])
        subject.parameters.voice = "en-us"
        try subject.engine.check(subject.parameters)
        #expect(try await subject.speak("One.").notices == [])
        #expect(subject.base.texts == ["One."])
        #expect(throws: Fault.self) { try subject.engine.check(VoiceParameters(voice: "nobody")) }
        // Its server may be away.
        try subject.engine.check(VoiceParameters(voice: "piper/somebody"))
    }

    @Test(
        "are used unasked only for languages that are known",
        arguments: [
            // configured voice, configured languages, listed voices, languages read
            (nil, [], [("a", "en_US"), ("b", "en_GB")], ["en"]),
            (nil, [], [("a", "en_US"), ("b", "de_DE")], []),
            (nil, ["de"], [("a", "en_US"), ("b", "de_DE")], ["de"]),
            (nil, [], [], []),
            ("b", [], [("a", "en_US"), ("b", "de_DE")], ["de"]),
            ("en_US-joe-medium", [], [], ["en"]), ("joe", [], [], []),
            ("zh_CN-huayan-medium", [], [], ["zh"]), ("joe", ["en", "de"], [], ["de", "en"]),
            ("yue", [], [("yue", "zh-yue")], ["yue"]),
        ] as [(String?, [String], [(String, String)], [String])])
    func knownLanguages(row: (voice: String?, languages: [String], listed: [(String, String)], read: [String])) {
        let subject = Subject([.wyoming(1, voice: row.voice, languages: row.languages)])
        subject.engine.servers[0].state.change { state in
            state.voices = row.listed.map { ServerVoice(name: $0.0, languages: [$0.1]) }
        }
        let read = ["de", "en", "yue", "zh"].filter { tag in
            subject.engine.voice(for: tag, VoiceParameters()).voice.shortName.hasPrefix("piper")
        }
        #expect(read == row.read)
    }

    // MARK: Time

    @Test("that were heard once are given less text at first, and more when sound lies ahead")
    func parts() async throws {
        try await FaultServer.run(FaultServer.speaking()) { server in
            let subject = Subject(server)
            let text = "When it has rained for a whole day, the river rises over its banks, and the fields are flooded."
            try await subject.speak(text, ahead: .zero)
            #expect(server.texts.first == "When it has rained for a whole day, ")
            #expect(server.texts.joined() == text)
            let before = server.texts.count
            try await subject.speak(text, ahead: .seconds(10))
            #expect(server.texts[before...] == [text])
            // Nobody waits for a file.
            try await subject.speak(text, ahead: nil)
            #expect(server.texts.last == text)
        }
    }

    @Test("are asked so much earlier as they take longer")
    func leadTime() {
        let subject = Subject([.wyoming(1, languages: ["en"])])
        let run = [SpokenRun(language: "en", text: "When it has rained for a whole day, the river rises.")]
        let first = subject.engine.leadTime(for: run, VoiceParameters())
        subject.engine.servers[0].state.change { state in
            state.succeeded(.seconds(1), in: .seconds(9))  // while a model was loaded
            state.succeeded(.seconds(1), in: .milliseconds(1_050))
        }
        let slow = subject.engine.leadTime(for: run, VoiceParameters())
        #expect(slow > first * 3 && slow < .seconds(10))
        subject.engine.servers[0].state.change { state in
            for _ in 0..<20 { state.succeeded(.seconds(1), in: .milliseconds(150)) }
        }
        #expect(subject.engine.leadTime(for: run, VoiceParameters()) < first)
        #expect(subject.engine.leadTime(for: [SpokenRun(language: "zh", text: "你好")], VoiceParameters()) == .zero)
    }

    @Test("have a limit that grows with text, sound ahead and work that was dropped")
    func limit() {
        var state = ServerState()
        let now = Moment(sinceZero: .seconds(100))
        state.succeeded(.seconds(1), in: .seconds(1))
        #expect(state.limit(.seconds(3), ahead: .zero, at: now) == .seconds(4))
        #expect(state.limit(.seconds(3), ahead: .seconds(2), at: now) == .seconds(6))
        #expect(state.limit(.seconds(3), ahead: nil, at: now) == .seconds(22))
        state.dropped(.seconds(4), at: now)
        let after = state.limit(.seconds(3), ahead: .zero, at: now)
        #expect(after > .seconds(5) && after <= .seconds(6))
        #expect(state.limit(.seconds(3), ahead: .zero, at: now.advanced(by: .seconds(5))) == .seconds(4))
    }

    @Test("load their models before anybody asks")
    func warmUp() async throws {
        try await FaultServer.run(FaultServer.speaking()) { server in
            let subject = Subject([.wyoming(server.port, voice: nil)])
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await subject.engine.run() }
                try await subject.isReady()
                group.cancelAll()
            }
            #expect(server.requests.map(\.method) == ["describe", "synthesize"])
            #expect(subject.engine.voices.first?.identifier == "piper/joe")
        }
    }
}

extension [Int16] {
    /// How often the sign changes.
    var crossings: Int { zip(self, dropFirst()).count { ($0 < 0) != ($1 < 0) } }

    var loudness: Double {
        (reduce(0) { $0 + Double($1) * Double($1) } / Double(Swift.max(count, 1))).squareRoot()
    }
}
