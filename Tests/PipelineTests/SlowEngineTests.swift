// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Speech
import Synchronization
import Testing
import Utterance

@testable import Pipeline

/// An engine that takes time, and records for whom it speaks.
private final class SlowEngine: SpeechEngine {
    private static let format = PCMFormat(rate: 22_050)

    let demands = Watched<[SpeechDemand]>([])
    let isRunning = Watched(false)
    private let lead: Duration

    init(lead: Duration) {
        self.lead = lead
    }

    var name: String { "slow" }
    var abilities: SpeechAbilities { [] }
    var voices: [Voice] { [] }

    func expectedFormat(_ parameters: VoiceParameters) -> PCMFormat { Self.format }
    func check(_ parameters: VoiceParameters) throws(Fault) {}
    func respond() async {}
    func leadTime(for runs: [SpokenRun], _ parameters: VoiceParameters) -> Duration { lead }

    func run() async {
        isRunning.change { $0 = true }
        _ = try? await isRunning.wait { $0 ? nil : () }
        isRunning.change { $0 = false }
    }

    func voice(for language: String, _ parameters: VoiceParameters) -> ChosenVoice {
        ChosenVoice(Voice(name: "Slow", identifier: "slow/a", languages: [], isServed: true), isSubstitute: false)
    }

    func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) async throws -> Synthesis {
        demands.change { $0.append(demand) }
        let samples = [Int16](repeating: 1_000, count: 100)
        let isWanted = sink(samples.span, Self.format, [])
        return Synthesis(frames: 100, format: Self.format, isComplete: isWanted, estimatesWords: true)
    }
}

@Suite("An engine that takes time", .timeLimit(.minutes(10))) struct SlowEngineTests {
    @Test("makes the next piece while one is playing, as much earlier as it needs")
    func lead() async throws {
        // Ten seconds of sound are ahead as long as the first piece may not be heard.
        let output = FakeOutput(audible: 0)
        let engine = SlowEngine(lead: .seconds(9))
        let spoken = try await Spoken.withPlayer(to: output, engine: engine) { player in
            async let spoken = Spoken.run(by: player, Spoken.texts(["One is here. Two is here. Three is here."]))
            try await engine.demands.wait { $0.count == 3 ? () : nil }
            output.hear(.max)
            return try await spoken
        }
        #expect(spoken.heard == [0, 1, 2])
        #expect(engine.demands.current.map(\.ahead) == [.zero, .seconds(10), .seconds(10)])
        #expect(engine.demands.current.allSatisfy { $0.answer == "test" })
    }

    @Test("is not waited for if nobody is listening, and reports that words are estimated")
    func file() async throws {
        let engine = SlowEngine(lead: .zero)
        let spoken = try await Spoken.withPlayer(to: FakeOutput(isLive: false), engine: engine) { player in
            try await Spoken.run(by: player, Spoken.texts(["One is here."]))
        }
        #expect(engine.demands.current == [SpeechDemand(answer: "test", ahead: nil)])
        let estimated = spoken.kinds.compactMap { kind -> Bool? in
            if case .synthesized(let synthesis) = kind { synthesis.estimatesWords } else { nil }
        }
        #expect(estimated == [true])
        let voices = spoken.kinds.compactMap { if case .piece(let piece) = $0 { piece.voice } else { nil } }
        #expect(voices == ["slow/a"])
    }

    @Test("runs alongside the player, and ends with it")
    func run() async throws {
        let engine = SlowEngine(lead: .zero)
        try await Spoken.withPlayer(to: FakeOutput(), engine: engine) { _ in
            try await engine.isRunning.wait { $0 ? () : nil }
        }
        #expect(!engine.isRunning.current)
    }
}
