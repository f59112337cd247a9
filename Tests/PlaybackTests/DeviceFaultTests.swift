// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import TestSupport
import Testing
import Utterance

@Suite("A device that can't be used", .timeLimit(.minutes(10)))
struct DeviceFaultTests {
    private func fault(opening device: String) async -> (fault: Fault?, reports: [PlaybackReport]) {
        _ = SoundWorld.shared
        let output = ALSAOutput(PlaybackParameters(device: device))
        let coming = output.startUtterance()
        async let reports = coming.all()
        let fault = await #expect(throws: Fault.self) { try await output.open(format) }
        // The producer is rejected, and nobody waits for the end.
        #expect(!output.say(0, SoundSamples.make(1, 100)))
        await #expect(throws: Fault.self) { try await output.drain() }
        await #expect(throws: Fault.self) { try await output.waitUntilAhead(isAtMost: .seconds(2)) }
        await output.drop()
        await output.close()
        return (fault, await reports)
    }

    @Test("is unknown: the nearest name is suggested, and the utterance has failed")
    func unknown() async {
        let (fault, reports) = await fault(opening: "nuli")
        #expect(fault?.code == .deviceUnknown)
        #expect(fault?.message.contains("did you mean 'null'?") == true)
        #expect(reports.map(\.what) == ["failed device_unknown"])
    }

    @Test("is also reported to a caller that opens it before the first utterance")
    func beforeUtterances() async {
        _ = SoundWorld.shared
        let output = ALSAOutput(PlaybackParameters(device: "nuli"))
        let fault = await #expect(throws: Fault.self) { try await output.open(format) }
        #expect(fault?.code == .deviceUnknown)
        await output.close()
    }

    @Test("has no sound server behind it")
    func noServer() async {
        let (fault, _) = await fault(opening: "nobody")
        #expect(fault?.code == .deviceMissing)
    }

    @Test("has a sound server behind it, but not its sink", .enabled(if: SoundServer.isInstalled))
    func noSink() async throws {
        try await SoundServer.withSink { _ in
            let (fault, _) = await fault(opening: "sink:absent")
            #expect(fault?.code == .deviceFailed)
        }
    }

    @Test("is tried again by the next utterance on the same output")
    func nextUtterance() async throws {
        _ = SoundWorld.shared
        let output = ALSAOutput(PlaybackParameters(device: "nobody"))
        for _ in 1...2 {
            let coming = output.startUtterance()
            #expect(output.say(0, SoundSamples.make(1, 100)))
            await #expect(throws: Fault.self) { try await output.open(format) }
            #expect(await coming.all().map(\.what) == ["failed device_missing"])
        }
        await output.close()
    }

    @Test("is not among those that are listed, which all have names")
    func list() {
        _ = SoundWorld.shared
        let devices = PlaybackDevices.list()
        #expect(devices.contains { $0.name == "null" })
        #expect(devices.allSatisfy { !$0.name.isEmpty })
    }
}
