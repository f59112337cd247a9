// SPDX-License-Identifier: GPL-3.0-or-later
import DequeModule
import Synchronization

/// A bounded, weighted channel from one producer task to one consumer task.
///
/// - `send` waits while the channel is full, and throws if the receiver has left or the sending task is cancelled.
/// - `receive` returns `nil` at once if its task is cancelled, whatever is buffered: nothing is played after a stop.
/// - `finish` ends the channel after what is buffered; after `finish(throwing:)`, `receive` then throws.
/// - `receive(before:clock:)` gives up at a deadline; nothing is lost, and the channel stays open.
///
/// The bound is on the weight of what is buffered, not on the number of elements. An element that is heavier than the
/// whole bound is accepted when the channel is empty, so that it never waits forever.
///
/// Both sides hold the same channel, so it can't notice that one of them has gone. The producer must `finish`, or else
/// the consumer waits until it is cancelled; a consumer that stops early must `leave`, or else the producer waits. A
/// `defer` at the top of each side does that: only the first end counts, so an earlier `finish(throwing:)` is kept.
/// Cancellation wakes only the cancelled side; cancel both, as a task group does.
package final class BoundedChannel<Element: Sendable>: Sendable {
    /// The result of a receive with a deadline.
    package enum Timed: Sendable {
        case element(Element)
        /// The channel has ended, or the receiving task was cancelled.
        case finished
        case deadlineReached
    }

    /// Thrown by ``send(_:)`` if nobody will ever receive the element: the receiver has left, or the channel is
    /// finished.
    package struct ReceiverLeft: Error {}

    private let state: Mutex<State>
    private let weigh: @Sendable (Element) -> Int

    /// - Parameters:
    ///   - capacity: the most weight that may be buffered; at least 1.
    ///   - weigh: returns the weight of an element, in the same unit; 1 by default. An element weighs at least 1, so
    ///     that empty ones are bounded too.
    package init(capacity: Int, weigh: @escaping @Sendable (Element) -> Int = { _ in 1 }) {
        precondition(capacity > 0, "A channel must hold something.")
        self.state = Mutex(State(capacity: capacity))
        self.weigh = weigh
    }

    /// Buffers `element`, waiting first until there is room.
    ///
    /// - Throws: `CancellationError` if the sending task is cancelled, ``ReceiverLeft`` if nobody will receive the
    ///   element. It is then not delivered.
    package func send(_ element: Element) async throws {
        let weight = max(1, weigh(element))
        while true {
            try Task.checkCancellation()
            let (admission, receiver) = state.withLock { $0.offer(element, weight: weight) }
            receiver?.resume()
            switch admission {
            case .taken: return
            case .closed: throw ReceiverLeft()
            case .full: await wait(for: .room(weight))
            }
        }
    }

    /// Ends the stream: buffered elements are still received, then `receive` returns `nil`, or throws `error` once.
    ///
    /// Only the first call counts. A `send` that is waiting throws ``ReceiverLeft``.
    package func finish(throwing error: (any Error)? = nil) {
        let waiting = state.withLock { $0.finish(error) }
        for waiter in waiting { waiter.resume() }
    }

    /// Receives the next element; `nil` at the end, or at once if the receiving task is cancelled.
    ///
    /// - Throws: the error that the channel was finished with, once, after the last element.
    package func receive() async throws -> Element? {
        while true {
            if Task.isCancelled { return nil }
            let (next, sender) = state.withLock { $0.take() }
            sender?.resume()
            switch next {
            case .element(let element): return element
            case .end(let error):
                if let error { throw error }
                return nil
            case .empty: await wait(for: .element)
            }
        }
    }

    /// Receives the next element if it comes before `deadline`. An element that comes later is kept for the next call.
    ///
    /// A buffered element is received even if the deadline has passed.
    ///
    /// - Throws: the error that the channel was finished with, once, after the last element.
    package func receive<C: Clock>(before deadline: C.Instant, clock: C) async throws -> Timed {
        if !isReadable {
            // The race only waits. This task takes the element afterwards, so that losing the race loses nothing.
            await withTaskGroup { race in
                race.addTask { await self.wait(for: .element) }
                race.addTask { try? await clock.sleep(until: deadline, tolerance: nil) }
                await race.next()
                race.cancelAll()
            }
        }
        guard isReadable || Task.isCancelled else { return .deadlineReached }
        return try await receive().map { .element($0) } ?? .finished
    }

    /// Ends receiving: what is buffered is dropped, a waiting or later `send` throws ``ReceiverLeft``, and `receive`
    /// returns `nil`.
    package func leave() {
        let waiting = state.withLock { $0.leave() }
        for waiter in waiting { waiter.resume() }
    }

    /// The weight of what is currently buffered.
    package var load: Int {
        state.withLock(\.load)
    }

    /// Whether a `send` is waiting for room. For tests, which need to know when that is so.
    var isSenderWaiting: Bool {
        state.withLock { $0.sender != nil }
    }

    /// Whether a `receive` is waiting for an element. For tests.
    var isReceiverWaiting: Bool {
        state.withLock { $0.receiver != nil }
    }

    private var isReadable: Bool {
        state.withLock { $0.holds(.element) }
    }

    /// Suspends until `condition` may hold or the task is cancelled. A wake-up carries no data, so none can be lost.
    private func wait(for condition: State.Condition) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A task is marked as cancelled before its handler runs. So either the mark is seen here, under the
                // lock, or the handler takes the lock later and finds the continuation.
                let isParked = state.withLock { !Task.isCancelled && $0.park(continuation, until: condition) }
                if !isParked { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.unpark(condition) }?.resume()
        }
    }
}

