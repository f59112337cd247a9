// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Speech
import TestSupport
import Testing
import Utterance

@testable import VoiceServers

@Suite("The sound of a voice server") struct SoundTests {
    /// Noise as neural voices have it where they are silent.
    private func noise(_ count: Int, amplitude: Int16 = 40) -> [Int16] {
        (0..<count).map { Int16(($0 * 7_919) % 101 - 50) * amplitude / 50 }
    }

    @Test("is cut where only noise is left, however loud it is", arguments: [0, 40, 150] as [Int16])
    func trimmed(amplitude: Int16) {
        let sound = tone(seconds: 0.5)
        let samples = noise(1_100, amplitude: amplitude) + sound + noise(4_400, amplitude: amplitude)
        let trimmed = Levelling(samples, rate: 22_050).trimmed
        #expect(trimmed.count >= sound.count - 220 && trimmed.count <= sound.count + 700)
        // Pauses within it stay.
        let paused = Levelling(sound + noise(8_000, amplitude: amplitude) + sound, rate: 22_050).trimmed
        #expect(paused.count >= 2 * sound.count + 8_000 - 500)
    }

    @Test("keeps its soft ends")
    func softEnds() {
        let soft = tone(seconds: 0.1, amplitude: 300)
        let samples = noise(2_000, amplitude: 20) + soft + tone(seconds: 0.3) + soft + noise(2_000, amplitude: 20)
        #expect(Levelling(samples, rate: 22_050).trimmed.count >= 2 * soft.count + 6_000)
    }

    @Test("that is no sound is nothing", arguments: [[], [0], [Int16](repeating: 1, count: 5_000)])
    func silence(samples: [Int16]) {
        let levelling = Levelling(samples, rate: 22_050)
        #expect(levelling.trimmed.isEmpty && levelling.levelled(volume: 100).isEmpty)
    }

    @Test("is as loud in each piece, as eSpeak NG is", arguments: [500.0, 3_000, 16_000, 32_767])
    func loudness(amplitude: Double) {
        let samples = Levelling(tone(seconds: 1, amplitude: amplitude) + noise(9_000, amplitude: 10), rate: 22_050)
            .levelled(volume: 100)
        let decibels = 20 * log10(Array(samples.prefix(22_000)).loudness / 32_768)
        #expect(abs(decibels + 19.5) < 0.5)
    }

    @Test("with a high peak is not clipped; at a high volume it may be")
    func peak() {
        var samples = tone(seconds: 1, amplitude: 1_000)
        samples[5_000] = 32_767
        let usual = Levelling(samples, rate: 22_050).levelled(volume: 100)
        #expect(usual.max().map { $0 < 32_000 } == true)
        #expect(Levelling(samples, rate: 22_050).levelled(volume: 200).max() == 32_767)
        #expect(Levelling(samples, rate: 22_050).levelled(volume: 0).isEmpty)
    }

    @Test("has the same tone at another rate, and nothing above its band", arguments: [16_000, 24_000, 48_000])
    func resampled(rate: Int) {
        let samples = SoundConversion.resampled(tone(seconds: 1, rate: rate), from: rate, to: 22_050)
        #expect(samples.count == 22_050)
        #expect(abs(samples.crossings - 880) <= 4)
        #expect(abs(samples.loudness / tone(seconds: 1).loudness - 1) < 0.01)
        guard rate > 24_000 else { return }
        let above = tone(seconds: 1, rate: rate, frequency: 15_000)
        #expect(
            SoundConversion.resampled(above, from: rate, to: 22_050).dropFirst(500).dropLast(500).allSatisfy {
                abs(Int($0)) < 20
            })
    }

    @Test("of nothing stays nothing")
    func nothing() {
        #expect(SoundConversion.resampled([], from: 16_000, to: 22_050).isEmpty)
        #expect(SoundConversion.stretched([], rate: 22_050, speed: 2).isEmpty)
        #expect(SoundConversion.resampled([1], from: 8_000, to: 22_050).count <= 2)
    }

    @Test("has words where they probably are")
    func words() {
        func words(_ text: String) -> [String] { EstimatedWords.ranges(in: text).map { text.bytes($0) } }
        #expect(words("Well, don't go (yet)! 3 e-mails.") == ["Well", "don't", "go", "yet", "3", "e-mails"])
        #expect(words("今天 OK，好") == ["今", "天", "OK", "好"])
        #expect(words("… — ").isEmpty)
        let marks = EstimatedWords.marks(of: "A longer word.", at: 5, from: 1_000, frames: 10_000)
        #expect(marks.map(\.spoken) == [5..<6, 7..<13, 14..<18])
        #expect(marks.first?.frame == 1_000)
        #expect(marks.map(\.frame) == marks.map(\.frame).sorted() && marks.allSatisfy { $0.frame < 11_000 })
        #expect(EstimatedWords.marks(of: "", at: 0, from: 0, frames: 10).isEmpty)
    }

    @Test(
        "is asked for in parts that end at clauses",
        arguments: [
            ("When it has rained for a day, the river rises.", 100, "When it has rained for a day, "),
            (
                "When it has rained for a day, the river rises.", 100_000,
                "When it has rained for a day, the river rises."
            ),
            ("Well, that is it.", 1, "Well, that is it."),
            ("It costs 1,000,000 dollars now.", 1, "It costs 1,000,000 dollars now."),
            ("今天下了一整天的雨，河水涨起来了。", 100, "今天下了一整天的雨，"), ("", 1, ""), (", , ,", 1, ", , ,"),
        ])
    func parts(text: String, budget: Int, part: String) {
        let end = TextParts.end(of: text, from: 0, within: .milliseconds(budget)) { $0 }
        #expect(text.bytes(0..<end) == part)
    }

    private static let long =
        "The big brown bear that lives in the old forest behind our house eats the sweet red apples every autumn."

    @Test(
        "is requested in parts that end after any word where a whole clause would leave a silence of half a second",
        arguments: [
            // text, seconds for a second of sound, budget in ms, part
            (long, 0.05, 200, long), (long, 0.1, 200, long),
            (long, 0.5, 200, "The big brown bear that lives in "),
            (long, 0.5, 1_000, "The big brown bear that lives in the old "),
            (long, 1, 200, "The big brown bear that lives in "),
            ("Well I never thought that he would come back, but he did after all.", 0.1, 200, nil),
            ("Incomprehensibilities", 4, 200, nil), ("今天下了一整天的雨河水涨起来了大家都很担心", 1, 200, nil),
        ] as [(String, Double, Int, String?)])
    func words(text: String, pace: Double, budget: Int, part: String?) {
        let making: (Duration) -> Duration = { $0 * pace }
        let clause = TextParts.end(of: text, from: 0, within: .milliseconds(budget), making: making)
        let end = TextParts.end(
            of: text, from: 0, within: .milliseconds(budget), cutsAtWords: true, making: making)
        #expect(text.bytes(0..<end) == part ?? text.bytes(0..<clause))
        #expect(end <= clause)
    }

    @Test("is complete in parts, whatever the pace", arguments: [0.1, 0.3, 0.9, 3])
    func allParts(pace: Double) {
        for budget in [200, 1_000, 5_000] {
            var (start, parts) = (0, [String]())
            while start < Self.long.utf8.count {
                let end = TextParts.end(
                    of: Self.long, from: start, within: .milliseconds(budget), cutsAtWords: true
                ) { $0 * pace }
                parts.append(Self.long.bytes(start..<end))
                start = end
            }
            #expect(parts.joined() == Self.long)
            #expect(parts.allSatisfy { VoiceParameters.usualTime(of: $0) >= .milliseconds(1_500) })
        }
    }
}
