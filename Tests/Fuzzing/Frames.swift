// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance
@testable import Speech

/// Messages between the speech process and the daemon.
func fuzzFrames(_ bytes: [UInt8]) {
    guard let (kind, length) = try? Frame.header(Array(bytes.prefix(Frame.headerSize))) else { return }
    check((0...Frame.longest).contains(length), "a length of \(length)")
    var frame = Frame(kind, contents: Array(bytes.dropFirst(Frame.headerSize)))
    switch kind {
    case .prepare, .speak:
        guard let voice = try? frame.readText(), let settings = try? frame.readSettings() else { return }
        let text = (try? frame.readText()) ?? ""
        checkSame(.speak(text, voice: voice, settings: settings)) { frame in
            try frame.readText() == voice && frame.readSettings() == settings && frame.readText() == text
        }
    case .sound:
        guard let words = try? frame.readWords(), let samples = try? frame.readSamples() else { return }
        checkSame(.sound(samples.span, words)) { frame in
            try frame.readWords().map(\.frame) == words.map(\.frame) && frame.readSamples() == samples
        }
        fuzzSound(samples, words)
    case .greeting:
        guard let greeting = try? frame.readGreeting() else { return }
        check(Frame.rates.contains(greeting.format.rate), "a rate of \(greeting.format.rate)")
    case .engineFailed, .textFailed:
        guard let text = try? frame.readText() else { return }
        checkSame(.failed(kind, text)) { try $0.readText() == text }
    case .cancel, .finished: break
    }
}

/// Feeds in arbitrary sound and words: no mark may be outside the text, or after its sound.
private func fuzzSound(_ samples: [Int16], _ words: [WordEvent]) {
    let text = "One two, three 你好 four."
    var frames = 0
    let sound = PieceSound(format: PCMFormat(rate: 22_050)) { samples, marks in
        frames += samples.count
        for mark in marks {
            check((0...frames).contains(mark.frame), "a word at \(mark.frame) of \(frames)")
            check(mark.spoken.lowerBound >= 0 && mark.spoken.upperBound <= text.utf8.count, "a word at \(mark.spoken)")
        }
        return true
    }
    sound.beginRun(text, at: 0)
    for _ in 0..<3 {
        for word in words { sound.receive(word) }
        _ = sound.receive(samples.span)
    }
    sound.endRun()
    check(sound.frames == frames, "\(sound.frames) frames, not \(frames)")
}

/// Checks that a frame made from what was read reads the same.
private func checkSame(_ frame: Frame, _ isSame: (inout Frame) throws -> Bool) {
    let bytes = frame.encoded
    do {
        let (kind, length) = try Frame.header(Array(bytes.prefix(Frame.headerSize)))
        var received = Frame(kind, contents: Array(bytes.dropFirst(Frame.headerSize)))
        check(length == bytes.count - Frame.headerSize, "the length of \(frame)")
        check(try isSame(&received), "\(frame) means something else")
    } catch {
        // Text that was not UTF-8 may have grown.
        check(bytes.count > Frame.longest, "\(frame) is malformed")
    }
}
