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
    private let output: ALSAOutput
    private let sound = SoundSamples.make(1, 11_025)

    init() {
        _ = SoundWorld.shared
        output = ALSAOutput(PlaybackParameters(device: FaultyDevice.name, keepOpen: .seconds(60)))
    }

    /// Speaks, and causes something once the first piece sounds.
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

    @Test("that is unplugged ends the utterance and is reported as such; plugged in again, it speaks the next")
    func unplugged() async throws {
        try await FaultyDevice.lend { device in
            let fault = await #expect(throws: Fault.self) { try await speak(device.unplug) }
            #expect(fault?.message == "Device 'faulty' was unplugged: plug it in again.")
            await output.drop()
            let next = await #expect(throws: Fault.self) { try await speak() }
            #expect(next == fault)
            await output.drop()

            device.plugIn()
            let what = try await speak()
            #expect(what == everything)
            await output.close()
        }
    }

    @Test("that runs dry before the end of a piece is known has still played the piece")
    func lateEnd() async throws {
        try await FaultyDevice.lend { _ in
            let coming = output.startUtterance()
            try await output.open(format)
            output.begin(piece: 0, pause: .zero)
            // It fits into the device's buffer.
            #expect(output.write(SoundSamples.make(1, 3_000)))
            var what: [String] = []
            for await report in coming {
                what.append(report.what)
                guard report.what == "underrun" else { continue }
                output.endPiece()
                try await output.drain()
            }
            #expect(what == ["start 0", "underrun", "heard 0"])
            await output.close()
        }
    }

    @Test("starts a sound shorter than a period when its end is known, however late")
    func shortSound() async throws {
        try await FaultyDevice.lend { _ in
            let queue = SoundQueue()
            let transport = SoundTransport(queue: queue, parameters: PlaybackParameters(device: FaultyDevice.name))
            queue.admitNext()
            transport.open(format, for: queue.latest)
            queue.begin(piece: 0, pause: .zero)
            let samples = SoundSamples.make(1, 200)
            _ = queue.write(samples.span, marks: [])
            transport.feed()
            #expect(transport.device.hasFrames && transport.device.map.playsOutAt == nil)
            queue.endPiece()
            transport.feed()
            #expect(transport.device.map.playsOutAt != nil)
            transport.closeDevice()
        }
    }

    @Test("that accepts sound but plays none is detected within its limit")
    func stalled() async throws {
        try await FaultyDevice.lend { device in
            let output = ALSAOutput(PlaybackParameters(device: FaultyDevice.name, stallLimit: .milliseconds(300)))
            device.fail(.stalled)
            output.startUtterance()
            try await output.open(format)
            output.say(0, sound)
            let fault = await #expect(throws: Fault.self) { try await output.drain() }
            #expect(fault?.code == .deviceFailed)
            #expect(fault?.message.contains("has played nothing") == true)
            await output.drop()
            await output.close()
        }
    }

    @Test("that was suspended continues where it was, once it is awake")
    func suspended() async throws {
        try await FaultyDevice.lend { device in
            let restarts = device.restarts
            let what = try await speak { device.suspend(forgets: false) }
            #expect(what == everything)
            #expect(device.restarts == restarts)
            await output.close()
        }
    }

    @Test("that can't continue after a suspend replays what it had not played")
    func restarted() async throws {
        try await FaultyDevice.lend { device in
            let restarts = device.restarts
            let what = try await speak { device.suspend(forgets: true) }
            #expect(what == everything)
            #expect(device.restarts == restarts + 1)
            await output.close()
        }
    }

    @Test("that stays away is replaced by the fallback, which gives way to it in the next utterance")
    func fallback() async throws {
        try await FaultyDevice.lend { device in
            let path = SoundWorld.shared.path("fallback")
            let output = ALSAOutput(
                PlaybackParameters(device: FaultyDevice.name, fallbacks: ["capture:\(path)"], keepOpen: .seconds(60)))
            device.unplug()
            output.startUtterance()
            let fault = await #expect(throws: Fault.self) { try await output.open(format) }
            await output.drop()
            try await output.recover(from: try #require(fault)) { _ in }

            let coming = output.startUtterance()
            try await output.open(format)
            output.say(0, sound)
            try await output.drain()
            #expect(await coming.all().map(\.what) == ["notice device_substituted", "start 0", "heard 0"])
            #expect(SoundSamples.stretches(SoundSamples.decode(readFile(path) ?? [])).map(\.samples) == [sound])

            device.plugIn()
            let openings = device.openings
            #expect(try await reports(of: output).contains("heard 0"))
            #expect(device.openings == openings + 1)
            await output.close()
        }
    }

    private func reports(of output: ALSAOutput) async throws -> [String] {
        let coming = output.startUtterance()
        try await output.open(format)
        output.say(0, sound)
        try await output.drain()
        return await coming.all().map(\.what)
    }
}
