// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Speech

@Suite("The sound of a piece")
struct PieceSoundTests {
    /// At 1000 Hz a frame is 1 ms, and the gap between runs 40 frames.
    private let format = PCMFormat(rate: 1_000)
    private let recording = Recording()

    private func word(_ position: Int, at frame: Int) -> WordEvent {
        WordEvent(position: position, length: 1, frame: frame)
    }

    @Test("words come with the samples they begin in, and are counted from the first sound")
    func marks() {
        let sound = PieceSound(format: format, sink: recording.take)
        sound.beginRun("a b c d", at: 0)
        sound.receive(word(1, at: 0))
        sound.receive(word(3, at: 5))
        // c begins in silence, and is held back along with it.
        sound.receive(word(5, at: 9))
        #expect(sound.receive([0, 0, 9_000, 9_000, 9_000, 9_000, 9_000, 0, 0, 0]))
        #expect(recording.samples.count == 5)
        #expect(recording.marks == [WordMark(frame: 0, spoken: 0..<1), WordMark(frame: 3, spoken: 2..<3)])

        sound.receive(word(7, at: 11))
        #expect(sound.receive([0, 9_000]))
        #expect(recording.marks.map(\.frame) == [0, 3, 7, 9])
        #expect(sound.frames == 10)
        #expect(!recording.hasLateMark)
    }

    @Test("the sound of Han characters waits for the next word, which shows where they end")
    func words() {
        let sound = PieceSound(format: format, sink: recording.take)
        sound.beginRun("你好，我是谁", at: 10)
        sound.receive(word(1, at: 0))
        #expect(sound.receive([9_000, 9_000, 9_000]))
        #expect(recording.samples.isEmpty)
        sound.receive(word(4, at: 4))
        #expect(sound.receive([9_000, 9_000]))
        #expect(recording.marks == [WordMark(frame: 0, spoken: 10..<16)])
        #expect(recording.samples.count == 3)
        sound.receive(word(5, at: 5))
        #expect(sound.receive([9_000]))
        sound.endRun()
        #expect(recording.marks.dropFirst().map(\.spoken) == [19..<22, 22..<28])
        #expect(recording.marks.map(\.frame) == [0, 4, 5])
        #expect(recording.samples.count == 6 && !recording.hasLateMark)
    }

    @Test("a run after another begins after the gap, and inherits nothing")
    func secondRun() {
        let sound = PieceSound(format: format, sink: recording.take)
        sound.beginRun("a b", at: 0)
        sound.receive(word(1, at: 0))
        // b makes no sound, and gets no mark.
        sound.receive(word(3, at: 3))
        #expect(sound.receive([9_000, 9_000, 0, 0]))

        sound.beginRun("c", at: 3)
        sound.receive(word(1, at: 1))
        #expect(sound.receive([0, 9_000]))
        #expect(recording.samples == [9_000, 9_000] + [Int16](repeating: 0, count: 40) + [9_000])
        #expect(recording.marks == [WordMark(frame: 0, spoken: 0..<1), WordMark(frame: 42, spoken: 3..<4)])
        #expect(sound.frames == recording.samples.count)
    }

    @Test("runs without sound leave no gap")
    func silentRuns() {
        let sound = PieceSound(format: format, sink: recording.take)
        for (offset, samples) in ([[0, 0], [9_000], [0, 0]] as [[Int16]]).enumerated() {
            sound.beginRun("a", at: offset)
            #expect(sound.receive(samples))
        }
        #expect(recording.samples == [9_000])
    }

    @Test("a rejecting sink ends it, even between runs, and what was passed counts")
    func refused() {
        for limit in 1...3 {
            let recording = Recording(limit: limit)
            let sound = PieceSound(format: format, sink: recording.take)
            for offset in 0..<3 where sound.isWanted {
                sound.beginRun("a", at: offset)
                #expect(sound.receive([9_000]) == sound.isWanted)
            }
            #expect(!sound.isWanted)
            // Whatever eSpeak NG still delivers.
            #expect(!sound.receive([]))
            #expect(!sound.receive([9_000]))
            #expect(!sound.isWanted)
            #expect(recording.calls == limit)
            #expect(sound.frames == recording.samples.count)
        }
    }
}

extension PieceSound {
    fileprivate func receive(_ samples: [Int16]) -> Bool {
        receive(samples.span)
    }
}
