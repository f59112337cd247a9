// SPDX-License-Identifier: GPL-3.0-or-later
import DequeModule
import Synchronization

/// A bounded, weighted hand-over from one producer task to one consumer task.
///
/// - `send` waits while the channel is full, and throws when the receiver has left or its own task is cancelled.
/// - `receive` returns `nil` at once when its task is cancelled, whatever is buffered: nothing is played after a stop.
/// - `finish` ends the channel after what is buffered; `finish(throwing:)` then throws.
/// - `receive(before:clock:)` gives up at a deadline; nothing is lost, and the channel stays open.
///
/// The bound is on the weight of what is buffered, not on its count. An element that is heavier than the whole bound
/// is taken when the channel is empty, so that it never waits forever.
///
/// Both sides hold the same channel, so it can't notice that one of them has gone. The producer must `finish`, or else the
/// consumer waits until it is cancelled; a consumer that stops early must `leave`, or else the producer waits. A `defer`
/// at the top of each side does that: only the first end counts, so an earlier `finish(throwing:)` stands. Cancellation
/// wakes the cancelled side only; cancel both, as a task group does.
package final class BoundedChannel<Element: Sendable>: Sendable {
    /// What a timed receive brings.
    package enum Timed: Sendable {
        case element(Element)
        /// The end, or the receiving task is cancelled.
        case finished
        case deadlineReached
    }

    /// Thrown by ``send(_:)`` when nobody will ever receive the element: the receiver has left, or the channel has been
    /// finished.
    package struct ReceiverLeft: Error {}

    private let state: Mutex<State>
    private let weigh: @Sendable (Element) -> Int

    /// - Parameters:
    ///   - capacity: the weight that may be buffered; at least 1.
    ///   - weigh: the weight of an element, in the same unit; 1 if not given. An element weighs at least 1, so that the
    ///     bound holds for empty ones too.
    package init(capacity: Int, weigh: @escaping @Sendable (Element) -> Int = { _ in 1 }) {
        precondition(capacity > 0, "A channel must hold something.")
        self.state = Mutex(State(capacity: capacity))
        self.weigh = weigh
    }

    /// Buffers `element`, first waiting until there is room.
    ///
    /// - Throws: `CancellationError` if the sending task is cancelled, ``ReceiverLeft`` if nobody will receive it; the
    ///   element is then not delivered.
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

    /// Ends the stream: what is buffered is still received, then `receive` returns `nil`, or throws `error` once.
    ///
    /// Only the first call counts. A waiting `send` throws ``ReceiverLeft``.
    package func finish(throwing error: (any Error)? = nil) {
        let waiting = state.withLock { $0.finish(error) }
        for waiter in waiting { waiter.resume() }
    }

    /// The next element; `nil` at the end, or at once if the receiving task is cancelled.
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

    /// The next element if it comes before `deadline`. What comes later is kept for the next call.
    ///
    /// What is buffered already is received even if the deadline has passed.
    ///
    /// - Throws: the error that the channel was finished with, once, after the last element.
    package func receive<C: Clock>(before deadline: C.Instant, clock: C) async throws -> Timed {
        if !isReadable {
            // The race only waits; the element is taken after it, by this task, so that losing the race loses nothing.
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

    /// Tells that nobody will receive any more: what is buffered is dropped, a waiting or later `send` throws
    /// ``ReceiverLeft``, and `receive` returns `nil`.
    package func leave() {
        let waiting = state.withLock { $0.leave() }
        for waiter in waiting { waiter.resume() }
    }

    /// The weight of what is buffered now.
    package var load: Int {
        state.withLock(\.load)
    }

    /// Whether a `send` waits for room. For tests, which need to know that the moment has come.
    var isSenderWaiting: Bool {
        state.withLock { $0.sender != nil }
    }

    /// Whether a `receive` waits for an element. For tests.
    var isReceiverWaiting: Bool {
        state.withLock { $0.receiver != nil }
    }

    private var isReadable: Bool {
        state.withLock { $0.holds(.element) }
    }

    /// Suspends until `condition` may hold or the task is cancelled. A wake-up carries nothing, so none can be lost.
    private func wait(for condition: State.Condition) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A task is marked as cancelled before its handler runs. So either the mark is seen here, under the
                // lock, or the handler comes to the lock later and finds the continuation.
                let isParked = state.withLock { !Task.isCancelled && $0.park(continuation, until: condition) }
                if !isParked { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.unpark(condition) }?.resume()
        }
    }
}

extension BoundedChannel {
    /// The state machine of a channel. Every change is one call under the lock, and returns whom to wake outside of it.
    struct State {
        typealias Waiter = CheckedContinuation<Void, Never>

        /// What a side waits for.
        enum Condition {
            /// The sender: room for this weight, or that there will never be any.
            case room(Int)
            /// The receiver: an element, or the end.
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
            /// What is buffered comes out, then the error if there is one.
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

        /// Keeps `waiter` until `condition` holds; `false` if it holds already.
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

        /// Removes and returns the side that waits for `condition`, if it does.
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
