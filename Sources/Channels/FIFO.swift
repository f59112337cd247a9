// SPDX-License-Identifier: GPL-3.0-or-later

/// A first-in, first-out queue on one array; amortized constant time at both ends.
///
/// The places in front of the first element stay empty until they make up half of the array; then they are cut off.
struct FIFO<Element> {
    /// Empty up to `head`; then the elements.
    private(set) var slots: [Element?] = []
    private var head = 0

    var isEmpty: Bool { head == slots.count }

    mutating func append(_ element: Element) {
        slots.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < slots.count else { return nil }
        let element = slots[head]
        slots[head] = nil
        head += 1
        if head == slots.count {
            slots.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 32, head * 2 >= slots.count {
            slots.removeFirst(head)
            head = 0
        }
        return element
    }
}
