// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import Speech

/// eSpeak NG in its own process, that of the built program, which tests end as its faults would.
@Suite(
    "The speech process", .serialized,
    .enabled(if: UtterProgram.isBuilt, "needs the built program next to the tests"), .timeLimit(.minutes(10)))
struct SpeechProcessTests {
    /// The process, and an engine on it.
    private struct Subject {
        let process: ESpeakProcess
        let engine: ESpeakEngine
        let restarts: Restarts

        @SpeechThread
        init(limits: ESpeakProcess.Limits = .init()) throws {
            let restarts = Restarts()
            self.restarts = restarts
            process = try ESpeakProcess([UtterProgram.binary, "speech-process"], limits: limits) { restarts.add($0) }
            engine = try ESpeakEngine.start(process, VoiceParameters())
        }

        func speak(
            _ text: String, meanwhile: @escaping @Sendable (_ call: Int) -> Void = { _ in }
        ) async throws -> (recording: Recording, synthesis: Synthesis) {
            let recording = Recording()
            let synthesis = try await engine.synthesize([.english(text)], VoiceParameters()) { samples, _, words in
                meanwhile(recording.calls)
                return recording.take(samples, words)
            }
            return (recording, synthesis)
        }

        func signal(_ signal: CInt) {
            kill(process.identifier.load(ordering: .relaxed), signal)
        }
    }

    private final class Restarts: Sendable {
        private let list = Mutex<[String]>([])

        var reasons: [String] { list.withLock { $0 } }

        func add(_ reason: String) { list.withLock { $0.append(reason) } }
    }

    private let long = "One two three four five, six seven eight nine ten, eleven twelve thirteen fourteen."
    private let short = "The next sentence."

    @Test("says the same as the library in this process, with the same voices and words")
    func same() async throws {
        let (subject, local) = (try await Subject(), try await Synthesizer.start())
        #expect(subject.engine.name == local.engine.name)
        #expect(subject.engine.voices == local.engine.voices)
        let (recording, synthesis) = try await subject.speak(long)
        #expect(synthesis.isComplete && synthesis.frames == recording.samples.count)
        let expected = try await local.record(.english(long))
        #expect(recording.marks.map(\.spoken) == expected.marks.map(\.spoken))
        // eSpeak NG's pauses differ by some 50 ms, depending on what it said before.
        #expect(recording.samples.count.isAbout(expected.samples.count, within: 0.08))
        let chinese = try await subject.engine.synthesize([.chinese("你好")], VoiceParameters()) { _, _, _ in true }
        #expect(chinese.frames > 0)
        #expect(await subject.process.isConfined)
    }

    @Test("that crashes in the middle of a piece is restarted at once, and continues with the next word")
    func crash() async throws {
        let subject = try await Subject()
        let isFirst = Atomic(true)
        let (recording, synthesis) = try await subject.speak(long) { call in
            if call == 3, isFirst.exchange(false, ordering: .relaxed) { subject.signal(SIGSEGV) }
        }
        #expect(synthesis.isComplete && synthesis.notices.isEmpty)
        #expect(subject.restarts.reasons == ["signal 11"])
        // No word twice.
        let words = recording.words(in: [.english(long)])
        #expect(words.last == "fourteen" && Set(words).count == words.count)
        #expect(try await subject.speak(short).synthesis.isComplete)
    }

    @Test("that crashes on the same piece again leaves out the rest and reports it; the next sentence is heard")
    func crashTwice() async throws {
        let subject = try await Subject()
        let (_, synthesis) = try await subject.speak(long) { _ in subject.signal(SIGKILL) }
        #expect(synthesis.notices.map(\.code) == [Notice.textLeftOut])
        #expect(subject.restarts.reasons == ["signal 9", "signal 9"])
        let next = try await subject.speak(short)
        #expect(next.synthesis.isComplete && next.synthesis.notices.isEmpty)
        #expect(next.recording.words(in: [.english(short)]) == ["The", "next", "sentence"])
    }

    @Test("is restarted if it was killed while idle")
    func idle() async throws {
        let subject = try await Subject()
        subject.signal(SIGKILL)
        #expect(try await subject.speak(short).synthesis.isComplete)
        #expect(subject.restarts.reasons == ["signal 9"])
    }

    @Test("that hangs is ended after its limit")
    func hangs() async throws {
        let subject = try await Subject(limits: .init(answer: .milliseconds(500)))
        let isFirst = Atomic(true)
        let (_, synthesis) = try await subject.speak(long) { _ in
            if isFirst.exchange(false, ordering: .relaxed) { subject.signal(SIGSTOP) }
        }
        #expect(synthesis.isComplete)
        #expect(subject.restarts.reasons == ["signal 9"])
    }

    @Test("that hangs delays no stop")
    func stopWhileHanging() async throws {
        // It may end the synthesis before it stops; then the next piece finds it hanging.
        let subject = try await Subject(limits: .init(answer: .seconds(20)))
        let hangs = Signal<Void>()
        let speaking = Task {
            try await subject.speak(long) { call in
                if call == 0 {
                    subject.signal(SIGSTOP)
                    hangs.set(())
                }
            }
        }
        try await hangs.value
        speaking.cancel()
        #expect(try await speaking.value.synthesis.isComplete == false)
        #expect(try await subject.speak(short).synthesis.isComplete)
    }

    @Test("ends a synthesis that is not wanted any more, and the next piece is clean")
    func refused() async throws {
        let subject = try await Subject()
        let recording = Recording(limit: 2)
        let synthesis = try await subject.engine.synthesize([.english(long)], VoiceParameters()) { samples, _, words in
            recording.take(samples, words)
        }
        #expect(!synthesis.isComplete && recording.calls == 2)
        let next = try await subject.speak(short)
        #expect(next.recording.words(in: [.english(short)]) == ["The", "next", "sentence"])
        #expect(subject.restarts.reasons.isEmpty)
    }

    /// A text that crashes eSpeak NG 1.51 unless ``SpeakableText`` filters it; later versions may be fixed.
    @Test("ends if eSpeak NG crashes, and this process goes on", arguments: ["‹-x", "ꡒN䋚 ‹-x ꡒ"])
    func crashingText(text: String) async throws {
        let subject = try await Subject()
        let settings = ESpeak.Settings(rate: 175, pitch: 50, volume: 100, wordGapMilliseconds: 0)
        for voice in ["gmq/da", "inc/hi", "aav/vi"] {
            let sound = PieceSound(format: PCMFormat(rate: 22_050)) { _, _ in true }
            sound.beginRun(text, at: 0)
            do {
                try await speak(text, by: voice, settings, subject.process, into: sound)
            } catch is SpeechCrash {}
        }
        #expect(try await subject.speak(short).synthesis.isComplete)
        #expect(subject.restarts.reasons.allSatisfy { $0.hasPrefix("signal") })
    }

    @SpeechThread
    private func speak(
        _ text: String, by voice: String, _ settings: ESpeak.Settings, _ process: ESpeakProcess,
        into sound: sending PieceSound
    ) throws {
        try process.speak(text, voice: voice, settings: settings, into: sound)
    }

    @Test("that can't be started is a fault with its reason")
    func noProgram() async {
        let fault = await #expect(throws: Fault.self) {
            _ = try await ESpeakEngine.startProcess(["/nowhere/utter", "speech-process"])
        }
        #expect(fault?.code == .speechFailed)
        #expect(fault?.message.contains("No such file") == true)
        let silent = await #expect(throws: Fault.self) { _ = try await ESpeakEngine.startProcess(["/bin/true"]) }
        #expect(silent?.code == .speechFailed)
    }
}
