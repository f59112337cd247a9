// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Testing
import Utterance

@testable import Playback

/// Decides what the device gets next, without a device.
@Suite("The feeder")
struct FeederTests {
    private let queue = SoundQueue()
    private let start = Moment(sinceZero: .seconds(100))

    private func say(_ index: Int, _ count: Int, pause: Duration = .zero, ends: Bool = true) {
        queue.begin(piece: index, pause: pause)
        let samples = [Int16](repeating: Int16(index + 1), count: count)
        _ = queue.write(samples.span, marks: [])
        if ends { queue.endPiece() }
    }

    private func feeder() -> Feeder {
        Feeder(queue: queue, format: PCMFormat(rate: 22_050))
    }

    @Test("feeds nothing before an utterance is admitted, and what is written before belongs to none")
    func gate() {
        var feeder = feeder()
        say(0, 100)
        #expect(feeder.next(at: start) == .nothing)
        queue.admitNext()
        say(0, 100)
        #expect(feeder.next(at: start) == .sound(0..<100))
    }

    @Test("feeds a piece, its pause, the next piece, and nothing in place of the last pause")
    func pieces() {
        var feeder = feeder()
        queue.admitNext()
        say(0, 100, pause: .seconds(1))
        say(1, 50, pause: .milliseconds(100))
        #expect(feeder.next(at: start) == .sound(0..<100))
        feeder.took(.sound(0..<100), 60)
        #expect(feeder.next(at: start) == .sound(60..<100))
        feeder.took(.sound(60..<100), 40)
        #expect(feeder.next(at: start) == .silence(frames: 2_205))
        feeder.took(.silence(frames: 2_205), 2_000)
        #expect(feeder.next(at: start) == .silence(frames: 205))
        feeder.took(.silence(frames: 205), 205)
        #expect(feeder.next(at: start) == .sound(100..<150))
        feeder.took(.sound(100..<150), 50)
        #expect(feeder.next(at: start) == .nothing)
        #expect(!feeder.owes)
    }

    @Test("expects more of a piece until its end has come")
    func owes() {
        var feeder = feeder()
        queue.admitNext()
        say(0, 100, ends: false)
        let portion = feeder.next(at: start)
        feeder.took(portion, 100)
        #expect(feeder.next(at: start) == .nothing)
        #expect(feeder.owes)
        queue.endPiece()
        #expect(feeder.next(at: start) == .nothing)
        #expect(!feeder.owes)
    }

    @Test("passes over the marks of a piece that was reported before it passed them")
    func reportedMarks() {
        var feeder = feeder()
        queue.admitNext()
        say(0, 100, ends: false)
        feeder.took(feeder.next(at: start), 100)
        queue.endPiece()
        queue.marks.removeFirst()
        queue.marks.removeFirst()
        // Other marks overwrite those in the ring.
        for index in 1...queue.marks.capacity / 2 { say(index, 1) }
        #expect(feeder.next(at: start) == .sound(100..<101))
    }

    @Test(
        "adds only what has not passed of a pause, and reports when that was too late because there was no text",
        arguments: [(passed: 0, frames: 6_615, starved: false), (100, 4_410, false), (300, 0, false), (301, 0, true)])
    func pauseThatHasPassed(passed: Int, frames: Int, starved: Bool) {
        var feeder = feeder()
        queue.admitNext()
        say(0, 100)
        feeder.took(feeder.next(at: start), 100)
        _ = feeder.next(at: start)
        feeder.soundEnded(at: start, forWantOfText: true)
        say(1, 100, pause: .milliseconds(300))
        let portion = feeder.next(at: start.advanced(by: .milliseconds(passed)))
        #expect(portion == (frames > 0 ? .silence(frames: frames) : .sound(100..<200)))
        #expect(feeder.takeStarvation() == (starved ? start : nil))
    }

