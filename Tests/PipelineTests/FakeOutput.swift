// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Synchronization
import TestSupport
import Utterance

/// A device that is heard only as far as a test allows: what is written waits until then.
///
/// It holds its users to the contract of ``SoundOutput``, and records violations.
final class FakeOutput: SoundOutput {
    private struct State {
        enum Utterance { case none, started, open, over }

        var utterance = Utterance.none
        /// What was called, in a word each, without writes and waits.
        var calls: [String] = []
        var violations: [String] = []
        /// Pieces begun, including those that were dropped.
        var begun: [Int] = []
        var isInPiece = false
        /// This many of the pieces begun may be heard; the others wait.
        var audible = Int.max
        var isPaused = false
        var mutes: [Bool] = []
        var formats: [PCMFormat] = []
        /// What will be heard, and which of the pieces begun it belongs to.
        var reports: [(report: PlaybackReport, ordinal: Int)] = []
        var waiting: [CheckedContinuation<Void, Never>] = []

        var isSilent: Bool { isPaused || begun.count > audible }

        var isReportDue: Bool { !isPaused && reports.first.map { $0.ordinal <= audible } ?? false }
    }

    let isLive: Bool
    private let openFault: Fault?
    private let opensAfter: Gate?
    /// Set when it is first being opened.
    let isOpening = Gate()
    private let writeLimit: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - audible: pieces that are heard at once; ``hear(_:)`` allows more.
    ///   - opensAfter: opening it takes until then.
    ///   - writeLimit: the number of pieces after which the device fails.
    init(
        isLive: Bool = true, openFault: Fault? = nil, opensAfter: Gate? = nil, audible: Int = .max,
        writeLimit: Int = .max
    ) {
        self.isLive = isLive
        self.openFault = openFault
        self.opensAfter = opensAfter
        self.writeLimit = writeLimit
        state.withLock { $0.audible = audible }
    }

    static let broken = Fault(.deviceFailed, "The device was unplugged.")

    var begun: [Int] { state.withLock(\.begun) }
    var calls: [String] { state.withLock(\.calls) }
    var violations: [String] { state.withLock(\.violations) }
    var utterances: Int { calls.count { $0 == "start" } }
    var drops: Int { calls.count { $0 == "drop" } }
    /// What was played in place of sound: an entry for each change.
    var mutes: [Bool] { state.withLock(\.mutes) }
    /// The formats it was opened for.
    var formats: [PCMFormat] { state.withLock(\.formats) }

    /// Waits until something was called this many times.
    func waitUntilCalled(_ call: String, times: Int = 1) async throws {
        try await wait { $0.calls.count { $0 == call } >= times }
    }

    /// Allows this many of the pieces begun to be heard.
    func hear(_ pieces: Int) {
        change { $0.audible = pieces }
    }

    func startUtterance() -> PlaybackReports {
        change { state in
            if state.utterance == .started || state.utterance == .open { state.violations.append("start in utterance") }
            if state.isPaused { state.violations.append("start while paused") }
            state.calls.append("start")
            state.utterance = .started
            state.reports = []
        }
        return PlaybackReports { await self.nextReport() }
    }

    func open(_ format: PCMFormat) async throws {
        if let openFault { throw openFault }
        isOpening.open()
        try await opensAfter?.opened()
        change { state in
            if state.utterance != .started { state.violations.append("open") }
            state.utterance = .open
            state.formats.append(format)
        }
    }

    func mute(_ isMuted: Bool) {
        change { $0.mutes.append(isMuted) }
    }

    /// Ten seconds while something is waiting that may not be heard yet.
    var ahead: Duration {
        state.withLock { $0.isSilent ? .seconds(10) : .zero }
    }

    func waitUntilAhead(isAtMost limit: Duration) async throws {
        if limit < .seconds(10) { try await wait { !$0.isSilent } }
        if state.withLock({ $0.begun.count }) >= writeLimit { throw Self.broken }
    }

    func begin(piece index: Int, pause: Duration) {
        change { state in
            guard state.utterance != .over else { return }
            if state.utterance != .open { state.violations.append("begin") }
            state.calls.append("piece \(index)")
            state.begun.append(index)
            state.isInPiece = true
            let start = PlaybackReport.soundStart(piece: index, at: MonotonicClock().now)
            state.reports.append((start, state.begun.count))
        }
    }

    func write(_ samples: Span<Int16>, marks: [WordMark]) -> Bool {
        change { state in
            guard state.utterance != .over else { return false }
            guard state.isInPiece, let piece = state.begun.last else {
                state.violations.append("write")
                return false
            }
            for mark in marks {
                let word = PlaybackReport.word(piece: piece, spoken: mark.spoken, at: MonotonicClock().now)
                state.reports.append((word, state.begun.count))
            }
            return true
        }
    }

    func endPiece() {
        change { state in
            guard state.utterance == .open, state.isInPiece, let piece = state.begun.last else { return }
            state.isInPiece = false
            state.reports.append((.heard(piece: piece, at: MonotonicClock().now), state.begun.count))
        }
    }

    func drain() async throws {
        try await wait { !$0.isSilent && $0.utterance == .open }
        change { state in
            state.calls.append("drain")
            state.utterance = .over
        }
    }

    func drop() async {
        change { state in
            state.calls.append("drop")
            state.utterance = .over
            state.isInPiece = false
            state.isPaused = false
            // What may not be heard will not be: the listener finds nothing more.
            state.reports.removeAll { $0.ordinal > state.audible }
            state.audible = .max
        }
    }

    func pause() async {
        change { state in
            state.calls.append("pause")
            state.isPaused = true
        }
    }

    func resume() async {
        change { state in
            state.calls.append("resume")
            state.isPaused = false
        }
    }

    func close() async {}

    private func nextReport() async -> PlaybackReport? {
        while true {
            let (report, isOver) = state.withLock { state in
                (state.isReportDue ? state.reports.removeFirst().report : nil, state.utterance == .over)
            }
            if report != nil || isOver { return report }
            await sleep { !$0.isReportDue && $0.utterance != .over }
        }
    }

    private func wait(until condition: (State) -> Bool) async throws {
        while !state.withLock({ condition($0) }) {
            try Task.checkCancellation()
            await withTaskCancellationHandler {
                await sleep { !condition($0) && !Task.isCancelled }
            } onCancel: {
                change { _ in }
            }
        }
    }

    /// Suspends until something changes, if `condition` holds.
    private func sleep(while condition: (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let sleeps = state.withLock { state in
                guard condition(state) else { return false }
                state.waiting.append(continuation)
                return true
            }
            if !sleeps { continuation.resume() }
        }
    }

    @discardableResult
    private func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, waiting) = state.withLock { state in
            defer { state.waiting = [] }
            return (body(&state), state.waiting)
        }
        for continuation in waiting { continuation.resume() }
        return result
    }
}
