// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Synchronization
import Utterance

/// A device that is heard only as far as a test lets it: what is written waits until then.
final class FakeOutput: SoundOutput {
    fileprivate struct State {
        var isOpen = false
        var isDropped = false
        var begun: [Int] = []
        var frames: [Int: Int] = [:]
        /// Pieces that may be heard; what is beyond waits.
        var audible = Int.max
        var reports: [PlaybackReport] = []
        var isOver = false
        var reader: CheckedContinuation<Void, Never>?
        var waiter: CheckedContinuation<Void, Never>?
        var utterances = 0
        var drops = 0
    }

    let isLive: Bool
    private let openFault: Fault?
    private let writeLimit: Int
    private let state = Mutex(State())

    /// - Parameter writeLimit: pieces after which the device fails.
    init(isLive: Bool = true, openFault: Fault? = nil, audible: Int = .max, writeLimit: Int = .max) {
        self.isLive = isLive
        self.openFault = openFault
        self.writeLimit = writeLimit
        state.withLock { $0.audible = audible }
    }

    static let broken = Fault(.deviceFailed, "The device was unplugged.")

    var begun: [Int] { state.withLock(\.begun) }
    var utterances: Int { state.withLock(\.utterances) }
    var drops: Int { state.withLock(\.drops) }

    func startUtterance() -> PlaybackReports {
        state.withLock { state in
            state.utterances += 1
            state.isDropped = false
            state.isOver = false
        }
        return PlaybackReports { await self.nextReport() }
    }

    func open(_ format: PCMFormat) async throws {
        if let openFault { throw openFault }
        state.withLock { $0.isOpen = true }
    }

    /// Ten seconds while something waits that may not be heard yet.
    var ahead: Duration {
        state.withLock { $0.begun.count > $0.audible ? .seconds(10) : .zero }
    }

    func waitUntilAhead(isAtMost limit: Duration) async throws {
        while ahead > limit {
            try Task.checkCancellation()
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let resumed = state.withLock { state -> Bool in
                        if state.begun.count <= state.audible || Task.isCancelled { return true }
                        state.waiter = continuation
                        return false
                    }
                    if resumed { continuation.resume() }
                }
            } onCancel: {
                wake()
            }
        }
        if state.withLock({ $0.begun.count }) >= writeLimit { throw Self.broken }
    }

    func begin(piece index: Int, pause: Duration) {
        state.withLock { $0.begun.append(index) }
    }

    func write(_ samples: Span<Int16>, marks: [WordMark]) -> Bool {
        let count = samples.count
        return state.withLock { state in
            guard !state.isDropped, let piece = state.begun.last else { return false }
            let now = MonotonicClock().now
            if state.frames[piece] == nil { state.reports.append(.soundStart(piece: piece, at: now)) }
            state.frames[piece, default: 0] += count
            for mark in marks { state.reports.append(.word(piece: piece, spoken: mark.spoken, at: now)) }
            return true
        }
    }

    func endPiece() {
        let reader = state.withLock { state in
            if let piece = state.begun.last, !state.isDropped {
                state.reports.append(.heard(piece: piece, at: MonotonicClock().now))
            }
            return state.takeReader()
        }
        reader?.resume()
    }

    func drain() async throws {
        end()
    }

    func drop() async {
        state.withLock { state in
            state.isDropped = true
            state.drops += 1
            state.audible = .max
        }
        end()
        wake()
    }

    func pause() async {}
    func resume() async {}
    func close() async {}

    private func nextReport() async -> PlaybackReport? {
        while true {
            let (report, isOver) = state.withLock { state -> (PlaybackReport?, Bool) in
                (state.reports.isEmpty ? nil : state.reports.removeFirst(), state.isOver)
            }
            if let report { return report }
            if isOver { return nil }
            await withCheckedContinuation { continuation in
                let resumed = state.withLock { state -> Bool in
                    if !state.reports.isEmpty || state.isOver { return true }
                    state.reader = continuation
                    return false
                }
                if resumed { continuation.resume() }
            }
        }
    }

    private func end() {
        let reader = state.withLock { state in
            state.isOver = true
            return state.takeReader()
        }
        reader?.resume()
    }

    private func wake() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}

extension FakeOutput.State {
    fileprivate mutating func takeReader() -> CheckedContinuation<Void, Never>? {
        defer { reader = nil }
        return reader
    }
}
