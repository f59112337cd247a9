// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

@testable import Speech

@Suite("A frame between the daemon and the speech process")
struct FrameTests {
    /// The frame as it arrives at the other end.
    private func received(_ frame: Frame) throws -> Frame {
        let bytes = frame.encoded
        let (kind, length) = try Frame.header(Array(bytes.prefix(Frame.headerSize)))
        let contents = Array(bytes.dropFirst(Frame.headerSize))
        #expect(length == contents.count)
        return Frame(kind, contents: contents)
    }

    @Test("can contain sound and words")
    func sound() throws {
        let samples: [Int16] = [0, -1, .max, .min, 7]
        let words = [WordEvent(position: 1, length: 3, frame: 0), WordEvent(position: 5, length: 0, frame: 2_000_000)]
        var frame = try received(.sound(samples.span, words))
        #expect(frame.kind == .sound)
        let receivedWords = try frame.readWords()
        #expect(receivedWords.map(\.position) == [1, 5] && receivedWords.map(\.frame) == [0, 2_000_000])
        let receivedSamples = try frame.readSamples()
        #expect(receivedSamples == samples)
    }

    @Test("can contain a text with its voice")
    func text() throws {
        let settings = ESpeak.Settings(rate: 175, pitch: 50, volume: 100, wordGapMilliseconds: 30)
        var frame = try received(.speak("Grüße, 你好", voice: "gmw/de+f3", settings: settings))
        let (voice, received, text) = (try frame.readText(), try frame.readSettings(), try frame.readText())
        #expect(voice == "gmw/de+f3" && received == settings && text == "Grüße, 你好")
    }

    @Test("that is malformed is rejected, whatever it is")
    func malformed() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...60, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            _ = try? Frame.header(bytes)
            var frame = Frame(.sound, contents: bytes)
            _ = try? frame.readWords()
            _ = try? frame.readSamples()
            frame = Frame(.greeting, contents: bytes)
            _ = try? frame.readGreeting()
        }
        #expect(throws: Frame.Malformed.self) { try Frame.header([2, 0xFF, 0xFF, 0xFF, 0x7F]) }
        #expect(throws: Frame.Malformed.self) { try Frame.header([99, 0, 0, 0, 0]) }
        #expect(throws: Frame.Malformed.self) { try Frame.header([1]) }
    }

    @Test("whose sound has a rate that no voice has is refused", arguments: [0, -22_050, 1, .max])
    func rate(_ rate: Int) throws {
        var frame = try received(.greeting(version: "1", rate: rate, isConfined: true, VoiceCatalogue(voices: [])))
        #expect(throws: Frame.Malformed.self) { try frame.readGreeting() }
    }
}
