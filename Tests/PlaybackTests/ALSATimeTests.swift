// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import TestSupport
import Testing
import Utterance

/// Through the real alsa-lib to a sink that plays in real time; the sink's monitor is the listener.
@Suite(
    "What the listener hears", .serialized, .enabled(if: SoundServer.isInstalled, "\(SoundServer.reasonToSkip)"),
    .timeLimit(.minutes(10)))
struct ALSATimeTests {
    private let lead = SoundSamples.lead

    @Test("is every sample, with the requested pauses, at the times reported")
    func everything() async throws {
        try await SoundServer.withSinkOnTime { sink in
            let first = SoundSamples.make(1, 22_050)
            let second = SoundSamples.make(2, 11_025)
            let output = ALSAOutput(PlaybackParameters(device: sink.device))
            sink.recorder.start()
            let coming = output.startUtterance()
            async let allReports = coming.all()
            async let opened: Void = output.open(format)
            let words = [WordMark(frame: lead.count, spoken: 0..<3), WordMark(frame: 9_000, spoken: 4..<8)]
            output.say(0, lead + first, marks: words)
            output.say(1, second, pause: .milliseconds(150))
            try await opened
            try await output.drain()
            let recording = await sink.recorder.stop()
            await output.close()
            let reports = await allReports
            let what = reports.map(\.what)
            if what.contains("underrun") { return .late }

            let stretches = recording.stretches(gap: 100)
            if try hasExtraGaps(stretches, beyond: 2, of: first.count + second.count) { return .late }
            #expect(SoundSamples.difference(stretches[0].samples, first) == nil)
            #expect(SoundSamples.difference(stretches[1].samples, second) == nil)
            #expect(stretches[1].start - stretches[0].end == 3_307)

            #expect(what == ["start 0", "word 0 0", "word 0 4", "heard 0", "start 1", "heard 1"])
            let beginning = stretches[0].start - lead.count
            let heard = [
                beginning, stretches[0].start, beginning + 9_000, stretches[0].end, stretches[1].start,
                stretches[1].end,
            ]
            let errors = zip(reports, heard).compactMap { report, sample in
                report.moment.map { recording.moment(ofSample: sample).duration(to: $0).inMilliseconds }
            }
            // Measured: 2 to 5 ms. A machine that is busy with other tests may be late, but not wrong.
            #expect(errors.allSatisfy { abs($0) < 100 }, "reported − heard, ms: \(errors)")
            return .onTime
        }
    }

    @Test("is silence after a drop, and nothing of what is dropped later")
    func drop() async throws {
        try await SoundServer.withSinkOnTime { sink in
            let output = ALSAOutput(PlaybackParameters(device: sink.device, keepOpen: .seconds(2)))
            let dropped = SoundSamples.make(1, 100_000)
            let next = SoundSamples.make(500, 11_025)
            sink.recorder.start()
            let coming = output.startUtterance()
            async let reports = coming.all()
            try await output.open(format)
            output.begin(piece: 0, pause: .zero)
            #expect(output.write(lead + dropped))
            await sink.recorder.wait { $0.stretches().last.map { $0.samples.count > 8_000 } ?? false }
            await output.drop()
            // The producer continues for a while, since it hasn't noticed yet.
            #expect(!output.write(dropped))
            output.endPiece()
            #expect(!output.say(1, dropped))

            let whatWasDropped = await reports.map(\.what)
            if whatWasDropped.contains("underrun") { return .late }
            #expect(whatWasDropped == ["start 0"])
            let comingNext = output.startUtterance()
            async let nextReports = comingNext.all()
            output.say(0, lead + next)
            try await output.drain()
            let recording = await sink.recorder.stop()
            await output.close()

            let what = await nextReports.map(\.what)
            if what.contains("underrun") { return .late }
            #expect(what == ["start 0", "heard 0"])
            let stretches = recording.stretches(gap: 100)
            if try hasExtraGaps(stretches, beyond: 2, of: 100_000 + next.count) { return .late }
            #expect(stretches[0].samples.count < 100_000)
            #expect(SoundSamples.difference(stretches[0].samples, dropped.prefix(stretches[0].samples.count)) == nil)
            #expect(SoundSamples.difference(stretches[1].samples, next) == nil)
            return .onTime
        }
    }

