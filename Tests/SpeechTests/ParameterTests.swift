// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Testing
import Utterance

@Suite("Voice parameters")
struct ParameterTests {
    private let run = SpokenRun.english("The rainbow is a division of white light into many beautiful colours.")

    private func record(_ parameters: VoiceParameters) async throws -> [Int16] {
        try await Synthesizer.start(parameters).record(run).samples
    }

    @Test("a higher rate is shorter, a lower one longer")
    func rate() async throws {
        let normal = try await record(VoiceParameters()).count
        #expect(try await record(VoiceParameters(rate: 350)).count < normal * 2 / 3)
        #expect(try await record(VoiceParameters(rate: 90)).count > normal * 3 / 2)
    }

    @Test("a word gap adds about that much for each word")
    func wordGap() async throws {
        let normal = try await record(VoiceParameters()).count
        let wide = try await record(VoiceParameters(wordGapMilliseconds: 200)).count
        // Eleven gaps, some of which function words share.
        #expect((1.0...3.0).contains(Double(wide - normal) / 22_050))
    }

    private func peak(_ samples: [Int16]) -> Int { samples.map { Int($0.magnitude) }.max() ?? 0 }

    @Test("a change of volume applies from the next piece on")
    func change() async throws {
        var synthesizer = try await Synthesizer.start()
        let normal = peak(try await synthesizer.record(run).samples)
        synthesizer.parameters = VoiceParameters(volume: 25)
        #expect(peak(try await synthesizer.record(run).samples).isAbout(normal / 4, within: 0.2))
    }

    @Test("volume scales the samples; at 0 there is no sound")
    func volume() async throws {
        let normal = peak(try await record(VoiceParameters()))
        #expect(peak(try await record(VoiceParameters(volume: 50))).isAbout(normal / 2, within: 0.2))
        #expect(try await record(VoiceParameters(volume: 0)).isEmpty)
        #expect(peak(try await record(VoiceParameters())).isAbout(normal, within: 0.1))
    }

    @Test("a higher pitch crosses zero more often, and a variant changes the voice")
    func pitch() async throws {
        let low = try await record(VoiceParameters(pitch: 0)).period
        let normal = try await record(VoiceParameters()).period
        let high = try await record(VoiceParameters(pitch: 99)).period
        #expect(low > normal && normal > high, "\(low) \(normal) \(high)")
        #expect(try await record(VoiceParameters(voice: "auto+f3")).period < normal)
    }

    @Test("alternating pieces keep their own parameters, even across a change of voice")
    func several() async throws {
        let slow = try await Synthesizer.start(VoiceParameters(voice: "de", rate: 90))
        let fast = try await Synthesizer.start(VoiceParameters(voice: "en-gb", rate: 350))
        let slowAlone = try await slow.record(run).samples.count
        let fastAlone = try await fast.record(run).samples.count
        #expect(fastAlone * 2 < slowAlone)
        _ = try await slow.record(.chinese("你好"))
        #expect(try await slow.record(run).samples.count.isAbout(slowAlone, within: 0.08))
        #expect(try await fast.record(run).samples.count.isAbout(fastAlone, within: 0.08))
    }

    @Test("a voice doesn't affect the pace of the next one")
    func pace() async throws {
        let pair = SpokenRun.english("Hello there")
        // In one piece, so that no other test speaks in between.
        let recording = try await Synthesizer.start().record(pair, SpokenRun(language: "ru", text: "Привет"), pair)
        let frames = recording.marks.map(\.frame)
        try #require(frames.count == 5)
        #expect((frames[4] - frames[3]).isAbout(frames[1] - frames[0], within: 0.02))
    }

    @Test("values out of range are clamped")
    func clamped() {
        let wild = VoiceParameters(rate: 10_000, pitch: -1, volume: 999, wordGapMilliseconds: -5)
        #expect(wild.rate == 450 && wild.pitch == 0 && wild.volume == 200 && wild.wordGapMilliseconds == 0)
    }
}

extension [Int16] {
    /// The voice's pitch period in frames, the median of all parts that are loud enough: the lag at which the sound is
    /// most similar to itself. Every fourth sample is enough.
    fileprivate var period: Int {
        let coarse = stride(from: 0, to: count, by: 4).map { Int(self[$0]) }
        let window = 250
        let lags = 15...110
        let periods = stride(from: 0, to: coarse.count - window - lags.upperBound, by: 500).compactMap {
            start -> Int? in
            func likeness(_ lag: Int) -> Int {
                (start..<(start + window)).reduce(0) { $0 + coarse[$1] * coarse[$1 + lag] }
            }
            guard likeness(0) > window * 1_000_000 else { return nil }
            return lags.max { likeness($0) < likeness($1) }
        }.sorted()
        return periods.isEmpty ? 0 : periods[periods.count / 2] * 4
    }
}
