// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import TestSupport
import Testing
import Utterance
import WyomingFrames
import WyomingService

@Suite("A satellite whose client fails", .timeLimit(.minutes(10)))
struct SatelliteFaultTests {
    private static let next = SoundSamples.make(9, 25_000)

    private static func chunk(_ format: String, _ bytes: Int = 2_048) -> [UInt8] {
        WyomingWire.event("audio-chunk", format, payload: Array(repeating: 1, count: bytes))
    }

    /// What comes between `audio-start` and `audio-stop`, and what the error says.
    private static let unplayable: [(what: [UInt8], message: String)] = [
        (chunk(WyomingWire.format(rate: 1)), "a rate of 1 Hz"),
        (chunk(WyomingWire.format(rate: 4_000_000_000)), "a rate of 4000000000 Hz"),
        (chunk(WyomingWire.format(rate: -1)), "a rate of -1 Hz"),
        (chunk(WyomingWire.format(width: 4)), "4 bytes per sample"),
        (chunk(WyomingWire.format(channels: 7)), "7 channels"),
        (chunk(#"{"rate": 1e400}"#), ""),
        (chunk(#"{"rate": "fast"}"#), "no rate"),
        (chunk(WyomingWire.format()) + chunk(WyomingWire.format(rate: 16_000)), "changes in the middle"),
    ]

    @Test("says why a sound can't be played, and plays the next one on the same connection", arguments: 0..<8)
    func unplayable(index: Int) async throws {
        let (what, message) = Self.unplayable[index]
        try await WyomingStage.with([.satellite]) { stage in
            try await stage.connect { client in
                try await client.send(WyomingWire.event("audio-start", WyomingWire.format()) + what + what)
                try await client.send("audio-stop")
                let error = try await client.next("error").data["text"]?.text ?? ""
                #expect(error.contains(message), "\(error)")
                guard !message.isEmpty else { return }
                try await client.next("played")
                try await client.send(WyomingWire.sound(Self.next))
                try await client.next("played")
            }
            #expect(try await stage.play(Self.next) == ["played"])
        }
    }

    @Test("plays what arrived of a sound whose client hangs up in the middle, and reports it")
    func hangUp() async throws {
        let path = SoundWorld.shared.path("faults")
        let samples = SoundSamples.make(8, 40_000)
        try await WyomingStage.with([.satellite], device: "capture:\(path)") { stage in
            try await stage.connect { client in
                try await client.send("audio-start", WyomingWire.format())
                try await client.send(WyomingWire.chunks(samples))
                try await stage.stage.event("sound_start")
            }
            try await stage.stage.event("failed", holding: "sound_invalid")
            let heard = SoundSamples.decode(readFile(path) ?? []).filter { $0 != 0 }
            #expect(heard.prefix(samples.count) == samples[...])
            #expect(try await stage.play(Self.next) == ["played"])
        }
    }

    @Test("plays a sound to its end whose client hangs up after it")
    func hangUpAfterwards() async throws {
        let path = SoundWorld.shared.path("faults")
        let samples = SoundSamples.make(8, 40_000)
        try await WyomingStage.with([.satellite], device: "capture:\(path)") { stage in
            try await stage.connect { client in
                try await client.send(WyomingWire.sound(samples))
                try await stage.stage.event("queued")
            }
            try await stage.stage.event("finished")
        }
        #expect(SoundSamples.decode(readFile(path) ?? []).filter { $0 != 0 } == samples)
    }

    @Test("gives up a sound that stalls, before its turn and in the middle of it", arguments: [0, 1_000, 30_000])
    func stall(count: Int) async throws {
        try await WyomingStage.with([.satellite]) { stage in
            try await stage.connect { client in
                try await client.send("audio-start", WyomingWire.format())
                try await client.send(WyomingWire.chunks(SoundSamples.make(7, count)))
                // The first deadline may be that of a portion that came.
                try await withThrowingTaskGroup { group in
                    group.addTask { await stage.clock.pass() }
                    let error = try await client.next("error").data
                    #expect(error["code"] == "sound_invalid" && error["text"]?.text?.contains("10 seconds") == true)
                    group.cancelAll()
                }
                try await client.send("audio-stop")
                try await client.next("played")
                try await client.send(WyomingWire.sound(Self.next))
                try await client.next("played")
            }
        }
    }

    @Test(
        "closes a connection on which something else comes, and serves the next one",
        arguments: [
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\n", "{}\n",
            #"{"type":"audio-chunk","payload_length":99999999}"# + "\n",
            String(repeating: "x", count: 70_000), #"{"type":"ping","data_length":3}"# + "\nabc",
        ])
    func malformed(text: String) async throws {
        try await WyomingStage.with([.satellite]) { stage in
            for opening in [[], WyomingWire.event("audio-start", WyomingWire.format())] {
                try await stage.connect { client in
                    try await client.send(opening + Array(text.utf8))
                    let types = try await client.types(until: "never")
                    // The rest of what it sent may cost the client the message.
                    #expect(types.isEmpty || types.first == "error")
                }
            }
            #expect(try await stage.play(Self.next) == ["played"])
        }
    }

    @Test("survives damaged bytes", arguments: 0..<20)
    func fuzz(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var bytes = WyomingWire.event("ping") + WyomingWire.sound(SoundSamples.make(1, 40_000))
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: index)
            default: bytes.insert(UInt8.random(in: 0x20...0x7F, using: &generator), at: index)
            }
        }
        let damaged = bytes
        try await WyomingStage.with([.satellite]) { stage in
            try await stage.connect { client in
                try await client.send(damaged)
                client.raw.finishSending()
                _ = try? await client.types(until: "never")
            }
            #expect(try await stage.play(Self.next) == ["played"])
        }
    }
}
