// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import LanguageModel
import Pipeline
import TestSupport
import Testing
import Utterance
import WyomingFrames
import WyomingService

@testable import DaemonService

@Suite("A satellite", .timeLimit(.minutes(10)))
struct SatelliteTests {
    @Test("tells Home Assistant what it needs to know about a satellite")
    func information() async throws {
        try await WyomingStage.with([.satellite]) { stage in
            try await stage.connect { client in
                try await client.send("run-satellite")
                try await client.send("describe")
                let info = try await client.next("info").data
                let satellite = try #require(info["satellite"])
                #expect(satellite["name"] == "Utter on test" && satellite["version"] == "1.2.3")
                #expect(satellite["installed"] == true && satellite["attribution"]?["name"] == "Utter")
                #expect(
                    info["tts"] == .array([]) && info["handle"] == .array([])
                        && info["asr"] == .array([]))
            }
        }
    }

    @Test("plays what is sent, sample by sample, and says so when it was heard", arguments: [22_050 * 3, 5_000])
    func playing(count: Int) async throws {
        let (path, next) = (SoundWorld.shared.path("satellite"), SoundSamples.make(2, count))
        try await WyomingStage.with([.satellite], device: "capture:\(path)") { stage in
            try await stage.connect { client in
                try await client.send(WyomingWire.sound(SoundSamples.make(1, count)))
                try await client.next("played")
                let queued = try await stage.stage.event("queued", holding: #""priority":"important""#)
                let events = try await stage.stage.events(of: try #require(queued.answer))
                #expect(events.last == "finished" && events.contains("sound_start") && events.contains("heard"))
                // The next one on the same connection.
                try await client.send(WyomingWire.sound(next))
                try await client.next("played")
                #expect(await stage.stage.scheduler.status.counts.finished == 2)
            }
        }
        let heard = SoundSamples.decode(readFile(path) ?? []).filter { $0 != 0 }
        #expect(SoundSamples.difference(heard, next) == nil)
    }

    @Test("plays other rates and two channels at the device's", arguments: [(16_000, 2), (48_000, 1), (8_000, 1)])
    func formats(rate: Int, channels: Int) async throws {
        let path = SoundWorld.shared.path("satellite")
        let frames = tone(seconds: 2, rate: rate).flatMap { Array(repeating: $0, count: channels) }
        let format = WyomingWire.format(rate: rate, channels: channels)
        try await WyomingStage.with([.satellite], device: "capture:\(path)") { stage in
            try await stage.connect { client in
                let sound = WyomingWire.event("audio-start", format) + WyomingWire.chunks(frames, format)
                try await client.send(sound + WyomingWire.event("audio-stop"))
                try await client.next("played")
            }
        }
        let heard = SoundSamples.stretches(SoundSamples.decode(readFile(path) ?? []), gap: 1_000)
        let sound = try #require(heard.first)
        #expect(heard.count == 1 && abs(sound.samples.count - 44_100) < 100)
        let crossings = zip(sound.samples, sound.samples.dropFirst()).count { ($0 < 0) != ($1 < 0) }
        #expect(abs(crossings - 1_760) < 10)
    }

    @Test("has nothing to play of an empty announcement")
    func empty() async throws {
        try await WyomingStage.with([.satellite]) { stage in
            try await stage.connect { client in
                try await client.send("audio-start", WyomingWire.format())
                try await client.send("audio-stop")
                try await client.next("played")
                #expect(stage.stage.hub.position.number == 0)
            }
        }
    }

    @Test("answers pings, even in the middle of a sound, and ignores unknown events")
    func pings() async throws {
        try await WyomingStage.with([.satellite]) { stage in
            try await stage.connect { client in
                try await client.send("ping", #"{"text": "a"}"#)
                #expect(try await client.next("pong").data["text"] == "a")
                try await client.send("audio-chunk", WyomingWire.format(), payload: [1, 2])
                try await client.send("detection", #"{"name": "x"}"#)
                try await client.send("audio-start", WyomingWire.format())
                try await client.send(WyomingWire.chunks(SoundSamples.make(1, 30_000)))
                try await client.send("ping", #"{"text": null}"#)
                #expect(try await client.next("pong").data["text"] == .null)
                try await client.send("audio-stop")
                try await client.next("played")
                try await client.send("pause-satellite")
                try await client.send("ping")
                try await client.next("pong")
            }
        }
    }

    @Test("stops reading while nothing is heard, and still answers a client that pings")
    func backpressure() async throws {
        let path = SoundWorld.shared.path("satellite")
        let samples = SoundSamples.make(2, 22_050 * 60)
        try await WyomingStage.with([.satellite], device: "capture:\(path)", model: Stage.endless) { stage in
            // Something is being said, so that a pause is possible.
            let spoken = try await stage.stage.scheduler.ask(AskRequest(prompt: "Well."))
            try await stage.stage.event("sound_start", of: spoken.answer)
            _ = await stage.stage.scheduler.pause()
            try await stage.connect { client in
                try await client.send("ping")
                try await client.next("pong")
                try await client.send(WyomingWire.sound(samples))
                // Its queue is full: it waits, and nobody reads. A client may send nothing for ten seconds.
                try await withThrowingTaskGroup { group in
                    group.addTask { await stage.clock.pass(until: Moment(sinceZero: .seconds(9))) }
                    for _ in 0..<5 { try await client.next("pong") }
                    group.cancelAll()
                }
                let waiting = await stage.stage.scheduler.queuedSound
                #expect(waiting.speech + waiting.playback < .seconds(9))
                _ = await stage.stage.scheduler.resume()
                let end = try await client.types(until: "played")
                #expect(Set(end).isSubset(of: ["pong", "played"]) && end.last == "played")
                let answer = try #require(try await stage.stage.event("queued", holding: "another program").answer)
                let finished = try await stage.stage.event("finished", of: answer)
                #expect(String(decoding: finished.json, as: UTF8.self).contains(#""sound_ms":60000"#))
            }
            await stage.stage.scheduler.stop(spoken.answer)
            _ = try await spoken.result.value()
        }
    }
}
