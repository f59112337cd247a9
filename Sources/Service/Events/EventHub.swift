import Channels
// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import Pipeline
import Synchronization
package import Utterance

/// Everything that the device does, for any number of readers; the last of it is kept for those who come back.
///
/// Readers share one ring, each with a place in it. So a slow one costs nothing and holds up nobody: what it did not
/// read in time is gone, and it is told how much that was.
package final class EventHub: Sendable {
    /// A place in the stream: after the event of this number, counted from 1 since the start.
    package struct Position: Sendable, Hashable, Comparable {
        package var number: Int

        package init(number: Int) {
            self.number = number
        }

        package static func < (left: Position, right: Position) -> Bool { left.number < right.number }
    }

    /// An event as it is sent.
    package struct Entry: Sendable {
        package let position: Position
        /// The value of its key `event`.
        package let name: String
        /// The answer that it belongs to, if it does to one.
        package let answer: String?
        /// It ends its answer.
        package let isLast: Bool
        package let json: [UInt8]
    }

    /// What came since a reader looked last; never empty.
    package struct Batch: Sendable {
        /// Events before these that are not kept any more.
        package var missed: Int
        package var entries: [Entry]
    }

    fileprivate struct State {
        /// The oldest first. What lies before `start` is gone.
        var entries: [Entry] = []
        var start = 0
        var bytes = 0
        var last = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
        /// Grows with every sign of life that readers are to give.
        var beats = 0
    }

    /// Names this run of the daemon: a number means nothing in another.
    package let run: String

    private let mostEvents: Int
    private let mostBytes: Int
    private let observer: @Sendable (DeviceEvent) -> Void
    private let state = Mutex(State())
    private let openReaders = Watched(0)
    /// Answers and readers that have gone.
    private let gone = Watched(0)

    /// - Parameters:
    ///   - mostEvents: so many are kept.
    ///   - mostBytes: of JSON, and no more than this.
    ///   - observer: is told of each event at once, from wherever it happens.
    package init(
        mostEvents: Int = 2048, mostBytes: Int = 1 << 19,
        observer: @escaping @Sendable (DeviceEvent) -> Void = { _ in }
    ) {
        self.observer = observer
        self.mostEvents = mostEvents
        self.mostBytes = mostBytes
        run = String(UInt32.random(in: 0 ... .max), radix: 36)
    }

    /// Where the stream stands now.
    package var position: Position { Position(number: state.withLock(\.last)) }

    /// Before the oldest event that is kept.
    package var oldest: Position {
        state.withLock { Position(number: $0.last - ($0.entries.count - $0.start)) }
    }

    /// Those who read now.
    package var readers: Int { openReaders.current }

    /// Waits until `condition` is true of the number of those who read.
    ///
    /// - Throws: `CancellationError`.
    package func waitForReaders(where condition: (Int) -> Bool) async throws {
        try await openReaders.wait { condition($0) ? () : nil }
    }

    /// Hands an event on; never waits for a reader.
    package func publish(_ event: DeviceEvent) {
        observer(event)
        let json = event.json
        let waiting = state.withLock { state in
            state.last += 1
            let position = Position(number: state.last)
            let entry = Entry(
                position: position, name: event.name, answer: event.answer, isLast: event.isLast, json: json)
            state.add(entry, mostEvents: mostEvents, mostBytes: mostBytes)
            return state.takeWaiting()
        }
        for continuation in waiting { continuation.resume() }
        if event.isLast { gone.change { $0 += 1 } }
    }

    /// Has every reader that waits look up, so that it can give a sign of life; once every `interval`, as long as there
    /// are readers. Runs until it is cancelled.
    package func beat(every interval: Duration, clock: any MomentClock) async {
        while (try? await openReaders.wait(until: { $0 > 0 ? () : nil })) != nil,
            (try? await clock.sleep(until: clock.now.advanced(by: interval), tolerance: .seconds(1))) != nil
        {
            let waiting = state.withLock { state in
                state.beats += 1
                return state.takeWaiting()
            }
            for continuation in waiting { continuation.resume() }
        }
    }

    /// Counts a reader while `body` runs.
    package func reading<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        openReaders.change { $0 += 1 }
        defer {
            openReaders.change { $0 -= 1 }
            gone.change { $0 += 1 }
        }
        return try await body()
    }

    /// Runs `body` when answers have ended or readers have gone, and for `interval` no more of them did. Runs until it is
    /// cancelled.
    package func inLulls(of interval: Duration, clock: any MomentClock, _ body: () -> Void) async {
        var seen = 0
        while let now = try? await gone.wait(until: { [seen] in $0 == seen ? nil : $0 }) {
            seen = now
            try? await clock.sleep(until: clock.now.advanced(by: interval), tolerance: .seconds(1))
            if !Task.isCancelled, gone.current == seen { body() }
        }
    }

    /// Waits for events after a place; at most so many at once.
    ///
    /// - Returns: `nil` when it is time for a sign of life.
    /// - Throws: `CancellationError`.
    package func next(after position: Position, atMost limit: Int = 256) async throws -> Batch? {
        let beats = state.withLock(\.beats)
        while true {
            try Task.checkCancellation()
            if let batch = batch(after: position, limit) { return batch }
            if state.withLock(\.beats) != beats { return nil }
            await waitForEvent(after: position, beats)
        }
    }

    /// Whether an event of an answer is kept that comes after a place.
    func holds(_ answer: String, after position: Position) -> Bool {
        state.withLock { state in
            state.entries[state.start...].contains { $0.position > position && $0.answer == answer }
        }
    }

    private func batch(after position: Position, _ limit: Int) -> Batch? {
        state.withLock { state in
            guard position.number < state.last else { return nil }
            let kept = state.entries.count - state.start
            let missed = max(0, state.last - kept - position.number)
            let first = state.entries.count - (state.last - position.number) + missed
            return Batch(missed: missed, entries: Array(state.entries[first...].prefix(limit)))
        }
    }

    private func waitForEvent(after position: Position, _ beats: Int) async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.last <= position.number, state.beats == beats, !Task.isCancelled else { return false }
                    state.waiting[id] = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
        }
    }
}

extension EventHub.State {
    fileprivate mutating func takeWaiting() -> [CheckedContinuation<Void, Never>] {
        defer { waiting = [:] }
        return Array(waiting.values)
    }

    fileprivate mutating func add(_ entry: EventHub.Entry, mostEvents: Int, mostBytes: Int) {
        entries.append(entry)
        bytes += entry.json.count
        while entries.count - start > mostEvents || bytes > mostBytes && entries.count - start > 1 {
            bytes -= entries[start].json.count
            start += 1
        }
        // What is gone takes an eighth of the room at most.
        if start * 8 >= entries.count {
            entries.removeFirst(start)
            start = 0
        }
    }
}
