// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import LanguageModel
import Pipeline
import TestSupport
import Testing
import Utterance
import WyomingFrames
import WyomingService

@Suite("The sound of a satellite among answers", .timeLimit(.minutes(10)))
struct SatelliteTurnTests {
    private static let sound = SoundSamples.make(3, 30_000)

    /// The names of the answers in the order in which they were heard, each once for each time in a row.
    private static func heard(_ stage: Stage) async throws -> [String] {
        var names: [String] = []
        for entry in try await stage.hub.next(after: .init(number: 0), atMost: .max)?.entries ?? []
        where entry.name == "heard" && entry.answer != names.last {
            if let answer = entry.answer { names.append(answer) }
        }
        return names
    }

    @Test("cuts an answer, never sounds over it, and lets it go on afterwards")
    func overAnswer() async throws {
        let turnstile = Turnstile()
        let model: Stage.Model = { _, _, deliver in
            try await deliver(.text("One is heard. "))
            try await turnstile.pass()
            try await deliver(.text("Two is heard."))
        }
        try await WyomingStage.with([.satellite], model: model) { stage in
            let asked = try await stage.stage.scheduler.ask(AskRequest(prompt: "?"))
            try await stage.stage.event("heard", of: asked.answer)
            #expect(try await stage.play(Self.sound) == ["played"])
            turnstile.open()
            let result = try await asked.result.value()
            #expect(result.ending == .finished && result.summary.heardEnd == result.text.utf8.count)
            let order = try await Self.heard(stage.stage)
            #expect(order.count == 3 && order.first == asked.answer && order.last == asked.answer)
        }
    }

    @Test("waits behind what is important, in the order in which it came")
    func behindImportant() async throws {
        let turnstile = Turnstile()
        let model: Stage.Model = { _, _, deliver in
            try await deliver(.text("This is important. "))
            try await turnstile.pass()
        }
        try await WyomingStage.with([.satellite], model: model) { stage in
            let first = try await stage.stage.scheduler.ask(
                AskRequest(prompt: "?", delivery: Delivery(priority: .important)))
            try await stage.stage.event("heard", of: first.answer)
            try await stage.connect { client in
                try await client.send(WyomingWire.sound(Self.sound))
                let second = try #require(try await stage.stage.event("queued", holding: "another program").answer)
                #expect(await stage.stage.scheduler.status.waiting == [second])
                turnstile.open()
                try await client.next("played")
                #expect(try await Self.heard(stage.stage) == [first.answer, second])
            }
        }
    }

    @Test("stops with everything else, skips what its client still sends, and is silent for the next prompt")
    func stopping() async throws {
        let path = SoundWorld.shared.path("turns")
        try await WyomingStage.with([.satellite], device: "capture:\(path)") { stage in
            try await stage.connect { client in
                try await client.send("audio-start", WyomingWire.format())
                try await client.send(WyomingWire.chunks(SoundSamples.make(4, 60_000)))
                let answer = try #require(try await stage.stage.event("sound_start").answer)
                #expect(await stage.stage.scheduler.stop() == [answer])
                try await stage.stage.event("stopped", of: answer)
                // The client doesn't know that yet.
                try await client.send(WyomingWire.chunks(SoundSamples.make(5, 200_000)))
                try await client.send("audio-stop")
                try await client.next("played")
                try await client.send(WyomingWire.sound(Self.sound))
                try await client.next("played")
            }
            let counts = await stage.stage.scheduler.status.counts
            #expect(counts.stopped == 1 && counts.finished == 1)
        }
        let heard = SoundSamples.decode(readFile(path) ?? []).filter { $0 != 0 }
        #expect(heard.suffix(Self.sound.count) == Self.sound[...])
        #expect(heard.count < 70_000 + Self.sound.count)
    }

    @Test("has the device's volume, from the next portion on")
    func volume() async throws {
        let path = SoundWorld.shared.path("turns")
        try await WyomingStage.with([.satellite], device: "capture:\(path)") { stage in
            for volume in [50, 200, 0] {
                try await stage.stage.scheduler.changeControls { try $0.changed(by: ["volume": .integer(volume)]) }
                #expect(try await stage.play(Array(repeating: 20_000, count: 30_000)) == ["played"])
                // Each sound replaces the file.
                let heard = SoundSamples.decode(readFile(path) ?? [])
                let expected = Int16(min(200 * volume, 32_767))
                #expect(heard.count { $0 == expected } >= 30_000 && Set(heard).subtracting([0, expected]).isEmpty)
            }
        }
    }

    @Test("of two clients is heard one after the other")
    func twoClients() async throws {
        let other = SoundSamples.make(6, 30_000)
        try await WyomingStage.with([.satellite]) { stage in
            try await withThrowingTaskGroup(of: [String].self) { group in
                for sound in [Self.sound, other] { group.addTask { try await stage.play(sound) } }
                for try await types in group { #expect(types == ["played"]) }
            }
            #expect(try await Self.heard(stage.stage).count == 2)
        }
    }
}
