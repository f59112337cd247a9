// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Testing
import Utterance

@testable import DaemonService

@Suite("The turns of the one voice")
struct TurnQueueTests {
    @Test("come to the first at once")
    func first() throws {
        var desk = Desk()
        try desk.admit("a")
        #expect(desk.done() == [.begin("a"), .grant("a")])
    }

    @Test("are taken in the order of arrival by those who queue; the next one's text is made when the model is free")
    func queueing() throws {
        var desk = Desk()
        try desk.admit("a")
        try desk.admit("b")
        try desk.admit("c")
        #expect(desk.done() == [.begin("a"), .grant("a")])
        desk.textEnded("a")
        #expect(desk.done() == [.begin("b")])
        #expect(desk.queue.waiting == ["b", "c"])
        desk.ended("a")
        #expect(desk.done() == [.grant("b")])
        desk.ended("b")
        #expect(desk.done() == [.begin("c"), .grant("c")])
    }

    @Test("of one conversation are made one after the other: each knows what was heard of the one before")
    func session() throws {
        var desk = Desk()
        try desk.admit("a", session: "s")
        try desk.admit("b", session: "s")
        desk.textEnded("a")
        #expect(desk.done() == [.begin("a"), .grant("a")])
        desk.ended("a")
        #expect(desk.done() == [.begin("b"), .grant("b")])
    }

    @Test("end for one that interrupts, which speaks when the other has fallen silent")
    func interrupting() throws {
        var desk = Desk()
        try desk.admit("a", .interrupt)
        try desk.admit("b", .interrupt)
        #expect(desk.done() == [.begin("a"), .grant("a"), .stop("a"), .begin("b")])
        desk.ended("a")
        #expect(desk.done() == [.grant("b")])
    }

    @Test("of the same conversation: the one that interrupts is asked when it is known what was heard")
    func interruptingInSession() throws {
        var desk = Desk()
        try desk.admit("a", .interrupt, session: "s")
        _ = desk.done()
        try desk.admit("b", .interrupt, session: "s")
        #expect(desk.done() == [.stop("a")])
        desk.ended("a")
        #expect(desk.done() == [.begin("b"), .grant("b")])
    }

    @Test("that wait in the queue keep waiting when somebody interrupts")
    func interruptKeepsQueue() throws {
        var desk = Desk()
        try desk.admit("a")
        try desk.admit("b")
        try desk.admit("c", .interrupt)
        #expect(desk.queue.waiting == ["c", "b"])
        _ = desk.done()
        desk.ended("a")
        #expect(desk.done() == [.grant("c")])
    }

    @Test("go to the last of those who interrupt while none of them can speak yet")
    func lastInterrupter() throws {
        var desk = Desk()
        try desk.admit("alarm", .queue, .important)
        try desk.admit("a", .interrupt)
        _ = desk.done()
        try desk.admit("b", .interrupt)
        #expect(desk.done() == [.stop("a"), .begin("b")])
    }

    @Test("are refused to one that would not wait")
    func rejecting() throws {
        var desk = Desk()
        try desk.admit("a", .reject)
        #expect(throws: Fault.self) { try desk.admit("b", .reject) }
        #expect(desk.queue.entries.map(\.turn.id) == ["a"])
        try desk.admit("alarm", .reject, .important)
        do {
            try desk.admit("alarm 2", .reject, .important)
            Issue.record("two important ones")
        } catch let fault {
            #expect((fault as? Fault)?.code == .speakerBusy)
        }
    }

    @Test("are bounded in number; what would have stopped goes on")
    func limit() throws {
        var desk = Desk(limit: 2)
        try desk.admit("a")
        try desk.admit("b")
        _ = desk.done()
        do {
            try desk.admit("c")
            Issue.record("three")
        } catch let fault {
            #expect((fault as? Fault)?.code == .queueFull)
        }
        #expect(desk.done().isEmpty)
        try desk.admit("d", .interrupt)
        #expect(desk.done() == [.stop("a"), .begin("d")])
    }

    @Test("are lent to an important one, and go on after it")
    func important() throws {
        var desk = Desk()
        try desk.admit("a")
        _ = desk.done()
        try desk.admit("alarm", .interrupt, .important)
        #expect(desk.done() == [.begin("alarm"), .grant("alarm")])
        #expect(desk.queue.suspended == ["a"])
        desk.ended("alarm")
        #expect(desk.done() == [.grant("a")])
        #expect(desk.queue.speaking == "a")
    }

    @Test("are kept by an important one whatever comes; a second one speaks before what was suspended")
    func importantAfterImportant() throws {
        var desk = Desk()
        try desk.admit("a")
        try desk.admit("alarm", .queue, .important)
        _ = desk.done()
        try desk.admit("alarm 2", .interrupt, .important)
        #expect(desk.done() == [.begin("alarm 2")])
        desk.ended("alarm")
        #expect(desk.done() == [.grant("alarm 2")])
    }

    @Test("of an important one don't wait for an answer of the same conversation that waits for its own")
    func importantInSession() throws {
        var desk = Desk()
        try desk.admit("a")
        desk.textEnded("a")
        try desk.admit("b", session: "s")
        #expect(desk.done() == [.begin("a"), .grant("a"), .begin("b")])
        try desk.admit("alarm", .queue, .important, session: "s")
        #expect(desk.done() == [.begin("alarm"), .grant("alarm")])
    }

    @Test("that are suspended end when somebody interrupts them")
    func interruptSuspended() throws {
        var desk = Desk()
        try desk.admit("a")
        try desk.admit("alarm", .queue, .important)
        _ = desk.done()
        try desk.admit("b", .interrupt)
        #expect(desk.done() == [.stop("a"), .begin("b")])
        desk.ended("a")
        #expect(desk.done() == [])
        desk.ended("alarm")
        #expect(desk.done() == [.grant("b")])
    }

    @Test("are taken from progress by anything; of those that wait, the last is kept")
    func progress() throws {
        var desk = Desk()
        try desk.admit("10 %", .queue, .progress)
        #expect(desk.done() == [.begin("10 %"), .grant("10 %")])
        try desk.admit("20 %", .queue, .progress)
        try desk.admit("30 %", .queue, .progress)
        #expect(desk.done() == [.stop("20 %")])
        desk.ended("20 %")
        try desk.admit("a")
        #expect(desk.done() == [.stop("10 %")])
        desk.ended("10 %")
        #expect(desk.done() == [.begin("a"), .grant("a")])
        desk.ended("a")
        #expect(desk.done() == [.begin("30 %"), .grant("30 %")])
    }

    @Test("are not needed by one that is silent")
    func silent() throws {
        var desk = Desk()
        try desk.admit("a")
        try desk.admit("b", .interrupt, silent: true)
        #expect(desk.done() == [.begin("a"), .grant("a"), .begin("b")])
        #expect(desk.queue.waiting.isEmpty)
    }

    @Test("end by name, or all together, each once")
    func stopping() throws {
        var desk = Desk()
        try desk.admit("a")
        try desk.admit("b")
        try desk.admit("c")
        _ = desk.done()
        #expect(desk.stop("b") == ["b"])
        #expect(desk.stop("nobody") == [])
        #expect(desk.stop(nil) == ["a", "c"])
        #expect(desk.stop(nil) == [])
        #expect(desk.done() == [.stop("b"), .stop("a"), .stop("c")])
        for id in ["a", "b", "c"] { desk.ended(id) }
        #expect(desk.done() == [])
    }
}