    @Test("doesn't treat an utterance that was cut as a lack of text")
    func lateAfterDrop() {
        var feeder = feeder()
        queue.admitNext()
        say(0, 100)
        feeder.took(feeder.next(at: start), 100)
        feeder.soundEnded(at: start, forWantOfText: true)
        queue.closeLatest()
        feeder.discard(through: 1)
        queue.admitNext()
        say(1, 100, pause: .milliseconds(300))
        #expect(feeder.next(at: start.advanced(by: .seconds(10))) == .sound(100..<200))
        #expect(feeder.takeStarvation() == nil)
    }

    @Test("doesn't blame the text if we were late ourselves")
    func lateByOurFault() {
        var feeder = feeder()
        queue.admitNext()
        say(0, 100)
        feeder.took(feeder.next(at: start), 100)
        feeder.soundEnded(at: start, forWantOfText: false)
        say(1, 100, pause: .milliseconds(300))
        #expect(feeder.next(at: start.advanced(by: .seconds(1))) == .sound(100..<200))
        #expect(feeder.takeStarvation() == nil)
    }

    @Test(
        "discards what was dropped, including what the producer writes before it notices, and continues with what is new"
    )
    func drop() {
        var feeder = feeder()
        queue.admitNext()
        say(0, 100, ends: false)
        feeder.took(feeder.next(at: start), 30)
        queue.closeLatest()
        feeder.discard(through: 1)
        queue.endPiece()
        say(1, 40)
        #expect(feeder.next(at: start) == .nothing)
        #expect(!feeder.owes)
        queue.admitNext()
        say(0, 50, pause: .seconds(1))
        #expect(feeder.next(at: start) == .sound(100..<150))
    }

    @Test("discards a piece that began just before a drop and was written to just after")
    func raceWithDrop() {
        var feeder = feeder()
        queue.admitNext()
        queue.begin(piece: 0, pause: .zero)
        feeder.discard(through: 1)
        // The producer passed the check before the utterance was closed.
        let samples = [Int16](repeating: 1, count: 10)
        _ = queue.write(samples.span, marks: [])
        queue.closeLatest()
        queue.endPiece()
        queue.admitNext()
        say(0, 20)
        #expect(feeder.next(at: start) == .sound(10..<30))
    }

    @Test("discards nothing of the next utterance if a drop of the last one comes late")
    func lateDrop() {
        var feeder = feeder()
        queue.admitNext()
        say(0, 10)
        queue.closeLatest()
        queue.admitNext()
        say(0, 20)
        feeder.discard(through: 1)
        #expect(feeder.position == 10)
        #expect(feeder.next(at: start) == .sound(10..<30))
    }

    @Test("goes back, and marks that were not heard take effect again")
    func rewind() {
        var feeder = feeder()
        queue.admitNext()
        say(0, 100)
        say(1, 50, pause: .milliseconds(100))
        for _ in 1...3 {
            let portion = feeder.next(at: start)
            switch portion {
            case .sound(let range): feeder.took(portion, range.count)
            case .silence(let frames): feeder.took(portion, frames)
            case .nothing: break
            }
        }
        // The first piece's beginning has been heard.
        queue.marks.removeFirst()
        feeder.rewind(to: 70, inPiece: true)
        #expect(feeder.next(at: start) == .sound(70..<100))
        feeder.took(.sound(70..<100), 30)
        #expect(feeder.next(at: start) == .silence(frames: 2_205))
    }

    @Test("never goes back to anything that is not kept any more")
    func rewindToNothing() {
        var feeder = feeder()
        queue.admitNext()
        say(0, 100)
        say(1, 50)
        feeder.took(feeder.next(at: start), 100)
        queue.samples.release(before: 80)
        feeder.rewind(to: 0, inPiece: false)
        #expect(feeder.next(at: start) == .sound(80..<100))
    }
}

extension SoundQueue {
    /// Admits the sound of the next utterance.
    func admitNext() {
        state.change { _ = $0.utterances.start() }
    }

    fileprivate func closeLatest() {
        state.change { $0.utterances.close($0.utterances.latest) }
    }
}
