// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import MQTT

@Suite("What came from a broker")
struct BrokerInboxTests {
    @Test("is taken in order, and only the messages that wait are kept within bounds", arguments: [1, 100_000])
    func bounds(bytes: Int) {
        var inbox = BrokerInbox()
        inbox.add(.connected(wasTold: false))
        for _ in 0..<100 { inbox.add(IncomingMessage("d/say", [UInt8](repeating: 0x41, count: bytes))) }
        inbox.add(.failed(.closed, isNews: true))
        var next = inbox.take()
        #expect(next == .connected(wasTold: false))
        var messages = 0
        next = inbox.take()
        while case .message? = next {
            messages += 1
            next = inbox.take()
        }
        #expect(messages == (bytes == 1 ? 64 : 6))
        #expect(next == .failed(.closed, isNews: true))
        let rest = [inbox.take(), inbox.take()]
        #expect(rest == [.messagesLost(100 - messages), nil])
        inbox.add(IncomingMessage("d/say", []))
        next = inbox.take()
        #expect(next == .message(IncomingMessage("d/say", [])))
    }
}
