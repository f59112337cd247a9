// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Testing
import Utterance

@testable import Playback

/// Turns marks into reports, without a device. The sound of a piece was heard before its last marks came, and the device
/// has been prepared again: it can't tell any more when that was.
@Suite("Marks that come late")
struct HeardReporterTests {
    private let queue = SoundQueue()
    private let heard = Moment(sinceZero: .seconds(7))
    private let late = ["start 0", "word 0 4", "heard 0"]

    /// - Parameter report: causes the reports of the late marks.
    private func reports(_ report: (inout HeardReporter, FrameMap) -> Void) -> [PlaybackReport] {
        queue.admitNext()
        queue.begin(piece: 0, pause: .zero)
        let samples = [Int16](repeating: 1, count: 100)
        _ = queue.write(samples.span, marks: [])
        var map = FrameMap(format: PCMFormat(rate: 1_000), origin: 0)
        map.wroteSound(at: 0, 100)
        map.started(at: Moment(sinceZero: .zero))
        map.observe(delay: 0, at: heard)
        var reporter = HeardReporter(queue: queue)
        reporter.advance(to: 100, of: map)
        reporter.notePlayedOut(upTo: 100, at: heard)
        map.reset(origin: 100)
        _ = queue.marks.append(Mark(kind: .word(4..<9), piece: 0, position: 60))
        queue.endPiece()
        report(&reporter, map)
        return queue.state.change { state in
            var reports: [PlaybackReport] = []
            while let next = state.utterances.nextReport(of: 1), let report = next { reports.append(report) }
            return reports
        }
    }

    @Test("are reported when the device is looked at again")
    func looked() {
        let reports = reports { $0.advance(to: $1.heardPosition, of: $1) }
        #expect(reports.map(\.what) == late)
        #expect(reports.last?.moment == heard)
    }

    @Test("are reported when the utterance ends")
    func ended() {
        let reports = reports { reporter, _ in reporter.end(utterance: 1) }
        #expect(reports.map(\.what) == late)
        #expect(reports.last?.moment == heard)
    }
}