    @Test("continues after a pause with the word that was sounding")
    func pauseAndResume() async throws {
        try await SoundServer.withSinkOnTime { sink in
            let output = ALSAOutput(PlaybackParameters(device: sink.device))
            let sound = SoundSamples.make(1, 44_100)
            let words = stride(from: 0, to: sound.count, by: 4_000).map { WordMark(frame: $0, spoken: $0..<$0 + 1) }
            sink.recorder.start()
            let coming = output.startUtterance()
            async let reports = coming.all()
            try await output.open(format)
            output.say(0, sound, marks: words)
            await sink.recorder.wait { $0.stretches().last.map { $0.samples.count > 18_000 } ?? false }
            await output.pause()
            await sink.recorder.wait { $0.samples.suffix(4_410).allSatisfy { $0 == 0 } }
            // A busy machine may have heard all of it before the pause.
            let isPaused = output.ahead > .zero
            await output.resume()
            try await output.drain()
            let recording = await sink.recorder.stop()
            await output.close()

            let what = await reports.map(\.what)
            if what.contains("underrun") || !isPaused { return .late }
            let stretches = recording.stretches(gap: 100)
            if try hasExtraGaps(stretches, beyond: 2, of: sound.count + 4_220) { return .late }
            let paused = sound.count - stretches[1].samples.count
            #expect(SoundSamples.difference(stretches[1].samples, sound.dropFirst(paused)) == nil)
            // PulseAudio may swallow 5 ms at the beginning of each stream.
            let word = paused / 4_000 * 4_000
            #expect(paused - word < 220, "goes on at \(paused)")
            #expect((word - 220..<word + 4_220).contains(stretches[0].samples.count))
            let expected = ["start 0"] + words.map { "word 0 \($0.frame)" } + ["heard 0"]
            #expect(what == expected)
            return .onTime
        }
    }

    @Test("is each of two sentences once, if paused and resumed in the pause between them")
    func pausedBetweenSentences() async throws {
        try await SoundServer.withSinkOnTime { sink in
            let output = ALSAOutput(PlaybackParameters(device: sink.device))
            let (first, second) = (SoundSamples.make(1, 22_050), SoundSamples.make(500, 11_025))
            sink.recorder.start()
            let coming = output.startUtterance()
            async let reports = coming.all()
            try await output.open(format)
            output.say(0, lead + first)
            output.say(1, second, pause: .seconds(2))
            await sink.recorder.wait { $0.hasSound && $0.samples.suffix(22_050).allSatisfy { $0 == 0 } }
            await output.pause()
            await sink.recorder.wait { $0.samples.suffix(33_075).allSatisfy { $0 == 0 } }
            await output.resume()
            try await output.drain()
            let recording = await sink.recorder.stop()
            await output.close()

            let what = await reports.map(\.what)
            if what.contains("underrun") { return .late }
            #expect(what == ["start 0", "heard 0", "start 1", "heard 1"])
            let stretches = recording.stretches(gap: 100)
            if try hasExtraGaps(stretches, beyond: 2, of: first.count + second.count) { return .late }
            #expect(SoundSamples.difference(stretches[0].samples, first) == nil)
            // PulseAudio may swallow 5 ms at the beginning of each stream.
            let lost = second.count - stretches[1].samples.count
            #expect(lost < 220 && SoundSamples.difference(stretches[1].samples, second.dropFirst(lost)) == nil)
            return .onTime
        }
    }

    @Test("is silence while it is muted, at once, while time goes on")
    func muted() async throws {
        try await SoundServer.withSinkOnTime { sink in
            let output = ALSAOutput(PlaybackParameters(device: sink.device))
            let sound = SoundSamples.make(1, 66_150)
            sink.recorder.start()
            let coming = output.startUtterance()
            async let reports = coming.all()
            try await output.open(format)
            output.say(0, lead + sound)
            await sink.recorder.wait { $0.stretches().last.map { $0.samples.count > 8_000 } ?? false }
            output.mute(true)
            await sink.recorder.wait { $0.samples.suffix(11_025).allSatisfy { $0 == 0 } }
            output.mute(false)
            try await output.drain()
            let recording = await sink.recorder.stop()
            await output.close()

            let what = await reports.map(\.what)
            if what.contains("underrun") { return .late }
            #expect(what == ["start 0", "heard 0"])
            let stretches = recording.stretches(gap: 2_205)
            if try hasExtraGaps(stretches, beyond: 2, of: sound.count) { return .late }
            let (before, after) = (stretches[0].samples, stretches[1].samples)
            #expect(SoundSamples.difference(before.prefix(8_000), sound.prefix(8_000)) == nil)
            #expect(SoundSamples.difference(after.suffix(8_000), sound.suffix(8_000)) == nil)
            #expect(before.count + after.count < sound.count - 8_000)
            return .onTime
        }
    }

