// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Testing
import Utterance

@testable import Pipeline

/// The player's rules with two answers and a device, in every order in which things can happen.
@Suite("Playing in any order") struct PlayOrderTests {
    /// Everything that can be the case, with a step for everything that can happen next.
    private struct World: Hashable {
        static let pieces = 2

        var order = PlayOrder<Int>()
        var lists = [PieceList(capacity: 100), PieceList(capacity: 100)]
        /// Pieces cut from each answer's text.
        var cut = [0, 0]
        var isComplete = [false, false]
        /// What was heard of each answer.
        var heard: [[Int]] = [[], []]
        /// What the device has of the session, but has not played.
        var device: [Int] = []
        var isDevicePaused = false
        var mistake: String?

        enum Step: CaseIterable {
            case selectFirst, selectSecond, selectNone, pause, resume
            case cutFirst, cutSecond, completeFirst, completeSecond, restart
            case begin, take, hear, obey, finish
        }

        /// - Returns: `nil` if that can't happen now.
        func after(_ step: Step) -> World? {
            var world = self
            switch step {
            case .selectFirst: world.order.select(0)
            case .selectSecond: world.order.select(1)
            case .selectNone: world.order.select(nil)
            case .pause: world.order.pause()
            case .resume: world.order.resume()
            case .cutFirst: world.cutPiece(of: 0)
            case .cutSecond: world.cutPiece(of: 1)
            case .completeFirst: world.complete(0)
            case .completeSecond: world.complete(1)
            case .restart: if let current = order.current { world.order.restart(current) }
            case .begin: world.begin()
            case .take: world.take()
            case .hear: world.hear()
            case .obey: world.obey()
            case .finish: world.finish()
            }
            return world == self ? nil : world
        }

        private mutating func cutPiece(of queue: Int) {
            guard cut[queue] < Self.pieces, !isComplete[queue] else { return }
            _ = lists[queue].offer(.numbered(cut[queue]), sounding: .seconds(1))
            cut[queue] += 1
            order.want(queue)
        }

        private mutating func complete(_ queue: Int) {
            isComplete[queue] = true
            lists[queue].complete()
        }

        private mutating func begin() {
            guard let queue = order.begin() else { return }
            if !device.isEmpty || isDevicePaused { mistake = "\(queue) began on a device that was not free" }
        }

        private mutating func take() {
            guard let session = order.session, case .piece(let piece, _) = lists[session.queue].next() else { return }
            device.append(piece.index)
        }

        private mutating func hear() {
            guard let session = order.session, !isDevicePaused, !device.isEmpty else { return }
            let piece = device.removeFirst()
            _ = lists[session.queue].note(.heard(piece))
            if piece != heard[session.queue].count { mistake = "\(piece) heard after \(heard[session.queue])" }
            heard[session.queue].append(piece)
        }

        private mutating func obey() {
            guard let session = order.session, let due = order.order else { return }
            switch due {
            case .pause, .resume:
                isDevicePaused = due == .pause
                order.done(due)
            case .cut:
                end(isOver: lists[session.queue].rewind())
            }
        }

        /// The session was heard to its end, whatever else is due.
        private mutating func finish() {
            guard let session = order.session, device.isEmpty, !isDevicePaused else { return }
            var list = lists[session.queue]
            guard list.next() == .end else { return }
            lists[session.queue].end(.heard)
            end(isOver: true)
        }

        private mutating func end(isOver: Bool) {
            device = []
            isDevicePaused = false
            order.end(isOver: isOver)
        }

        /// Both answers finish, one after the other.
        func whenAllIsDone() -> World {
            var world = self
            world.order.resume()
            for queue in 0...1 {
                world.order.select(queue)
                while world.cut[queue] < Self.pieces, !world.isComplete[queue] { world.cutPiece(of: queue) }
                world.complete(queue)
                let steps: [Step] = [.obey, .begin, .take, .hear, .finish]
                while let next = steps.lazy.compactMap({ world.after($0) }).first { world = next }
            }
            return world
        }
    }

    @Test("loses no piece and hears none twice, wherever it is cut, and never ends paused")
    func everyOrder() throws {
        var seen: Set<World> = [World()]
        var frontier = Array(seen)
        while let world = frontier.popLast() {
            for step in World.Step.allCases {
                guard let next = world.after(step), seen.insert(next).inserted else { continue }
                if let mistake = next.mistake { Issue.record("\(mistake): \(world)") }
                frontier.append(next)
            }
        }
        for world in seen {
            let end = world.whenAllIsDone()
            try #require(end.heard == end.cut.map { Array(0..<$0) }, "\(world)")
            try #require(end.lists.allSatisfy { $0.outcome == .heard }, "\(world)")
            try #require(end.mistake == nil && end.order.session == nil, "\(world)")
        }
        // Makes sure that it explored everything.
        #expect(seen.count > 10_000, "\(seen.count)")
    }

    @Test("tells every answer that could be heard of a pause, and keeps it until it could be again")
    func pauses() {
        var order = PlayOrder<Int>()
        order.select(0)
        #expect(order.isPaused(0) == false && order.isPaused(1) == nil)
        order.pause()
        #expect(order.isPaused(0) == true)
        order.select(1)
        #expect(order.isPaused(0) == nil && order.isPaused(1) == true)
        order.resume()
        #expect(order.isPaused(0) == nil && order.isPaused(1) == false)
    }

    @Test("of an answer that has left doesn't start again, and leaves the device to others")
    func leaving() {
        var order = PlayOrder<Int>()
        order.want(0)
        order.select(0)
        #expect(order.begin() == 0)
        order.leave(0)
        #expect(order.order == .cut)
        order.end(isOver: false)
        order.select(0)
        #expect(order.begin() == nil)
    }
}
