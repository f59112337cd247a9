// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Playback
import Sentences
import Speech
import TestSupport
import Testing
import Utterance

@testable import Pipeline

@Suite("A signal") struct SignalTests {
    private let clock = ManualClock()
    private let log = EventLog()

    /// An answer whose text comes when the gate opens.
    private func answer(
        to question: String?, _ signals: SignalParameters, on output: FakeOutput = FakeOutput(),
        fallback: Player.Fallback? = nil, language: String = "en", after gate: Gate
    ) async throws -> Spoken {
        var signals = signals
        signals.question = question
        return try await Spoken.run(
            to: output, fallback: fallback,
            parameters: {
                $0.signals = signals
                $0.text.language = language
            }, clock: clock, log: log
        ) { deliver in
            try await gate.opened()
            try await deliver(.text("The answer is four."))
            return ModelSummary(finish: .stop)
        }
    }

    /// Waits until this many signals have sounded.
    private func sounded(_ count: Int) async throws {
        try await log.wait(for: count) { if case .signalEnd = $0 { true } else { false } }
    }

    /// Lets time pass once somebody is waiting for it.
    private func pass(_ seconds: Double) async {
        await clock.sleepers(1)
        clock.advance(by: .seconds(seconds))
    }

    @Test("says that the answer takes a while, in the question's language, and is not part of the answer")
    func waiting() async throws {
        let gate = Gate()
        async let answer = answer(
            to: "为什么天是蓝的？", SignalParameters(earcons: true, stillThinking: .seconds(10)), after: gate)
        await pass(1)
        try await sounded(1)
        await pass(9)
        try await sounded(2)
        await pass(10)
        try await sounded(3)
        gate.open()
        let spoken = try await answer
        #expect(spoken.ending == .finished)
        #expect(spoken.signals == ["[thinking]", "请稍等，我还在想。", "请稍等，我还在想。"])
        #expect(spoken.pieces == ["The answer is four."])
        #expect(spoken.heard == [0])
        #expect(spoken.summary?.pieces == 1)
        #expect(spoken.summary?.heardEnd == 19)
        var record = AnswerRecord()
        for event in spoken.events { record.add(event) }
        #expect(record.exchange(about: "?")?.answer == "The answer is four.")
    }

    @Test(
        "is said in the language of the question, or else the configured one",
        arguments: [
            ("Why?", "en", "Still thinking."), ("Warum?", "de-DE", "Ich denke noch nach."),
            ("请解释 Python 语言", "en", "请稍等，我还在想。"), ("なぜですか", "en", "まだ考えています。"),
            ("Почему?", "en", "Я всё ещё думаю."), ("Hvorfor?", "nb", "Still thinking."), ("1+1?", "zh", "请稍等，我还在想。"),
        ])
    func languages(question: String, language: String, sentence: String) async throws {
        let gate = Gate()
        async let answer = answer(
            to: question, SignalParameters(stillThinking: .seconds(5)), language: language, after: gate)
        await pass(5)
        try await sounded(1)
        gate.open()
        #expect(try await answer.signals == [sentence])
    }

