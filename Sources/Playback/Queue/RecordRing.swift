// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// A bounded queue from one thread to another, without locks or allocation.
///
/// Records are numbered from 0, and the numbers never start over. The consumer may read any that it has not removed.
@safe
final class RecordRing<Record: Sendable>: @unchecked Sendable {
    // Sendable: the producer writes a slot before `end` passes it; the consumer reads it until `start` does.
    private let slots: UnsafeMutablePointer<Record>
    let capacity: Int
    private let startIndex = Atomic(0)
    /// Sequentially consistent, so that "I sleep if there is nothing" and "I wake you if you sleep" can't miss each
    /// other.
    private let endIndex = Atomic(0)

    init(capacity: Int) {
        self.capacity = capacity
        unsafe slots = .allocate(capacity: capacity)
    }

    deinit {
        while removeFirst() != nil {}
        unsafe slots.deallocate()
    }

    /// For the consumer: the index of the oldest record, or of the next one to come.
    var start: Int { startIndex.load(ordering: .acquiring) }

    /// Index of the next record to be appended.
    var end: Int { endIndex.load(ordering: .sequentiallyConsistent) }

    /// How many more records fit.
    var room: Int { capacity - (end - start) }

    /// For the producer. Returns `false`, and does nothing, if the ring is full.
    func append(_ record: Record) -> Bool {
        guard room > 0 else { return false }
        let end = endIndex.load(ordering: .relaxed)
        unsafe (slots + end % capacity).initialize(to: record)
        endIndex.store(end + 1, ordering: .sequentiallyConsistent)
        return true
    }

    /// For the consumer: the record at this index, if it has come. The index must not be before ``start``.
    subscript(index: Int) -> Record? {
        guard index < end else { return nil }
        return unsafe slots[index % capacity]
    }

    /// For the consumer: removes the oldest record.
    @discardableResult
    func removeFirst() -> Record? {
        let start = startIndex.load(ordering: .relaxed)
        guard start < end else { return nil }
        let record = unsafe (slots + start % capacity).move()
        startIndex.store(start + 1, ordering: .releasing)
        return record
    }
}