    @Test("lacks nothing after an underrun, which counts as one")
    func underrun() async throws {
        try await SoundServer.withSinkOnTime { sink in
            let valve = try Valve()
            let output = ALSAOutput(PlaybackParameters(device: "valve:\(sink.name),\(valve.path)"))
            let sound = SoundSamples.make(1, 44_100)
            sink.recorder.start()
            let coming = output.startUtterance()
            async let reports = coming.all()
            try await output.open(format)
            output.say(0, lead + sound)
            // The closed valve blocks the playback thread until the device has run dry.
            await sink.recorder.wait { $0.hasSound && $0.samples.suffix(6_615).allSatisfy { $0 == 0 } }
            valve.open()
            try await output.drain()
            let recording = await sink.recorder.stop()
            await output.close()

            let what = await reports.map(\.what)
            if what.count(where: { $0 == "underrun" }) > 1 { return .late }
            #expect(what == ["start 0", "underrun", "heard 0"])
            let stretches = recording.stretches(gap: 100)
            if try hasExtraGaps(stretches, beyond: 2, of: sound.count) { return .late }
            let first = stretches[0].samples
            let second = stretches[1].samples
            #expect(SoundSamples.difference(first, sound.prefix(first.count)) == nil)
            #expect(SoundSamples.difference(second, sound.suffix(second.count)) == nil)
            // PulseAudio may swallow 5 ms at the beginning of each stream.
            #expect((0..<220).contains(sound.count - first.count - second.count))
            return .onTime
        }
    }

    @Test("has no underrun if no text comes, but a starvation, counted when the sound continues")
    func starvation() async throws {
        try await SoundServer.withSinkOnTime { sink in
            let output = ALSAOutput(PlaybackParameters(device: sink.device))
            let first = SoundSamples.make(1, 6_000)
            let second = SoundSamples.make(2, 5_000)
            let third = SoundSamples.make(3, 4_000)
            sink.recorder.start()
            let coming = output.startUtterance()
            async let reports = coming.all()
            try await output.open(format)
            output.say(0, lead + first)
            await sink.recorder.wait { $0.hasSound && $0.samples.suffix(6_615).allSatisfy { $0 == 0 } }
            // Much later than its pause.
            output.say(1, lead + second, pause: .milliseconds(50))
            await sink.recorder.wait { $0.lastSound == second.last && $0.samples.suffix(2_205).allSatisfy { $0 == 0 } }
            // Part of its pause has passed.
            output.say(2, lead + third, pause: .seconds(1))
            try await output.drain()
            let recording = await sink.recorder.stop()
            await output.close()

            let what = await reports.map(\.what)
            // A busy machine may say the third later than its pause, too.
            if what.contains("underrun") || what.count(where: { $0 == "starved" }) > 1 { return .late }
            #expect(
                what == [
                    "start 0", "heard 0", "starved", "start 1", "heard 1", "start 2", "heard 2",
                ])
            let stretches = recording.stretches(gap: 100)
            if try hasExtraGaps(stretches, beyond: 3, of: first.count + second.count + third.count) { return .late }
            #expect(SoundSamples.difference(stretches[0].samples, first) == nil)
            #expect(SoundSamples.difference(stretches[1].samples, second) == nil)
            #expect(SoundSamples.difference(stretches[2].samples, third) == nil)
            let pause = stretches[2].start - lead.count - stretches[1].end
            // PulseAudio swallows a little at the beginning of a stream, and on a busy machine its delay is off by 10
            // ms.
            #expect((20_900..<24_000).contains(pause), "the pause of 1 s took \(pause) frames")
            return .onTime
        }
    }

    @Test("can be awaited: the sound ahead shrinks as it plays, and a cancelled wait ends")
    func ahead() async throws {
        try await SoundServer.withSink { sink in
            let output = ALSAOutput(PlaybackParameters(device: sink.device))
            output.startUtterance()
            try await output.open(format)
            output.say(0, SoundSamples.make(1, 22_050))
            #expect(output.ahead > .milliseconds(500) && output.ahead <= .milliseconds(1_010))
            try await output.waitUntilAhead(isAtMost: .milliseconds(500))
            #expect(output.ahead <= .milliseconds(500))
            try await output.waitUntilAhead(isAtMost: .zero)
            #expect(output.ahead == .zero)

            output.say(1, SoundSamples.make(1, 22_050))
            let waiting = Task { try await output.waitUntilAhead(isAtMost: .zero) }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            let draining = Task { try await output.drain() }
            draining.cancel()
            await #expect(throws: CancellationError.self) { try await draining.value }
            await output.drop()
            #expect(output.ahead == .zero)
            await output.close()
        }
    }
}
