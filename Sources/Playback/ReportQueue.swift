// SPDX-License-Identifier: GPL-3.0-or-later

/// The reports on their way to the listener. One thread reports, one task listens.
final class ReportQueue: Sendable {
    /// A report, and whose it is; `nil` ends the utterance's reports.
    private struct Record: Sendable {
        var utterance: Int
        var report: PlaybackReport?
    }

    private let records = RecordRing<Record>(capacity: 1_024)
    private let bell = Bell()

    /// Does not wake the listener: ``ring()`` does. Nothing is reported if nobody has listened for a thousand reports.
    func append(_ report: PlaybackReport, utterance: Int) {
        // Words leave room for what matters more.
        if case .word = report, records.room <= 64 { return }
        _ = records.append(Record(utterance: utterance, report: report))
    }

    func appendEnd(utterance: Int) {
        _ = records.append(Record(utterance: utterance, report: nil))
    }

    /// Wakes the listener if there is something.
    func ring() {
        if !records.isEmpty { bell.ring() }
    }

    /// The next report of the utterance that the gate let in last, `nil` at its end.
    func next(of gate: Gate) async -> PlaybackReport? {
        while true {
            while let record = records.removeFirst() {
                if record.utterance == gate.latest { return record.report }
            }
            await bell.wait { records.isEmpty }
        }
    }
}
