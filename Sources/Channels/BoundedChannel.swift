// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// A bounded, weighted hand-over from one producer task to one consumer task.
///
/// - `send` waits while the channel is full and throws when the receiver has left or its own task is cancelled.
/// - `receive` returns `nil` at once when its task is cancelled, whatever is buffered: nothing is played after a stop.
/// - `finish` lets what is buffered out; `finish(throwing:)` lets it out and then throws.
/// - `receive(before:clock:)` gives up at a deadline, loses nothing and closes nothing.
///
/// The bound is on the weight of what is buffered, not on its count. An element that is heavier than the whole bound
/// is taken when the channel is empty, so that it can't wait for ever.
package final class BoundedChannel<Element: Sendable>: Sendable {
    /// What a timed receive brings.
    package enum Timed: Sendable {
        case element(Element)
        case finished
        case deadlineReached
    }

    /// Thrown by ``send(_:)`` when nobody will ever receive.
    package struct ReceiverLeft: Error {}

    private let state: Mutex<State>
    private let weigh: @Sendable (Element) -> Int

    /// - Parameters:
    ///   - capacity: the weight that may be buffered; at least 1.
    ///   - weigh: the weight of an element, in the same unit; 1 each if not given.
    package init(capacity: Int, weigh: @escaping @Sendable (Element) -> Int = { _ in 1 }) {
        precondition(capacity > 0, "A channel must hold something.")
        self.state = Mutex(State(capacity: capacity))
        self.weigh = weigh
    }

    /// Buffers `element`, first waiting until there is room.
    ///
    /// - Throws: `CancellationError` if the sending task is cancelled, ``ReceiverLeft`` if the receiver has left;
    ///   the element is then not delivered.
    package func send(_ element: Element) async throws {
        let weight = weigh(element)
        while true {
            try Task.checkCancellation()
            let (admission, waiter) = state.withLock { $0.offer(element, weight: weight) }
            waiter?.resume()
            switch admission {
            case .taken: return
            case .receiverLeft: throw ReceiverLeft()
            case .full: await wait(for: .room(weight))
            }
        }
    }

    /// Ends the stream: what is buffered still comes out, then `receive` returns `nil`, or throws `error`.
    ///
    /// Only the first call counts.
    package func finish(throwing error: (any Error)? = nil) {
        state.withLock { $0.finish(error) }?.resume()
    }

    /// The next element; `nil` at the end, or at once if the receiving task is cancelled.
    package func receive() async throws -> Element? {
        while true {
            if Task.isCancelled { return nil }
            let (next, waiter) = state.withLock { $0.take() }
            waiter?.resume()
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
    package func receive<C: Clock>(before deadline: C.Instant, clock: C) async throws -> Timed {
        if !isReadable {
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

    /// Says that nobody will receive any more: a waiting or later `send` throws ``ReceiverLeft``.
    package func leave() {
        state.withLock { $0.leave() }?.resume()
    }

    /// The weight of what is buffered now.
    package var load: Int {
        state.withLock(\.load)
    }

    private var isReadable: Bool {
        state.withLock { $0.isReady(for: .element) }
    }

    /// Suspends until `condition` may hold or the task is cancelled. A wake-up carries nothing, so none can be lost.
    private func wait(for condition: Condition) async {
        let ticket = state.withLock { $0.drawTicket() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = Waiter(ticket: ticket, continuation: continuation)
                let ready = state.withLock { $0.park(waiter, until: condition) }
                ready?.resume()
            }
        } onCancel: {
            state.withLock { $0.cancel(ticket) }?.resume()
        }
    }
}

/// What a parked side waits for.
private enum Condition {
    /// Room for this weight.
    case room(Int)
    /// An element, or the end.
    case element
}

private struct Waiter {
    let ticket: Int
    let continuation: CheckedContinuation<Void, Never>

    func resume() {
        continuation.resume()
    }
}

extension BoundedChannel {
    private enum Admission { case taken, receiverLeft, full }

    private enum Next {
        case element(Element)
        case end((any Error)?)
        case empty
    }

    /// The state machine; every change is one call under the lock and says whom to wake outside of it.
    private struct State {
        private let capacity: Int
        private var buffer = FIFO<(element: Element, weight: Int)>()
        private(set) var load = 0
        private var end: (any Error)??
        private var receiverLeft = false
        private var producer: (waiter: Waiter, weight: Int)?
        private var consumer: Waiter?
        private var nextTicket = 0
        private var cancelled: Set<Int> = []

        init(capacity: Int) {
            self.capacity = capacity
        }

        mutating func offer(_ element: Element, weight: Int) -> (Admission, Waiter?) {
            if receiverLeft || end != nil { return (.receiverLeft, nil) }
            guard isReady(for: .room(weight)) else { return (.full, nil) }
            buffer.append((element, weight))
            load += weight
            return (.taken, takeConsumer())
        }

        mutating func take() -> (Next, Waiter?) {
            if let (element, weight) = buffer.popFirst() {
                load -= weight
                guard let parked = producer, isReady(for: .room(parked.weight)) else { return (.element(element), nil) }
                producer = nil
                return (.element(element), parked.waiter)
            }
            guard let end else { return (.empty, nil) }
            self.end = .some(nil)  // an error is thrown once
            return (.end(end), nil)
        }

        mutating func finish(_ error: (any Error)?) -> Waiter? {
            guard end == nil else { return nil }
            end = .some(error)
            return takeConsumer()
        }

        mutating func leave() -> Waiter? {
            receiverLeft = true
            buffer = FIFO()
            load = 0
            defer { producer = nil }
            return producer?.waiter
        }

        func isReady(for condition: Condition) -> Bool {
            switch condition {
            case .room(let weight): receiverLeft || end != nil || load == 0 || load + weight <= capacity
            case .element: !buffer.isEmpty || end != nil
            }
        }

        mutating func drawTicket() -> Int {
            nextTicket += 1
            return nextTicket
        }

        /// Parks `waiter`, or gives it back to be woken at once.
        mutating func park(_ waiter: Waiter, until condition: Condition) -> Waiter? {
            if cancelled.remove(waiter.ticket) != nil || isReady(for: condition) { return waiter }
            switch condition {
            case .room(let weight):
                precondition(producer == nil, "A channel has one producer.")
                producer = (waiter, weight)
            case .element:
                precondition(consumer == nil, "A channel has one consumer.")
                consumer = waiter
            }
            return nil
        }

        mutating func cancel(_ ticket: Int) -> Waiter? {
            if let parked = producer, parked.waiter.ticket == ticket {
                producer = nil
                return parked.waiter
            }
            if let parked = consumer, parked.ticket == ticket {
                consumer = nil
                return parked
            }
            cancelled.insert(ticket)
            return nil
        }

        private mutating func takeConsumer() -> Waiter? {
            defer { consumer = nil }
            return consumer
        }
    }
}
