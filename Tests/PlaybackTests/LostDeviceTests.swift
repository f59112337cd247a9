// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import Playback

/// With a separate sound server that is killed or made to hang, like a device that is unplugged.
@Suite(
    "A device that is lost", .serialized, .enabled(if: SoundServer.isInstalled, "\(SoundServer.reasonToSkip)"),
    .timeLimit(.minutes(10)))
struct LostDeviceTests {
    private let server: FragileSoundServer
    private let sound = SoundSamples.make(1, 4_410)

    init() async throws {
        server = try await FragileSoundServer.start()
    }

    /// Expects that an utterance is heard to its end.
    private func expectHeard(through output: ALSAOutput) async throws {
        let coming = output.startUtterance()
        async let reports = coming.all()
        try await output.open(format)
        #expect(output.say(0, sound))
        try await output.drain()
        // A busy machine may be late.
        #expect(await reports.map(\.what).filter { $0 != "underrun" } == ["start 0", "heard 0"])
    }

    /// Begins an utterance that goes on for longer than any test.
    private func startSpeaking(through output: ALSAOutput) async throws -> PlaybackReports {
        let coming = output.startUtterance()
        try await output.open(format)
        output.begin(piece: 0, pause: .zero)
        #expect(output.write(SoundSamples.make(1, 2_000_000)))
        for await case .soundStart in coming { break }
        return coming
    }

    @Test("ends the utterance with its name and a cure, and is reopened by the next one")
    func killed() async throws {
        let output = ALSAOutput(PlaybackParameters(device: server.device, keepOpen: .seconds(60)))
        let coming = try await startSpeaking(through: output)
        server.kill()
        let fault = await #expect(throws: Fault.self) { try await output.drain() }
        #expect(fault?.code == .deviceFailed)
        #expect(fault?.message.contains("'\(server.device)'") == true)
        #expect(fault?.message.contains("reconnect it") == true)
        #expect(!output.write(sound))
        output.endPiece()
        #expect(await coming.all().last?.what == "failed device_failed")
        await output.drop()

        try await server.restart()
        try await expectHeard(through: output)
        await output.close()
    }

    @Test("while it was kept open is reopened, and nothing is missing")
    func killedWhileKeptOpen() async throws {
        let output = ALSAOutput(PlaybackParameters(device: server.device, keepOpen: .seconds(60)))
        try await expectHeard(through: output)
        server.kill()
        try await server.restart()
        try await expectHeard(through: output)

        server.kill()
        let coming = output.startUtterance()
        let fault = await #expect(throws: Fault.self) {
            try await output.open(format)
            output.say(0, sound)
            try await output.drain()
        }
        #expect(fault?.code == .deviceMissing)
        #expect(await coming.all().map(\.what) == ["failed device_missing"])
        await output.close()
    }

    @Test("because it hangs delays no stop; until it is back utterances fail, then they are heard")
    func hangsAtStop() async throws {
        let parameters = PlaybackParameters(
            device: server.device, keepOpen: .seconds(60), stopLimit: .milliseconds(100))
        let output = ALSAOutput(parameters)
        let coming = try await startSpeaking(through: output)
        server.freeze()
        // PulseAudio's client library waits for 30 s.
        await output.drop()
        #expect(output.isHanging)
        _ = await coming.all()

        let comingNext = output.startUtterance()
        let fault = await #expect(throws: Fault.self) { try await output.open(format) }
        #expect(fault?.message.contains("hangs") == true)
        #expect(!output.say(0, sound))
        await output.drop()
        #expect(await comingNext.all().isEmpty)

        server.thaw()
        await output.recover()
        try await expectHeard(through: output)
        await output.close()
    }

    @Test("because it hangs while being opened fails within the limit")
    func hangsAtOpening() async throws {
        let output = ALSAOutput(PlaybackParameters(device: server.device, stallLimit: .milliseconds(300)))
        server.freeze()
        let coming = output.startUtterance()
        let fault = await #expect(throws: Fault.self) { try await output.open(format) }
        #expect(fault?.message.contains("hangs") == true)
        #expect(await coming.all().isEmpty)
        await output.drop()

        server.thaw()
        try await output.waitUntilResponsive()
        try await expectHeard(through: output)
        await output.close()
    }

    @Test("for a while takes nothing from the utterance after the one that was stopped meanwhile")
    func stoppedWhileOpening() async throws {
        let output = ALSAOutput(PlaybackParameters(device: server.device))
        server.freeze()
        output.startUtterance()
        let opening = Task { try await output.open(format) }
        #expect(output.write(sound) == false)
        opening.cancel()
        await #expect(throws: CancellationError.self) { try await opening.value }
        await output.drop()

        let coming = output.startUtterance()
        async let reports = coming.all()
        #expect(output.say(0, SoundSamples.make(1, 44_100)))
        server.thaw()
        try await output.open(format)
        try await output.drain()
        // A busy machine may be late.
        #expect(await reports.map(\.what).filter { $0 != "underrun" } == ["start 0", "heard 0"])
        await output.close()
    }
}
