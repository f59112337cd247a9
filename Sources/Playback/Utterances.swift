// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The utterances of an output, one after the other: whose sound is taken, what is reported, how each ended. Pure.
///
/// They are numbered from 1. What is still written or reported of one that is over is told by its number, and dropped.
struct Utterances: Sendable {
    /// More reports than that are not kept for a listener who does not listen.
    private static let mostReports = 1_024
    /// Words leave room for what matters more.
    private static let roomForPieces = 64

    /// The last one that began; 0 if there was none.
    private(set) var latest = 0
    /// Sound of the latest is taken.
    private(set) var isOpen = false
    /// How the latest failed, if it did. Before the first one: who opened the device.
    private(set) var fault: Fault?
    private var reports: [PlaybackReport] = []
    private var hasEnded = true

    /// The utterance whose sound is taken.
    var admitted: Int? { isOpen ? latest : nil }

    var hasReports: Bool { !reports.isEmpty }

    /// Lets the next utterance in, and ends the one before.
    mutating func start() -> Int {
        self = Utterances(latest: latest + 1)
        return latest
    }

    init() {}

    private init(latest: Int) {
        self.latest = latest
        isOpen = true
        hasEnded = false
    }

    /// Takes no more of this utterance's sound.
    mutating func close(_ utterance: Int) {
        if utterance == latest { isOpen = false }
    }

    /// Ends the utterance with a fault, unless it has one already.
    mutating func fail(_ utterance: Int, with fault: Fault) {
        guard utterance == latest else { return }
        isOpen = false
        self.fault = self.fault ?? fault
    }

    mutating func report(_ report: PlaybackReport, of utterance: Int) {
        guard utterance == latest, !hasEnded, reports.count < Self.mostReports else { return }
        if case .word = report, reports.count >= Self.mostReports - Self.roomForPieces { return }
        reports.append(report)
    }

    /// No more reports of the utterance come than those that are there.
    mutating func end(_ utterance: Int) {
        if utterance == latest { hasEnded = true }
    }

    /// The next report of the utterance, or as `.some(nil)` that there are no more; `nil` while none has come.
    mutating func nextReport(of utterance: Int) -> PlaybackReport?? {
        guard utterance == latest else { return .some(nil) }
        if !reports.isEmpty { return reports.removeFirst() }
        return hasEnded ? .some(nil) : nil
    }
}
