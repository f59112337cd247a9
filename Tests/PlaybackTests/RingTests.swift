// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import TestSupport
import Testing
import Threads

@testable import Playback

@Suite("The rings between two threads", .timeLimit(.minutes(10)))
struct RingTests {
    @Test(
        "However writes and reads interleave, samples come out as they went in, even across the wrap", arguments: 1...20
    )
    func anyInterleaving(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let ring = SampleRing()
        // A start near the end of the memory makes every run wrap.
        skip(ring, to: SampleRing.capacity - Int.random(in: 1...20_000, using: &random))
        let first = ring.end
        var read = first
        while read < first + 100_000 {
            if Bool.random(using: &random) {
                let count = Int.random(in: 0...5_000, using: &random)
                #expect(append(samples(ring.end, count), to: ring))
            } else if read < ring.end {
                let count = Int.random(in: 1...ring.end - read, using: &random)
                read += check(ring, read..<read + count)
                if Bool.random(using: &random) {
                    ring.release(before: max(ring.start, read - 1_000), returnsMemory: Bool.random(using: &random))
                }
            }
        }
    }

    @Test("Samples can be read again until they are released")
    func rewind() {
        let ring = SampleRing()
        #expect(append(samples(0, 30_000), to: ring))
        check(ring, 0..<30_000)
        ring.release(before: 8_000, returnsMemory: true)
        #expect(ring.start == 8_000)
        check(ring, 8_000..<30_000)
    }

    @Test(
        "Samples that were released, or have not come, are not there",
        arguments: [0..<10, 7_990..<8_010, 10_000..<10_001])
    func absent(range: Range<Int>) {
        let ring = SampleRing()
        #expect(append(samples(0, 10_000), to: ring))
        ring.release(before: 8_000)
        #expect(ring.withSamples(in: range) { $0.count } == 0)
        #expect(ring.withSamples(in: 9_990..<20_000) { $0.count } == 10)
    }

    @Test("A full ring accepts nothing, and releasing makes room")
    func full() {
        let ring = SampleRing()
        fill(ring)
        ring.release(before: 1)
        #expect(append([1], to: ring))
        #expect(!append([1], to: ring))
    }

    @Test("Returning memory takes nothing from what a full ring holds")
    func fullWhileMemoryIsReturned() {
        let ring = SampleRing()
        fill(ring)
        for position in [1, 100_000, 130_000] {
            ring.release(before: position)
            fill(ring)
        }
        ring.release(before: 200_000, returnsMemory: true)
        check(ring, ring.start..<ring.end)
    }

    @Test("Two threads pass samples without loss")
    func twoThreads() {
        let ring = SampleRing()
        let total = 3_000_000
        startThread(name: "producer") {
            while ring.end < total {
                let new = samples(ring.end, min(1_323, total - ring.end))
                while !append(new, to: ring) {}
            }
        }
        var read = 0
        while read < total {
            let end = ring.end
            if read < end { read += check(ring, read..<end) }
            ring.release(before: read)
        }
    }

    @Test("Records come out in order; a full ring says so; any that is waiting can be read")
    func records() {
        let ring = RecordRing<String>(capacity: 3)
        #expect(ring.removeFirst() == nil)
        #expect(["a", "b", "c"].allSatisfy(ring.append))
        #expect(!ring.append("d"))
        #expect(ring[1] == "b" && ring[3] == nil)
        #expect(ring.removeFirst() == "a")
        #expect(ring.append("d") && ring.room == 0)
        #expect(ring[3] == "d" && ring.start == 1 && ring.end == 4)
        #expect(
            [ring.removeFirst(), ring.removeFirst(), ring.removeFirst(), ring.removeFirst()] == ["b", "c", "d", nil])
    }
}

/// The samples that belong at `position` and after it.
private func samples(_ position: Int, _ count: Int) -> [Int16] {
    (position..<position + count).map { Int16(truncatingIfNeeded: $0 &* 40_503) }
}

private func append(_ samples: [Int16], to ring: SampleRing) -> Bool {
    ring.append(samples.span)
}

/// Appends what belongs there until nothing more fits.
private func fill(_ ring: SampleRing) {
    while append(samples(ring.end, 1 << 16), to: ring) {}
    while append(samples(ring.end, 1), to: ring) {}
}

/// Moves the positions forward, as if that much had passed through.
private func skip(_ ring: SampleRing, to position: Int) {
    for position in [position / 2, position] {
        #expect(append([Int16](repeating: 0, count: position - ring.end), to: ring))
        ring.release(before: position, returnsMemory: true)
    }
}

/// Reads `range` in as many steps as it takes, and returns whether the samples belong there.
@discardableResult
private func check(_ ring: SampleRing, _ range: Range<Int>) -> Int {
    var position = range.lowerBound
    var isRight = true
    while position < range.upperBound {
        position += ring.withSamples(in: position..<range.upperBound) { span in
            for index in span.indices {
                isRight = isRight && span[index] == Int16(truncatingIfNeeded: (position + index) &* 40_503)
            }
            return span.count
        }
    }
    #expect(isRight)
    return range.count
}
