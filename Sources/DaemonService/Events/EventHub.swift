// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
package import DaemonAPI
import DequeModule
package import Utterance

/// Everything that the device does, for any number of readers; the most recent events are kept for those who reconnect.
///
/// Readers share one ring, each with its own place in it. So a slow reader costs nothing and delays nobody: events that it
/// did not read in time are gone, and it is told how many.
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
        /// The answer that it belongs to, if any.
        package let answer: String?
        /// It ends its answer.
        package let isLast: Bool
        package let json: [UInt8]
    }

    /// What came since a reader looked last; never empty.
    package struct Batch: Sendable {
        /// How many events before these are no longer kept.
        package var missed: Int
        package var entries: [Entry]
    }

    private struct State {
        /// The oldest first.
        var entries: Deque<Entry> = []
        var bytes = 0
        /// The number of the last event.
        var last = 0
        var heartbeats = 0

        mutating func add(_ event: DeviceEvent, _ json: [UInt8], eventLimit: Int, byteLimit: Int) {
            last += 1
            entries.append(
                Entry(
                    position: Position(number: last), name: event.name, answer: event.answer, isLast: event.isLast,
                    json: json))
            bytes += json.count
            while entries.count > eventLimit || bytes > byteLimit && entries.count > 1 {
                bytes -= entries.removeFirst().json.count
            }
        }

        func batch(after position: Position, _ limit: Int) -> Batch? {
            guard position.number < last else { return nil }
            let unread = min(last - position.number, entries.count)
            return Batch(
                missed: last - position.number - unread, entries: Array(entries.suffix(unread).prefix(limit)))
        }
    }

    /// Names this run of the daemon: a number means nothing in another.
    package let run: String

    private let eventLimit: Int
    private let byteLimit: Int
    private let observer: @Sendable (DeviceEvent) -> Void
    private let state = Watched(State())
    private let openReaders = Watched(0)
    /// Answers that have ended and readers that have gone.
    private let gone = Watched(0)

    /// - Parameters:
    ///   - eventLimit: how many events are kept.
    ///   - byteLimit: how many bytes of JSON they may take together.
    ///   - observer: gets each event at once, on the thread where it happens.
    package init(
        eventLimit: Int = 2048, byteLimit: Int = 1 << 19,
        observer: @escaping @Sendable (DeviceEvent) -> Void = { _ in }
    ) {
        self.observer = observer
        self.eventLimit = eventLimit
        self.byteLimit = byteLimit
        run = String(UInt32.random(in: 0 ... .max), radix: 36)
    }

    /// The current end of the stream.
    package var position: Position { Position(number: state.read(\.last)) }

    /// Before the oldest event that is kept.
    package var oldest: Position {
        state.read { Position(number: $0.last - $0.entries.count) }
    }

    /// How many readers there are.
    package var readers: Int { openReaders.current }

    /// Waits until `condition` is true for the number of readers.
    ///
    /// - Throws: `CancellationError`.
    package func waitForReaders(where condition: @escaping @Sendable (Int) -> Bool) async throws {
        try await openReaders.wait { condition($0) ? () : nil }
    }

    /// Adds an event; never waits for a reader.
    package func publish(_ event: DeviceEvent) {
        observer(event)
        let json = event.json
        state.change { $0.add(event, json, eventLimit: eventLimit, byteLimit: byteLimit) }
        if event.isLast { gone.change { $0 += 1 } }
    }

    /// Wakes all waiting readers every `interval` so that they can send a heartbeat, as long as there are readers. Runs
    /// until it is cancelled.
    package func sendHeartbeats(every interval: Duration, clock: any MomentClock) async {
        while (try? await openReaders.wait(until: { $0 > 0 ? () : nil })) != nil,
            (try? await clock.sleep(until: clock.now.advanced(by: interval), tolerance: .seconds(1))) != nil
        {
            state.change { $0.heartbeats += 1 }
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

    /// Runs `body` whenever answers have ended or readers have gone, once no more of that happens for `interval`. Runs
    /// until it is cancelled.
    package func whenIdle(for interval: Duration, clock: any MomentClock, _ body: () -> Void) async {
        var seen = 0
        while let now = try? await gone.wait(until: { [seen] in $0 == seen ? nil : $0 }) {
            seen = now
            try? await clock.sleep(until: clock.now.advanced(by: interval), tolerance: .seconds(1))
            if !Task.isCancelled, gone.current == seen { body() }
        }
    }

    /// Waits for events after a place.
    ///
    /// - Parameter limit: the most events in one batch.
    /// - Returns: `nil` when it is time for a heartbeat.
    /// - Throws: `CancellationError`.
    package func next(after position: Position, atMost limit: Int = 256) async throws -> Batch? {
        let heartbeats = state.read(\.heartbeats)
        try await state.wait { $0.last > position.number || $0.heartbeats != heartbeats ? () : nil }
        return state.read { $0.batch(after: position, limit) }
    }

    /// Whether an event of an answer after a place is kept.
    func holds(_ answer: String, after position: Position) -> Bool {
        state.read { $0.entries.contains { $0.position > position && $0.answer == answer } }
    }
}
