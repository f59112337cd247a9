// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import Playback

@Suite(
    "Hardware", .serialized,
    .enabled("needs a C compiler, for the driver") { try await FaultyDevice.isAvailable },
    .timeLimit(.minutes(10)))
struct FaultyDeviceTests {
    private let device: FaultyDevice
    private let output = ALSAOutput(PlaybackParameters(device: FaultyDevice.name, keepOpen: .seconds(60)))
    private let sound = SoundSamples.make(1, 11_025)

    init() async throws {
        device = try #require(try await FaultyDevice.shared)
        device.plugIn()
    }

    /// Speaks, and has something happen once the first piece sounds.
    private func speak(_ happening: () -> Void = {}) async throws -> [String] {
        let coming = output.startUtterance()
        try await output.open(format)
        output.say(0, sound)
        var what: [String] = []
        for await report in coming {
            if what.isEmpty {
                happening()
                output.say(1, sound)
            }
            what.append(report.what)
            if report.what == "heard 1" { break }
        }
        try await output.drain()
        // A busy machine may be late.
        return what.filter { $0 != "underrun" }
    }

    private let everything = ["start 0", "heard 0", "start 1", "heard 1"]

    @Test("that is unplugged ends the utterance; plugged in again, it speaks the next")
    func unplugged() async throws {
        let fault = await #expect(throws: Fault.self) { try await speak(device.unplug) }
        #expect(fault?.message.contains("'faulty' failed (No such device): reconnect it") == true)
        await output.drop()
        let next = await #expect(throws: Fault.self) { try await speak() }
        #expect(next?.code == .deviceUnknown)
        await output.drop()

        device.plugIn()
        #expect(try await speak() == everything)
        await output.close()
    }

    @Test("that was put to sleep goes on where it was, once it is awake")
    func suspended() async throws {
        let restarts = device.restarts
        #expect(try await speak { device.suspend(forgets: false) } == everything)
        #expect(device.restarts == restarts)
        await output.close()
    }

    @Test("that can't go on after sleep plays again what it had not played")
    func restarted() async throws {
        let restarts = device.restarts
        #expect(try await speak { device.suspend(forgets: true) } == everything)
        #expect(device.restarts == restarts + 1)
        await output.close()
    }
}
