// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// A bounded queue from one thread to another without locks or allocation.
///
/// Records are counted from 0 for ever; the consumer may look at any that it has not removed.
@safe
final class RecordRing<Record: Sendable>: @unchecked Sendable {
    // Sendable: a slot is written by the producer before `end` passes it, read by the consumer until `start` does.
    private let slots: UnsafeMutablePointer<Record>
    let capacity: Int
    private let startIndex = Atomic(0)
    /// Sequentially consistent: "I sleep, is there anything?" must not cross "there is something, do you sleep?".
    private let endIndex = Atomic(0)

    init(capacity: Int) {
        self.capacity = capacity
        unsafe slots = .allocate(capacity: capacity)
    }

    deinit {
        while removeFirst() != nil {}
        unsafe slots.deallocate()
    }

    /// The consumer's: index of the oldest record, or of the next one to come.
    var start: Int { startIndex.load(ordering: .acquiring) }

    /// Index of the next record to be appended.
    var end: Int { endIndex.load(ordering: .sequentiallyConsistent) }

    var isEmpty: Bool { start == end }

    /// How many more records fit.
    var room: Int { capacity - (end - start) }

    /// The producer's. False: full, nothing done.
    func append(_ record: Record) -> Bool {
        guard room > 0 else { return false }
        let end = endIndex.load(ordering: .relaxed)
        unsafe (slots + end % capacity).initialize(to: record)
        endIndex.store(end + 1, ordering: .sequentiallyConsistent)
        return true
    }

    /// The consumer's: the record of this index, if it has come. The index is not before ``start``.
    subscript(index: Int) -> Record? {
        guard index < end else { return nil }
        return unsafe slots[index % capacity]
    }

    /// The consumer's: takes the oldest record out.
    @discardableResult
    func removeFirst() -> Record? {
        let start = startIndex.load(ordering: .relaxed)
        guard start < end else { return nil }
        let record = unsafe (slots + start % capacity).move()
        startIndex.store(start + 1, ordering: .releasing)
        return record
    }
}
