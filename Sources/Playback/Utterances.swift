// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The utterances of an output, one after another: whose sound is accepted, what is reported, how each ended. Pure.
///
/// They are numbered from 1. What is written or reported later for one that has ended is recognized by its number and
/// dropped.
struct Utterances: Sendable {
    /// The most reports that are kept for a listener who doesn't read them.
    private static let mostReports = 1_024
    /// The part of them that is reserved for reports other than words.
    private static let roomForPieces = 64

    /// The last one that began; 0 before the first.
    private(set) var latest = 0
    /// Whether sound of the latest one is accepted.
    private(set) var isOpen = false
    /// The fault of the latest one, if it failed. Before the first one: of an attempt to open the device.
    private(set) var fault: Fault?
    private var reports: [PlaybackReport] = []
    private var hasEnded = true

    /// The utterance whose sound is accepted.
    var admitted: Int? { isOpen ? latest : nil }

    var hasReports: Bool { !reports.isEmpty }

    /// Begins the next utterance, and ends the one before.
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

    /// Stops accepting sound of this utterance.
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

    /// Ends the reports of the utterance: those that are there are the last.
    mutating func end(_ utterance: Int) {
        if utterance == latest { hasEnded = true }
    }

    /// The next report of the utterance; `.some(nil)` if there are no more, `nil` if none has come yet.
    mutating func nextReport(of utterance: Int) -> PlaybackReport?? {
        guard utterance == latest else { return .some(nil) }
        if !reports.isEmpty { return reports.removeFirst() }
        return hasEnded ? .some(nil) : nil
    }
}
