// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import Speech

/// A process that sends the daemon other frames than the real one does is killed, and does no harm.
@Suite("A speech process that sends invalid frames", .timeLimit(.minutes(5)))
struct InvalidFrameTests {
    private static let usualGreeting = Frame.greeting(
        version: "1.51", rate: 22_050, isConfined: true, VoiceCatalogue(voices: [])
    ).encoded

    struct InvalidFrame: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
    }

    static let invalidFrames = [
        InvalidFrame(testDescription: "a frame of an unknown kind", bytes: [99, 0, 0, 0, 0]),
        InvalidFrame(testDescription: "a frame that is longer than any", bytes: [5, 0xFF, 0xFF, 0xFF, 0x7F]),
        InvalidFrame(testDescription: "more words than the frame holds", bytes: [5, 4, 0, 0, 0, 3, 0, 0, 0]),
        InvalidFrame(
            testDescription: "more sound than the frame holds", bytes: [5, 10, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 1]),
        InvalidFrame(testDescription: "a negative count", bytes: [5, 4, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]),
        InvalidFrame(testDescription: "a greeting in the middle", bytes: usualGreeting),
        InvalidFrame(testDescription: "a request", bytes: Frame(.cancel).encoded),
    ]

    /// Has a process speak that sends a greeting, and these bytes once it is asked for something.
    ///
    /// - Parameters:
    ///   - end: what its shell does then.
    ///   - isWanted: whether the sound is accepted.
    @SpeechThread
    private func speak(
        greeting: [UInt8], then bytes: [UInt8], end: String = "exec cat <&3 >/dev/null", isWanted: Bool = true,
        restarted: @escaping @Sendable (String) -> Void
    ) throws {
        let script = #"printf "$0" >&3; head -c 1 <&3 >/dev/null; printf "$1" >&3; "# + end
        let process = try ESpeakProcess(
            ["/bin/sh", "-c", script, Self.escaped(greeting), Self.escaped(bytes)], limits: .init(answer: .seconds(60)),
            restarted: restarted)
        let sound = PieceSound(format: process.format) { _, _ in isWanted }
        sound.beginRun("One.", at: 0)
        let settings = ESpeak.Settings(rate: 175, pitch: 50, volume: 100, wordGapMilliseconds: 0)
        try process.speak("One.", voice: "gmw/en", settings: settings, into: sound)
    }

    @SpeechThread
    private func version(greeting: [UInt8], _ limits: ESpeakProcess.Limits) throws -> String {
        let script = #"printf "$0" >&3; exec cat <&3 >/dev/null"#
        let process = try ESpeakProcess(["/bin/sh", "-c", script, Self.escaped(greeting)], limits: limits) { _ in }
        return process.version
    }

    /// For the shell's `printf`.
    private static func escaped(_ bytes: [UInt8]) -> String {
        bytes.map { "\\" + String(Int($0) + 512, radix: 8).dropFirst() }.joined()
    }

    @Test("is killed, which counts as a crash", arguments: invalidFrames)
    func invalidFrame(_ frame: InvalidFrame) async throws {
        let reasons = Signal<String>()
        await #expect(throws: SpeechCrash.self) {
            try await speak(greeting: Self.usualGreeting, then: frame.bytes) { reasons.set($0) }
        }
        #expect(try await reasons.value == "signal 9")
    }

    @Test("that never stops sending sound is killed, even if nobody wants the sound", arguments: [true, false])
    func endlessSound(isWanted: Bool) async throws {
        let reasons = Signal<String>()
        let samples = [Int16](repeating: 1_000, count: 8_000)
        let frame = Frame.sound(samples.span, []).encoded
        await #expect(throws: SpeechCrash.self) {
            try await speak(
                greeting: Self.usualGreeting, then: frame, end: #"while printf "$1" >&3; do :; done"#,
                isWanted: isWanted
            ) { reasons.set($0) }
        }
        #expect(try await reasons.value == "signal 9")
    }

    @Test("may take longer to start than to answer, on a busy machine")
    func lateGreeting() async throws {
        let limits = ESpeakProcess.Limits(start: .seconds(600), answer: .zero)
        #expect(try await version(greeting: Self.usualGreeting, limits) == "1.51")
    }

    @Test("in its greeting can't be started", arguments: [[0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [1, 0, 0, 0]])
    func invalidGreeting(rate: [UInt8]) async throws {
        var greeting = Self.usualGreeting
        // Behind the header and the version.
        let place = Frame.headerSize + 4 + "1.51".utf8.count
        greeting.replaceSubrange(place..<place + 4, with: rate)
        let bytes = greeting
        let fault = await #expect(throws: Fault.self) { try await speak(greeting: bytes, then: []) { _ in } }
        #expect(fault?.code == .speechFailed)
    }
}
