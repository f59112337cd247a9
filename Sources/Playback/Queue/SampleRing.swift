// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// The samples on their way from the voice to the device: one producer, one consumer, no locks.
///
/// Positions count samples from 0, and never start over. The consumer keeps what it has read until it releases it, so
/// it can go back. The ring reserves plenty of address space (``capacity``: more than the longest piece) but little
/// memory: pages are touched as sound comes, and returned to the system once the consumer has released them.
@safe
final class SampleRing: @unchecked Sendable {
    // Sendable: samples from `start` to `end` belong to the consumer, the others to the producer.

    /// In samples: 6 minutes at 22050 Hz, 16 MiB of address space.
    static let capacity = 1 << 23

    /// Memory is returned in steps of about this many samples.
    private static let returnStep = 1 << 17

    private let samples: UnsafeMutablePointer<Int16>
    private let startPosition = Atomic(0)
    /// Sequentially consistent, so that "I sleep if there is nothing" and "I wake you if you sleep" can't miss each
    /// other.
    private let endPosition = Atomic(0)
    /// For the consumer: everything before this was returned to the system; a multiple of a page.
    private let returned = Atomic(0)

    init() {
        let bytes = Self.capacity * MemoryLayout<Int16>.stride
        let flags = CInt(MAP_PRIVATE) | CInt(MAP_ANONYMOUS) | CInt(MAP_NORESERVE)
        let memory = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
            preconditionFailure("The system has no 16 MiB of addresses left.")
        }
        // A huge page would take 2 MiB at the first sample.
        unsafe madvise(memory, bytes, MADV_NOHUGEPAGE)
        unsafe samples = memory.bindMemory(to: Int16.self, capacity: Self.capacity)
    }

    deinit {
        unsafe munmap(samples, Self.capacity * MemoryLayout<Int16>.stride)
    }

    /// The oldest sample that is kept.
    var start: Int { startPosition.load(ordering: .acquiring) }

    /// Where the next sample goes.
    var end: Int { endPosition.load(ordering: .sequentiallyConsistent) }

    /// For the producer. Returns `false`, and does nothing, if there is no room for all of them.
    ///
    /// Memory before ``start`` that may not have been returned yet is not room: it would be returned with the new
    /// samples in it.
    func append(_ new: Span<Int16>) -> Bool {
        let end = endPosition.load(ordering: .relaxed)
        guard end + new.count - start <= Self.capacity - 2 * Self.returnStep else { return false }
        let offset = end % Self.capacity
        let first = min(new.count, Self.capacity - offset)
        unsafe new.withUnsafeBufferPointer { source in
            guard let source = source.baseAddress else { return }
            unsafe (samples + offset).update(from: source, count: first)
            unsafe samples.update(from: source + first, count: new.count - first)
        }
        endPosition.store(end + new.count, ordering: .sequentiallyConsistent)
        return true
    }

    /// For the consumer: calls `body` with the first samples of `range` that are contiguous in memory; with none if
    /// they are no longer kept.
    func withSamples<Result, Failure: Error>(
        in range: Range<Int>, _ body: (Span<Int16>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = range.lowerBound < start ? range.lowerBound..<range.lowerBound : range.clamped(to: start..<end)
        let offset = range.lowerBound % Self.capacity
        let count = min(range.count, Self.capacity - offset)
        let buffer = unsafe UnsafeBufferPointer(start: samples + offset, count: count)
        return try body(unsafe Span(_unsafeElements: buffer))
    }

    /// For the consumer: releases everything before `position`.
    ///
    /// - Parameter returnsMemory: whether to return whole pages now rather than once there are many.
    func release(before position: Int, returnsMemory: Bool = false) {
        giveBack(before: position, atLeast: returnsMemory ? 1 : Self.returnStep)
        if position > start { startPosition.store(position, ordering: .releasing) }
    }

    private func giveBack(before position: Int, atLeast count: Int) {
        let page = Int(getpagesize()) / MemoryLayout<Int16>.stride
        let limit = position - position % page
        var from = returned.load(ordering: .relaxed)
        guard limit - from >= count else { return }
        while from < limit {
            let offset = from % Self.capacity
            let run = min(limit - from, Self.capacity - offset)
            unsafe madvise(samples + offset, run * MemoryLayout<Int16>.stride, MADV_DONTNEED)
            from += run
        }
        returned.store(limit, ordering: .relaxed)
    }
}
