// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Glibc
import HTTP
import Speech
import Synchronization
import TestSupport
import Utterance

@testable import VoiceServers

/// An engine that takes the place of eSpeak NG and notes what it speaks: 100 samples of 77 for each run.
final class NotingEngine: SpeechEngine {
    static let sample: Int16 = 77

    private let log = Mutex<[[SpokenRun]]>([])

    var spoken: [[SpokenRun]] { log.withLock { $0 } }
    var texts: [String] { spoken.map { $0.map(\.text).joined() } }

    let name = "eSpeak NG 1.51"
    let abilities: SpeechAbilities = [.rate, .pitch, .volume, .wordMarks]
    let voices = [Voice(name: "English (America)", identifier: "gmw/en-US", languages: ["en-us"], isServed: false)]

    func expectedFormat(_ parameters: VoiceParameters) -> PCMFormat { PCMFormat(rate: 22_050) }

    func check(_ parameters: VoiceParameters) throws(Fault) {
        guard ["auto", "en-us"].contains(parameters.voice) else {
            throw Fault(.voiceUnknown, "There is no voice \(parameters.voice).")
        }
    }

    func voice(for language: String, _ parameters: VoiceParameters) -> ChosenVoice {
        ChosenVoice(voices[0], isSubstitute: false)
    }

    func respond() async {}

    func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) async throws -> Synthesis {
        log.withLock { $0.append(runs) }
        try check(parameters)
        let format = expectedFormat(parameters)
        let samples = [Int16](repeating: Self.sample, count: 100 * runs.count)
        let mark = WordMark(frame: 0, spoken: 0..<(runs.first?.text.utf8.count ?? 0))
        let isWanted = sink(samples.span, format, [mark])
        return Synthesis(frames: samples.count, format: format, isComplete: isWanted)
    }
}

/// The sound of pieces, as the player takes it.
final class SoundLog: Sendable {
    private struct State {
        var samples: [Int16] = []
        var marks: [WordMark] = []
        var formats: Set<PCMFormat> = []
    }

    private let state = Mutex(State())
    /// Set with the first samples.
    let begins = Gate()
    private let limit: Int

    /// - Parameter limit: no more samples are wanted than that.
    init(limit: Int = .max) {
        self.limit = limit
    }

    var samples: [Int16] { state.withLock(\.samples) }
    var marks: [WordMark] { state.withLock(\.marks) }
    var formats: Set<PCMFormat> { state.withLock(\.formats) }

    @Sendable func take(_ samples: Span<Int16>, _ format: PCMFormat, _ words: [WordMark]) -> Bool {
        let isWanted = state.withLock { state in
            for index in samples.indices { state.samples.append(samples[index]) }
            state.marks += words
            state.formats.insert(format)
            return state.samples.count < limit
        }
        begins.open()
        return isWanted
    }
}

/// An engine with servers, and what stands behind it.
struct Subject {
    let base = NotingEngine()
    let engine: VoiceServerEngine
    var parameters = VoiceParameters()

    init(_ servers: [VoiceServer], clock: any MomentClock = ManualClock()) {
        // A busy machine may take seconds to connect.
        let servers = servers.map { server in
            var server = server
            server.connectLimit = .seconds(600)
            return server
        }
        engine = VoiceServerEngine(base: base, servers: servers, clock: clock)
    }

    init(_ server: FaultServer, languages: [String] = ["en"], clock: any MomentClock = ManualClock()) {
        self.init([.wyoming(server.port, languages: languages)], clock: clock)
    }

    /// Speaks a text in English.
    @discardableResult
    func speak(
        _ text: String, answer: String = "a", ahead: Duration? = nil, into log: SoundLog = SoundLog()
    ) async throws -> Synthesis {
        try await speak([SpokenRun(language: "en", text: text)], answer: answer, ahead: ahead, into: log)
    }

    @discardableResult
    func speak(
        _ runs: [SpokenRun], answer: String = "a", ahead: Duration? = nil, into log: SoundLog = SoundLog()
    ) async throws -> Synthesis {
        try await engine.synthesize(
            runs, parameters, for: SpeechDemand(answer: answer, ahead: ahead), into: log.take)
    }
}

extension VoiceServer {
    static func wyoming(
        _ port: Int, name: String = "piper", voice: String? = "joe", languages: [String] = []
    ) -> VoiceServer {
        VoiceServer(
            name: name, interface: .wyoming(.tcp(host: "127.0.0.1", port: port, isSecure: false)),
            address: "tcp://127.0.0.1:\(port)", voice: voice, languages: languages)
    }
}
