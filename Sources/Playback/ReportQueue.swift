// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// The reports on their way to the listener. One thread reports; it never waits and takes no lock.
final class ReportQueue: Sendable {
    /// A report, and whose it is; `nil` ends the utterance's reports.
    private struct Record: Sendable {
        var utterance: Int
        var report: PlaybackReport?
    }

    private let records = RecordRing<Record>(capacity: 1_024)
    private let bell = Bell()
    private let gate: Gate
    /// The listeners': one utterance's may not have gone yet when the next one's comes.
    private let taking = Mutex(())
    /// The last utterance whose reports end without the reporting thread.
    private let abandoned = Atomic(0)

    init(gate: Gate) {
        self.gate = gate
    }

    /// Does not wake the listener: ``ring()`` does. Nothing is added if nobody has listened for a thousand reports.
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

    /// Lets the next utterance in, and ends the reports of the one before.
    func startUtterance() -> PlaybackReports {
        gate.open()
        bell.ring()
        let utterance = gate.latest
        return PlaybackReports { await self.next(of: utterance) }
    }

    /// Ends the reports of the present utterance in place of the thread that reports, which may be in a call that hangs.
    func abandon() {
        abandoned.store(gate.latest, ordering: .sequentiallyConsistent)
        bell.ring()
    }

    private func next(of utterance: Int) async -> PlaybackReport? {
        while gate.latest == utterance {
            if let record = take(of: utterance) { return record.report }
            guard !isAbandoned(utterance) else { return nil }
            await bell.wait { records.isEmpty && gate.latest == utterance && !isAbandoned(utterance) }
        }
        return nil
    }

    private func isAbandoned(_ utterance: Int) -> Bool {
        abandoned.load(ordering: .sequentiallyConsistent) >= utterance
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
