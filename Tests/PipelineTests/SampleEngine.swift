// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import TestSupport
import Utterance

/// An engine whose sound is known sample by sample.
struct SampleEngine: SpeechEngine {
    static let length = 9_000
    static let format = PCMFormat(rate: 22_050)

    var name: String { "samples" }
    var abilities: SpeechAbilities { [.wordMarks] }
    var voices: [Voice] { [] }

    static func samples(of text: String) -> [Int16] {
        SoundSamples.make(text.utf8.reduce(0) { $0 + Int($1) }, length)
    }

    func expectedFormat(_ parameters: VoiceParameters) -> PCMFormat { Self.format }
    func check(_ parameters: VoiceParameters) throws(Fault) {}
    func respond() async {}

    func voice(for language: String, _ parameters: VoiceParameters) -> ChosenVoice {
        let voice = Voice(name: "Samples", identifier: "samples", languages: [language], isServed: false)
        return ChosenVoice(voice, isSubstitute: false)
    }

    func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) async throws -> Synthesis {
        let samples = Self.samples(of: runs.map(\.text).joined().trimmed)
        let isWanted = sink(samples.span, Self.format, [WordMark(frame: 0, spoken: 0..<3)])
        return Synthesis(frames: samples.count, format: Self.format, isComplete: isWanted)
    }

    /// Which pieces were heard twice, wholly or in part, if `heard` is `sound` except for one jump back; `nil` if it isn't.
    ///
    /// - Parameters:
    ///   - sound: that of whole pieces.
    ///   - stray: the most samples that a call may have played that returned when nobody was waiting any more.
    static func repeated(in heard: [Int16], of sound: [Int16], stray: Int = 0) -> [Int]? {
        let heard = heard.filter { $0 != 0 }
        let count = heard.count - sound.count
        let prefix = zip(heard, sound).prefix { $0 == $1 }.count
        let suffix = zip(heard.reversed(), sound.reversed()).prefix { $0 == $1 }.count
        let between = heard.count - prefix - suffix
        guard count >= 0, between <= stray else { return nil }
        let start = between > 0 ? sound.count - suffix : prefix - count
        return start >= prefix ? [] : Set((start..<prefix).map { $0 / length }).sorted()
    }
}
