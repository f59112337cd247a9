// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

@testable import Channels

struct FIFOTests {
    @Test func `It is first in, first out`() {
        var queue = FIFO<Int>()
        #expect(queue.isEmpty)
        #expect(queue.popFirst() == nil)
        for element in 1...3 { queue.append(element) }
        #expect(queue.popFirst() == 1)
        queue.append(4)
        #expect((0..<3).map { _ in queue.popFirst() } == [2, 3, 4])
        #expect(queue.isEmpty)
        #expect(queue.popFirst() == nil)
    }

    @Test(arguments: 1...20)
    func `It behaves as an array does, whatever the order of operations`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = FIFO<Int>()
        var model: [Int] = []
        for step in 0..<5_000 {
            // Long runs of one operation, so that the queue grows past its threshold and shrinks again.
            if (step / 200 + Int.random(in: 0...3, using: &random)) % 4 < 2 {
                queue.append(step)
                model.append(step)
            } else {
                #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            }
            #expect(queue.isEmpty == model.isEmpty)
        }
    }

    @Test(arguments: [1, 2, 31, 32, 33, 100])
    func `Its storage stays within twice what it holds, also if it never runs empty`(held: Int) {
        var queue = FIFO<Int>()
        for element in 0..<held { queue.append(element) }
        var most = 0
        for element in held..<(held + 10_000) {
            queue.append(element)
            #expect(queue.popFirst() == element - held)
            most = max(most, queue.slots.count)
        }
        #expect(most <= 2 * held + 33)
    }

    @Test func `It lets go of what has been popped`() {
        final class Sound {}
        var queue = FIFO<Sound>()
        weak var popped: Sound?
        do {
            let sound = Sound()
            popped = sound
            queue.append(sound)
            queue.append(Sound())
        }
        _ = queue.popFirst()
        #expect(popped == nil)
        #expect(!queue.isEmpty)
    }
}
