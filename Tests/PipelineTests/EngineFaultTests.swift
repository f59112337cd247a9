// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Speech
import Testing
import Utterance

@testable import Pipeline

/// An engine whose languages have their own formats, and that can't say everything.
private struct FakeEngine: SpeechEngine {
    static let low = PCMFormat(rate: 16_000)
    static let high = PCMFormat(rate: 22_050)
    static let gone = Fault(.speechFailed, "The engine has ended.")

    var name: String { "fake" }
    var abilities: SpeechAbilities { [] }
    var voices: [Voice] { [] }

    func expectedFormat(_ parameters: VoiceParameters) -> PCMFormat { Self.high }
    func check(_ parameters: VoiceParameters) throws(Fault) {}
    func respond() async {}

    func voice(for language: String, _ parameters: VoiceParameters) -> ChosenVoice {
        let voice = Voice(name: "Fake", identifier: "fake", languages: [language], isServed: false)
        return ChosenVoice(voice, isSubstitute: false)
    }

    func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) async throws -> Synthesis {
        let text = runs.map(\.text).joined()
        if text.contains("unspeakable") { throw SpeechFault.text(Fault(.speechFailed, "That can't be said.")) }
        if text.contains("crash") { throw SpeechFault.engine(Self.gone) }
        let format = runs.contains { $0.language == "zh" } ? Self.low : Self.high
        let samples = [Int16](repeating: 1_000, count: 100)
        let isWanted = sink(samples.span, format, [])
        return Synthesis(
            frames: 100, format: format, isComplete: isWanted, notices: [Notice("voice_missing", "No such voice.")])
    }
}

@Suite("An engine", .timeLimit(.minutes(10))) struct EngineFaultTests {
    private func speak(_ text: String, to output: FakeOutput = FakeOutput()) async throws -> Spoken {
        try await Spoken.withPlayer(to: output, engine: FakeEngine()) { player in
            try await Spoken.run(by: player, Spoken.texts([text]))
        }
    }

    @Test("whose sound comes in another format makes the output reopen, and nothing is lost or said twice")
    func formats() async throws {
        let output = FakeOutput()
        let spoken = try await speak("One is here. Two is here. 今天天气很好！这是第二句话。Three is here.", to: output)
        #expect(spoken.ending == .finished)
        #expect(spoken.heard == Array(0..<5))
        #expect(output.formats == [FakeEngine.high, FakeEngine.low, FakeEngine.high])
        #expect(output.calls.count { $0 == "drain" } == 3 && output.drops == 0)
        #expect(output.violations.isEmpty)
    }

    @Test("that can't say a text reports it, and says the next one")
    func text() async throws {
        let spoken = try await speak("One is here. Two is unspeakable. Three is here.")
        #expect(spoken.ending == .finished)
        #expect(spoken.notices == ["voice_missing", "speech_failed"])
        #expect(spoken.synthesized == [0, 2])
        #expect(spoken.summary?.heardEnd == spoken.text.utf8.count)
    }

    @Test("that is gone ends the sound, not the text")
    func gone() async throws {
        let spoken = try await speak("One is here. Two is a crash. Three is here.")
        #expect(spoken.ending == .failed(FakeEngine.gone))
        #expect(spoken.text == "One is here. Two is a crash. Three is here.")
        #expect(spoken.synthesized == [0])
    }

    @Test("reports a missing voice once per answer")
    func notices() async throws {
        #expect(try await speak("One is here. Two is here.").notices == ["voice_missing"])
    }
}