    @Test("doesn't count as the first sound of an answer in its statistics")
    func firstSound() async throws {
        let gate = Gate()
        let output = FakeOutput()
        async let answer = answer(to: "Why?", SignalParameters(stillThinking: .seconds(5)), on: output, after: gate)
        await pass(5)
        try await sounded(1)
        gate.open()
        let spoken = try await answer
        let start = try #require(
            spoken.events.first { if case .soundStart = $0.kind { true } else { false } }?.milliseconds)
        #expect(spoken.summary?.firstSound?.inMilliseconds == start)
        #expect(output.utterances == 1 && output.violations.isEmpty)
    }

    @Test("is not given for an answer that waits for others")
    func others() async throws {
        let gate = Gate()
        let spoken = try await Spoken.withPlayer(to: FakeOutput()) { player in
            async let answer = Spoken.run(
                by: player,
                parameters: {
                    $0.signals = SignalParameters(earcons: true, stillThinking: .seconds(5), question: "Why?")
                }, isSelected: false, clock: clock, log: log
            ) { deliver in
                try await gate.opened()
                try await deliver(.text("The answer is four."))
                return ModelSummary(finish: .stop)
            }
            for _ in 0..<20 { await pass(2) }
            gate.open()
            try await log.waitUntilCut(0)
            player.select(try await log.queue.value())
            return try await answer
        }
        #expect(spoken.signals.isEmpty)
    }

    @Test("doesn't get into the file that replaces a missing device")
    func noDevice() async throws {
        let gate = Gate()
        let file = FakeOutput(isLive: false)
        async let answer = answer(
            to: "Why?", SignalParameters(stillThinking: .seconds(5)),
            on: FakeOutput(openFault: Fault(.deviceMissing, "No device.")),
            fallback: { (file, Notice("no_device", "To a file.")) }, after: gate)
        await pass(5)
        await pass(5)
        gate.open()
        let spoken = try await answer
        #expect(spoken.ending == .finished)
        #expect(spoken.signals.isEmpty)
        #expect(file.begun == [0])
        #expect(spoken.heard == [0])
    }

    @Test("of failure sounds before the failure is spoken; the same one is not spoken again so soon")
    func failure() async throws {
        let limit = SpokenFaultLimit(clock: clock)
        func fail(_ code: Fault.Code, earcons: Bool = true) async throws -> [String] {
            let signals = SignalParameters(earcons: earcons, faultLimit: limit)
            let spoken = try await Spoken.run(parameters: { $0.signals = signals }) { _ in throw Fault(code, "Gone.") }
            return spoken.signals
        }
        #expect(try await fail(.modelUnreachable) == ["[failure]", "Sorry, I can't reach the language model."])
        clock.advance(by: .seconds(59))
        #expect(try await fail(.modelUnreachable) == ["[failure]"])
        #expect(try await fail(.modelUnreachable, earcons: false) == [])
        #expect(try await fail(.modelTruncated, earcons: false) == ["Sorry, the answer broke off."])
        clock.advance(by: .seconds(1))
        #expect(try await fail(.modelUnreachable, earcons: false) == ["Sorry, I can't reach the language model."])
    }

    @Test("may come before the first sentence only, once there is one")
    func chime() async throws {
        let spoken = try await Spoken.run(parameters: { $0.signals.chime = .announcement }) { deliver in
            try await deliver(.text("One. Two."))
            return nil
        }
        #expect(spoken.signals == ["[announcement]"])
        #expect(spoken.pieces == ["One.", "Two."])
        let order = spoken.kinds.compactMap { kind in
            switch kind {
            case .signalEnd: "chime"
            case .heard(let index): "\(index)"
            default: nil
            }
        }
        #expect(order == ["chime", "0", "1"])
        #expect(spoken.summary?.pieces == 2 && spoken.summary?.heardEnd == 9)
        let nothing = try await Spoken.run(parameters: { $0.signals.chime = .announcement }) { _ in nil }
        #expect(nothing.signals.isEmpty)
    }

    @Test("may be a recording, as loud as the voice; its rate may be another one than the voice's")
    func recording() async throws {
        let frames = 400
        for rate in [22_050, 16_000] {
            let output = FakeOutput()
            let recording = PCMSound([Int16](repeating: 1_000, count: frames), PCMFormat(rate: rate))
            let spoken = try await Spoken.run(
                to: output,
                parameters: {
                    $0.signals.chime = .announcement
                    $0.signals.recordedChime = recording
                    $0.voice.volume = 50
                }
            ) { deliver in
                try await deliver(.text("One."))
                return nil
            }
            #expect(spoken.ending == .finished)
            #expect(spoken.signals == ["[announcement]"] && spoken.heard == [0])
            #expect(output.formats.contains(recording.format))
        }
        let parameters = SignalParameters(recordedChime: PCMSound([1_000, -32_768], Self.format))
        #expect(parameters.sound(of: .announcement, in: Self.format, volume: 50).samples == [500, -16_384])
        #expect(parameters.sound(of: .announcement, in: Self.format, volume: 200).samples == [2_000, -32_768])
        #expect(parameters.sound(of: .failure, in: Self.format, volume: 100).samples.count > 1_000)
    }

    private static let format = PCMFormat(rate: 22_050)

    @Test("that is requested sounds by itself", arguments: AudibleSignal.allCases)
    func opening(signal: AudibleSignal) async throws {
        let output = FakeOutput()
        let spoken = try await Spoken.run(to: output, parameters: { $0.signals.opening = signal }) { _ in nil }
        #expect(spoken.ending == .finished)
        #expect(spoken.signals == ["[\(signal)]"])
        #expect(spoken.notices.isEmpty)
        #expect(output.begun == [-1])
        let silent = try await Spoken.run(
            parameters: { $0.signals.opening = signal }, isSilent: true
        ) { _ in nil }
        #expect(silent.signals.isEmpty)
        let fault = Fault(.deviceMissing, "No device.")
        let missing = try await Spoken.run(
            to: FakeOutput(openFault: fault), parameters: { $0.signals.opening = signal }
        ) { _ in nil }
        #expect(missing.ending == .failed(fault))
    }
}
