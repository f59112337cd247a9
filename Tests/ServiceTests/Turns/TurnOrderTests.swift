// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import TestSupport
import Testing
import Utterance

@testable import Service

@Suite("The turns of the one voice, in any order")
struct TurnOrderTests {
    /// Whatever happens, in any order: one holder at most, and everything that was admitted and not stopped speaks. None
    /// ends that was neither begun nor stopped.
    @Test("never belong to two, and come to everybody", arguments: 0..<200 as Range<UInt64>)
    func anyOrder(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var desk = Desk(limit: 8)
        var granted: [String: Bool] = [:]  // false: withdrawn
        var begun: Set<String> = []
        var stopped: Set<String> = []
        func obey(_ actions: [TurnQueue.Action], _ withdrawing: inout [String]) {
            for action in actions {
                switch action {
                case .grant(let id):
                    #expect(!granted.values.contains(true), "\(id) beside another")
                    granted[id] = true
                case .withdraw(let id): withdrawing.append(id)
                case .stop(let id): stopped.insert(id)
                case .begin(let id): begun.insert(id)
                }
            }
        }
        var withdrawing: [String] = []
        var admitted: [String] = []
        for step in 0..<60 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1:
                let id = "\(step)"
                let policy = Policy.allCases.randomElement(using: &random) ?? .queue
                let priority = Priority.allCases.randomElement(using: &random) ?? .normal
                if (try? desk.admit(id, policy, priority, session: Bool.random(using: &random) ? "s" : nil)) != nil {
                    admitted.append(id)
                }
            case 2:
                if let id = withdrawing.popLast() {
                    granted[id] = false
                    desk.withdrew(id)
                }
            case 3:
                let ending = next(granted, begun) ?? stopped.min()
                if let id = ending, !withdrawing.contains(id) {
                    granted[id] = nil
                    stopped.remove(id)
                    admitted.removeAll { $0 == id }
                    desk.ended(id)
                }
            default:
                if let id = admitted.randomElement(using: &random) { desk.textEnded(id) }
            }
            obey(desk.done(), &withdrawing)
        }
        // Everybody else has their say.
        while let id = withdrawing.popLast() ?? stopped.min() ?? next(granted, begun) {
            if granted[id] == true, desk.queue.suspended.contains(id), !stopped.contains(id) {
                granted[id] = false
                desk.withdrew(id)
            } else {
                granted[id] = nil
                stopped.remove(id)
                desk.ended(id)
            }
            obey(desk.done(), &withdrawing)
        }
        #expect(desk.queue.entries.isEmpty)
    }

    /// One that has the floor and may end. The first by name, so that a failing case can be had again.
    private func next(_ granted: [String: Bool], _ begun: Set<String>) -> String? {
        granted.filter { $0.value && begun.contains($0.key) }.keys.min()
    }
}
