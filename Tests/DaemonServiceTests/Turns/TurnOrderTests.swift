// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import TestSupport
import Testing
import Utterance

@testable import DaemonService

@Suite("The turns of the one voice, in any order")
struct TurnOrderTests {
    /// Whatever happens, in any order: everything that was admitted and not stopped speaks, and an answer that was made to
    /// wait by an important one speaks again. None ends that was neither begun nor stopped.
    @Test("belong to one at most, and come to everybody", arguments: 0..<200 as Range<UInt64>)
    func anyOrder(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var desk = Desk(limit: 8)
        var begun: Set<String> = []
        var stopped: Set<String> = []
        var admitted: [String] = []
        func obey() {
            for action in desk.done() {
                switch action {
                case .grant(let id): #expect(desk.queue.speaking == id)
                case .stop(let id): stopped.insert(id)
                case .begin(let id): begun.insert(id)
                }
            }
            #expect(desk.queue.entries.count { $0.state == .speaking } <= 1)
        }
        func end(_ id: String) {
            #expect(begun.contains(id) || stopped.contains(id))
            stopped.remove(id)
            admitted.removeAll { $0 == id }
            desk.ended(id)
            obey()
        }
        /// One that may end. The first by name, so that a failing case can be had again.
        func next() -> String? { desk.queue.speaking.flatMap { begun.contains($0) ? $0 : nil } ?? stopped.min() }
        for step in 0..<60 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let id = "\(step)"
                let policy = Policy.allCases.randomElement(using: &random) ?? .queue
                let priority = Priority.allCases.randomElement(using: &random) ?? .normal
                if (try? desk.admit(id, policy, priority, session: Bool.random(using: &random) ? "s" : nil)) != nil {
                    admitted.append(id)
                }
                obey()
            case 2: if let id = next() { end(id) }
            default:
                if let id = admitted.randomElement(using: &random) { desk.textEnded(id) }
                obey()
            }
        }
        // Everybody else has their say.
        while let id = next() { end(id) }
        #expect(desk.queue.entries.isEmpty)
    }
}