extension BoundedChannel {
    /// The state machine of a channel. Every change is one call under the lock, which returns whom to wake outside of
    /// it.
    struct State {
        typealias Waiter = CheckedContinuation<Void, Never>

        /// What a side is waiting for.
        enum Condition {
            /// For the sender: room for this weight, or that there will never be any.
            case room(Int)
            /// For the receiver: an element, or the end.
            case element
        }

        enum Admission { case taken, full, closed }

        enum Next {
            case element(Element)
            case empty
            case end((any Error)?)
        }

        private enum Phase {
            case open
            /// Buffered elements are still received, and then the error, if there is one.
            case finished((any Error)?)
            case receiverLeft
        }

        private let capacity: Int
        private var phase = Phase.open
        private var buffer = Deque<(element: Element, weight: Int)>()
        private(set) var load = 0
        private(set) var sender: (waiter: Waiter, weight: Int)?
        private(set) var receiver: Waiter?

        init(capacity: Int) {
            self.capacity = capacity
        }

        mutating func offer(_ element: Element, weight: Int) -> (Admission, wake: Waiter?) {
            guard isOpen else { return (.closed, nil) }
            guard hasRoom(for: weight) else { return (.full, nil) }
            buffer.append((element, weight))
            load += weight
            return (.taken, unpark(.element))
        }

        mutating func take() -> (Next, wake: Waiter?) {
            if let (element, weight) = buffer.popFirst() {
                load -= weight
                guard let sender, hasRoom(for: sender.weight) else { return (.element(element), nil) }
                return (.element(element), unpark(.room(sender.weight)))
            }
            switch phase {
            case .open: return (.empty, nil)
            case .receiverLeft: return (.end(nil), nil)
            case .finished(let error):
                phase = .finished(nil)  // an error is thrown once
                return (.end(error), nil)
            }
        }

        mutating func finish(_ error: (any Error)?) -> [Waiter] {
            guard isOpen else { return [] }
            phase = .finished(error)
            return unparkAll()
        }

        mutating func leave() -> [Waiter] {
            phase = .receiverLeft
            buffer = []
            load = 0
            return unparkAll()
        }

        func holds(_ condition: Condition) -> Bool {
            switch condition {
            case .room(let weight): !isOpen || hasRoom(for: weight)
            case .element: !isOpen || !buffer.isEmpty
            }
        }

        /// Keeps `waiter` until `condition` holds; returns `false` if it already does.
        mutating func park(_ waiter: Waiter, until condition: Condition) -> Bool {
            if holds(condition) { return false }
            switch condition {
            case .room(let weight):
                precondition(sender == nil, "A channel has one producer.")
                sender = (waiter, weight)
            case .element:
                precondition(receiver == nil, "A channel has one consumer.")
                receiver = waiter
            }
            return true
        }

        /// Removes and returns the side that is waiting for `condition`, if there is one.
        mutating func unpark(_ condition: Condition) -> Waiter? {
            switch condition {
            case .room:
                defer { sender = nil }
                return sender?.waiter
            case .element:
                defer { receiver = nil }
                return receiver
            }
        }

        private mutating func unparkAll() -> [Waiter] {
            defer { (sender, receiver) = (nil, nil) }
            return [sender?.waiter, receiver].compactMap(\.self)
        }

        private var isOpen: Bool {
            if case .open = phase { true } else { false }
        }

        private func hasRoom(for weight: Int) -> Bool {
            load == 0 || weight <= capacity - load
        }
    }
}
