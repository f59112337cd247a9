// SPDX-License-Identifier: GPL-3.0-or-later
import Host
import Synchronization
import TestSupport
import Testing
import Utterance

@Suite("The service manager")
struct NotifierTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func pair(_ name: String) throws -> (DatagramSocket, Notifier) {
        (try DatagramSocket(name), try #require(Notifier(environment: ["NOTIFY_SOCKET": name])))
    }

    @Test("is notified of every state in sd_notify's format, at a path and at an abstract name")
    func states() throws {
        for name in [folder("notify"), "@utter-test-\(UInt64.random(in: 0 ... .max))"] {
            let (manager, notifier) = try pair(name)
            notifier.send(.ready, .status("Ready.\nREADY=0"))
            notifier.send(.reloading(Moment(sinceZero: .milliseconds(1_500))))
            notifier.send(.watchdog)
            notifier.send(.stopping)
            #expect(manager.receive() == "READY=1\nSTATUS=Ready. READY=0")
            #expect(manager.receive() == "RELOADING=1\nMONOTONIC_USEC=1500000")
            #expect(manager.receive() == "WATCHDOG=1")
            #expect(manager.receive() == "STOPPING=1")
            #expect(manager.receive() == nil)
        }
    }

    static let strangeAddresses = [nil, "", "vsock:2:1234", "relative", "/" + String(repeating: "x", count: 200)]

    @Test("is told nothing if it didn't ask", arguments: strangeAddresses)
    func nobody(address: String?) {
        #expect(Notifier(environment: address.map { ["NOTIFY_SOCKET": $0] } ?? [:]) == nil)
    }

    @Test("that is gone does no harm")
    func gone() throws {
        try #require(Notifier(environment: ["NOTIFY_SOCKET": folder("nothing")])).send(.ready)
    }

    @Test("that stops reading for a while blocks nobody, and is told later")
    func slow() async throws {
        let (manager, notifier) = try pair(folder("notify"))
        // More than any queue can hold (net.unix.max_dgram_qlen).
        for _ in 0..<2_000 { notifier.send(.watchdog) }
        notifier.send(.stopping)
        var message = await manager.next()
        while message == "WATCHDOG=1" { message = await manager.next() }
        #expect(message == "STOPPING=1")
    }

    @Test("gets two heartbeats per interval, but only while the daemon is healthy")
    func watchdog() async throws {
        let (manager, notifier) = try pair(folder("notify"))
        let watchdog = try #require(Watchdog(notifier, environment: ["WATCHDOG_USEC": "30000000"], process: 7))
        #expect(watchdog.interval == .seconds(15))
        let clock = ManualClock()
        let isWell = Atomic(true)
        let check: @Sendable () async -> Bool = { isWell.load(ordering: .relaxed) }
        await withTaskGroup { group in
            group.addTask { await watchdog.run(clock: clock, isWell: check) }
            await clock.sleepers(1)
            #expect(manager.receive() == "WATCHDOG=1")
            clock.advance(by: .seconds(15))
            await clock.sleepers(1)
            #expect(manager.receive() == "WATCHDOG=1")
            isWell.store(false, ordering: .relaxed)
            clock.advance(by: .seconds(15))
            await clock.sleepers(1)
            #expect(manager.receive() == nil)
            group.cancelAll()
        }
    }

    static let unwatched = [
        [:], ["WATCHDOG_USEC": "0"], ["WATCHDOG_USEC": "x"], ["WATCHDOG_USEC": "1000", "WATCHDOG_PID": "8"],
    ]

    @Test("that doesn't watch this process needs no heartbeats", arguments: unwatched)
    func noWatchdog(environment: [String: String]) throws {
        let notifier = try #require(Notifier(environment: ["NOTIFY_SOCKET": "@x"]))
        #expect(Watchdog(notifier, environment: environment, process: 7) == nil)
    }
}
