// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import Pipeline
@testable import Speech

/// Faults of eSpeak NG's process × what is going on: what is heard, word by word, that the process is restarted once, and
/// that the next answer is heard.
@Suite(
    "The speech process in the middle of an answer", .serialized,
    .enabled(if: UtterProgram.isBuilt, "needs the built program next to the tests"),
    .enabled("needs a C compiler, for the driver") { try await FaultyDevice.isAvailable },
    .timeLimit(.minutes(15)))
struct VoiceProcessMatrixTests {
    enum Failure: String, CaseIterable, Sendable {
        case isKilled
        /// It hangs, with SIGSTOP.
        case hangs
        /// It sends something that the protocol does not allow.
        case sendsInvalidFrame
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let failure: Failure
        let situation: Situation

        var testDescription: String { "\(failure.rawValue), \(situation.rawValue)" }
    }

    /// While the first sentence sounds, it fails in the middle of making the second. Otherwise it fails while it has
    /// nothing to do, which is noticed with the next piece: if all of the answer has been made, with the next answer.
    static let rows = Failure.allCases.flatMap { failure in
        Situation.allCases.map { Row(failure: failure, situation: $0) }
    }

    @Test("fails: each word is heard once, it is restarted once, and the next answer is heard", arguments: rows)
    func row(_ row: Row) async throws {
        let engine = try await FailingEngine(row.failure)
        _ = try await FaultStage.run(engine) { stage in
            let answer = StagedAnswer()
            let spoken = try await stage.speak(row.situation, answer, FaultStage.source(answer)) { _ in
                if row.situation == .speaking { engine.failInPiece() } else { try await engine.failNow() }
            }
            expectWhole(spoken)
            expectWords(of: spoken, mayRepeat: row.situation == .paused)
            let next = try await stage.speak()
            expectWhole(next)
            expectWords(of: next)
        }
        #expect(engine.restarts == ["signal 9"])
    }

    /// - Parameter mayRepeat: whether a pause may have repeated a word.
    private func expectWords(of spoken: Spoken, mayRepeat: Bool = false) {
        let ranges: [Range<Int>] = spoken.kinds.compactMap { kind in
            if case .word(let word) = kind { word.start..<word.end } else { nil }
        }
        let starts = ranges.map(\.lowerBound)
        #expect(starts == starts.sorted(), "\(ranges)")
        #expect(mayRepeat || Set(starts).count == starts.count, "\(ranges)")
        // A crash may cost the rest of the word that it hits.
        #expect(Set(starts).count >= 11, "\(ranges)")
        let last = ranges.last.map { String(decoding: Array(spoken.text.utf8)[$0], as: UTF8.self) }
        #expect(last?.hasPrefix("twelve") == true, "\(ranges)")
    }
}

/// eSpeak NG in its own process, which fails when a test says so.
private final class FailingEngine: SpeechEngine {
    private final class State: Sendable {
        let restarts = Mutex<[String]>([])
        /// Calls of the sink until it fails.
        let callsLeft = Mutex<Int?>(nil)
    }

    private let failure: VoiceProcessMatrixTests.Failure
    private let process: ESpeakProcess
    private let base: ESpeakEngine
    private let state = State()
    /// A FIFO to which the process writes once it has sent the frame.
    private let sent = SoundWorld.shared.path("sent")

    /// Runs the process named by its arguments, and sends a frame of an unknown kind through its socket when it gets
    /// SIGUSR1.
    private static let sendingInvalidFrame = """
        fifo=$1
        shift
        trap 'printf "\\143\\000\\000\\000\\000" >&3; echo >"$fifo"' USR1
        "$@" &
        while kill -0 $! 2>/dev/null; do wait $!; done
        """

    @SpeechThread
    init(_ failure: VoiceProcessMatrixTests.Failure) throws {
        var arguments = [UtterProgram.binary, "speech-process"]
        if failure == .sendsInvalidFrame {
            unsafe mkfifo(sent, 0o600)
            arguments = ["/bin/sh", "-c", Self.sendingInvalidFrame, "sh", sent] + arguments
        }
        self.failure = failure
        process = try ESpeakProcess(arguments) { [state] reason in
            state.restarts.withLock { $0.append(reason) }
        }
        base = try ESpeakEngine.start(process, Spoken.voice)
    }

    /// What ended the processes that were replaced.
    var restarts: [String] { state.restarts.withLock { $0 } }

    /// Makes the process fail while it has nothing to do.
    func failNow() async throws {
        sendSignal()
        if failure == .sendsInvalidFrame { _ = try await onThread { [sent] in readFile(sent) } }
    }

    /// Makes the process fail in the middle of the next piece.
    func failInPiece() {
        state.callsLeft.withLock { $0 = 2 }
    }

    private func sendSignal() {
        let signal =
            switch failure {
            case .isKilled: SIGKILL
            case .hangs: SIGSTOP
            case .sendsInvalidFrame: SIGUSR1
            }
        kill(process.identifier.load(ordering: .relaxed), signal)
    }

    var name: String { base.name }
    var abilities: SpeechAbilities { base.abilities }
    var voices: [Voice] { base.voices }
    func expectedFormat(_ parameters: VoiceParameters) -> PCMFormat { base.expectedFormat(parameters) }
    func check(_ parameters: VoiceParameters) throws(Fault) { try base.check(parameters) }
    func voice(for language: String, _ parameters: VoiceParameters) -> ChosenVoice {
        base.voice(for: language, parameters)
    }
    func respond() async { await base.respond() }

    func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) async throws -> Synthesis {
        try await base.synthesize(runs, parameters, for: demand) { samples, format, words in
            let isDue = self.state.callsLeft.withLock { calls in
                calls = calls.map { $0 - 1 }
                return calls == 0
            }
            if isDue { self.sendSignal() }
            return sink(samples, format, words)
        }
    }
}
