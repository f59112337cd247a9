// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing

@testable import Playback

@Suite("The watch on the speaker", .timeLimit(.minutes(10)))
struct SpeakerWatchTests {
    /// `/proc` and `/dev` of a machine whose cards come and go.
    private struct Machine: ~Copyable {
        let folder = SoundWorld.shared.path("machine")
        var proc: String { "\(folder)/proc" }
        var dev: String { "\(folder)/dev" }

        init() throws {
            try FileManager.default.createDirectory(atPath: dev, withIntermediateDirectories: true)
        }

        func plugIn(_ id: String, number: Int) throws {
            let card = "\(proc)/asound/card\(number)"
            try FileManager.default.createDirectory(atPath: card, withIntermediateDirectories: true)
            writeFile("\(card)/id", id + "\n")
            try FileManager.default.createDirectory(atPath: "\(dev)/snd", withIntermediateDirectories: true)
            writeFile("\(dev)/snd/controlC\(number)", "")
        }

        func unplug(_ number: Int) throws {
            try FileManager.default.removeItem(atPath: "\(proc)/asound/card\(number)")
            try FileManager.default.removeItem(atPath: "\(dev)/snd/controlC\(number)")
        }

        deinit {
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    @Test("sees it come and go, by its name or number", arguments: ["plughw:CARD=Nowhere,DEV=0", "hw:77"])
    func comesAndGoes(_ device: String) async throws {
        let machine = try Machine()
        let watch = SpeakerWatch(device: device, proc: machine.proc, dev: machine.dev)
        var states = watch.states.makeAsyncIterator()
        #expect(await states.next() == .absent)
        for _ in 0..<3 {
            // Another card first, with which the folder for devices may appear.
            try machine.plugIn("Other", number: 3)
            try machine.plugIn("Nowhere", number: 77)
            #expect(await states.next() == .audible(volume: nil))
            try machine.unplug(77)
            #expect(await states.next() == .absent)
        }
    }

    @Test("says nothing about a device whose name doesn't include a card")
    func unknown() async throws {
        let machine = try Machine()
        try machine.plugIn("Other", number: 3)
        var states = SpeakerWatch(device: "nobody", proc: machine.proc, dev: machine.dev).states.makeAsyncIterator()
        #expect(await states.next() == .unknown)
    }

    @Test(
        "doesn't query a mixer over and over that reports nothing but an error",
        .enabled("needs a C compiler, for the driver") { try await FaultyDevice.isAvailable })
    func mixerError() async throws {
        try await FaultyDevice.lend { device in
            let machine = try Machine()
            let watch = SpeakerWatch(device: FaultyDevice.name, proc: machine.proc, dev: machine.dev)
            var states = watch.states.makeAsyncIterator()
            #expect(await states.next() == .audible(volume: nil))
            // It is reopened after a second, and is gone.
            #expect(await states.next() == .absent)
            #expect(device.mixerQuestions < 10)
        }
    }

    @Test("follows its mixer", .enabled(if: SoundServer.isInstalled, "\(SoundServer.reasonToSkip)"))
    func mixer() async throws {
        try await SoundServer.withSink { sink in
            func set(_ what: String, _ value: String) async throws {
                let server = "--server=unix:\(SoundWorld.shared.folder)/pulse/native"
                _ = try await ChildProcess.output(of: ["/usr/bin/env", "pactl", server, what, sink.name, value])
            }
            try await set("set-sink-volume", "100%")
            let machine = try Machine()
            let watch = SpeakerWatch(device: sink.device, proc: machine.proc, dev: machine.dev)
            var states = watch.states.makeAsyncIterator()
            #expect(await states.next() == .audible(volume: 100))
            try await set("set-sink-mute", "1")
            #expect(await states.next() == .muted)
            try await set("set-sink-mute", "0")
            #expect(await states.next() == .audible(volume: 100))
            try await set("set-sink-volume", "0%")
            #expect(await states.next() == .silent)
            try await set("set-sink-volume", "100%")
            #expect(await states.next() == .audible(volume: 100))
        }
    }
}
