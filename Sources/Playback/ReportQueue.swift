// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// The reports on their way to the listener. One thread reports; it never waits and takes no lock.
final class ReportQueue: Sendable {
    /// A report, and whose it is.
    private struct Record: Sendable {
        var utterance: Int
        var report: PlaybackReport
    }

    private let records = RecordRing<Record>(capacity: 1_024)
    private let bell = Bell()
    private let gate: Gate
    /// The listeners': one utterance's may not have gone yet when the next one's comes.
    private let taking = Mutex(())
    /// The last utterance of which no more reports come. No record among the others: those can be too many to be kept.
    private let ended = Atomic(0)

    init(gate: Gate) {
        self.gate = gate
    }

    /// Does not wake the listener: ``ring()`` does. Nothing is added if nobody has listened for a thousand reports.
    func append(_ report: PlaybackReport, utterance: Int) {
        // Words leave room for what matters more.
        if case .word = report, records.room <= 64 { return }
        _ = records.append(Record(utterance: utterance, report: report))
    }

    /// Ends the reports of `utterance` behind those that were added. Wakes the listener.
    func end(utterance: Int) {
        ended.max(utterance, ordering: .sequentiallyConsistent)
        bell.ring()
    }

    /// Wakes the listener if there is something.
    func ring() {
        if !records.isEmpty { bell.ring() }
    }

    /// Lets the next utterance in, and ends the reports of the one before.
    func startUtterance() -> PlaybackReports {
        gate.open()
        bell.ring()
        let utterance = gate.latest
        return PlaybackReports { await self.next(of: utterance) }
    }

    private func next(of utterance: Int) async -> PlaybackReport? {
        while gate.latest == utterance {
            // Seen before the records are: what belongs before the end is among them.
            let isOver = hasEnded(utterance)
            if let record = take(of: utterance) { return record.report }
            if isOver { return nil }
            await bell.wait { records.isEmpty && gate.latest == utterance && !hasEnded(utterance) }
        }
        return nil
    }

    private func hasEnded(_ utterance: Int) -> Bool {
        ended.load(ordering: .sequentiallyConsistent) >= utterance
    }

    private func take(of utterance: Int) -> Record? {
        taking.withLock { _ in
            while let record = records[records.start], record.utterance <= utterance {
                records.removeFirst()
                if record.utterance == utterance { return record }
            }
            return nil
        }
    }
}
