// SPDX-License-Identifier: GPL-3.0-or-later

extension BoundedChannel {
    /// The state machine of a channel. Every change is one call under the lock, and says whom to wake outside of it.
    struct State {
        typealias Waiter = CheckedContinuation<Void, Never>

        /// What a side waits for.
        enum Condition {
            /// The sender: room for this weight, or that waiting for it is in vain.
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
        private var buffer = FIFO<(element: Element, weight: Int)>()
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
            buffer = FIFO()
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

        /// Gives back the side that waits for `condition`, if it does wait.
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
