// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Playback
import TestSupport
import Testing
import Utterance

@Suite("A WAV file", .timeLimit(.minutes(10)))
struct WAVTests {
    private let path = SoundWorld.shared.path("sound") + ".wav"

    @Test("contains every sample and the pauses between pieces; reports come as it is written")
    func everySample() async throws {
        let output = WAVFileOutput(path: path)
        let first = SoundSamples.make(1, 3_000)
        let second = SoundSamples.make(2, 2_000)
        let coming = output.startUtterance()
        try await output.open(format)
        #expect(!output.isLive && output.ahead == .zero)
        try await output.waitUntilAhead(isAtMost: .zero)
        output.say(0, first, pause: .seconds(1), marks: [WordMark(frame: 10, spoken: 0..<4)])
        output.say(1, second, pause: .milliseconds(100))
        try await output.drain()
        #expect(await coming.all().map(\.what) == ["start 0", "word 0 0", "heard 0", "start 1", "heard 1"])
        await output.close()

        let wav = try #require(WAV(readFile(path) ?? []))
        #expect(wav.rate == 22_050)
        #expect(wav.statedSize == wav.bytesBehindHeader)
        #expect(SoundSamples.difference(wav.samples, first + [Int16](repeating: 0, count: 2_205) + second) == nil)
    }

    @Test("is valid at every moment while it is written: its sizes match its content")
    func validWhileWritten() async throws {
        let output = WAVFileOutput(path: path)
        output.startUtterance()
        try await output.open(format)
        output.begin(piece: 0, pause: .zero)
        for count in 1...20 {
            let samples = SoundSamples.make(count, 700)
            #expect(output.write(samples))
            let wav = try #require(WAV(readFile(path) ?? []))
            #expect(wav.statedSize == count * 1_400 && wav.bytesBehindHeader == count * 1_400)
        }
        await output.close()
    }

    @Test("is a WAV without sound if nothing is said")
    func nothing() async throws {
        let output = WAVFileOutput(path: path)
        let coming = output.startUtterance()
        try await output.open(format)
        try await output.drain()
        #expect(await coming.all().isEmpty)
        await output.close()
        let wav = try #require(WAV(readFile(path) ?? []))
        #expect(wav.samples.isEmpty && wav.statedSize == 0)
    }

    @Test("is valid as far as it was written if the utterance is dropped")
    func drop() async throws {
        let output = WAVFileOutput(path: path)
        output.startUtterance()
        try await output.open(format)
        let sound = SoundSamples.make(1, 2_000)
        output.begin(piece: 0, pause: .zero)
        #expect(output.write(sound))
        await output.drop()
        #expect(!output.write(sound))
        output.endPiece()
        #expect(!output.say(1, sound))
        await output.close()
        let wav = try #require(WAV(readFile(path) ?? []))
        #expect(SoundSamples.difference(wav.samples, sound) == nil)
    }

    @Test("needs its folder, which is reported when it is opened")
    func missingFolder() async {
        let output = WAVFileOutput(path: SoundWorld.shared.path("no-folder") + "/sound.wav")
        output.startUtterance()
        let fault = await #expect(throws: Fault.self) { try await output.open(format) }
        #expect(fault?.code == .outputUnwritable)
        #expect(fault?.message.contains("folder") == true)
    }

    @Test("on a full disk is a fault, reported once, and stops synthesis")
    func fullDisk() async throws {
        let output = WAVFileOutput(path: "/dev/full")
        let coming = output.startUtterance()
        try await output.open(format)
        #expect(!output.say(0, SoundSamples.make(1, 2_000)))
        let fault = await #expect(throws: Fault.self) { try await output.drain() }
        #expect(fault?.code == .outputFailed)
        let reports = await coming.all()
        #expect(reports.first?.what == "failed output_failed")
        await output.close()
    }

    @Test("on a pipe whose reader has gone is a fault")
    func closedPipe() async throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = try PipeEnds()
        close(pipe.reading)
        let output = WAVFileOutput(descriptor: pipe.writing)
        output.startUtterance()
        try await output.open(format)
        #expect(!output.say(0, SoundSamples.make(1, 2_000)))
        let fault = await #expect(throws: Fault.self) { try await output.drain() }
        #expect(fault?.code == .outputFailed)
    }

    @Test("on a pipe says that its length is unknown, and contains everything")
    func stream() async throws {
        let pipe = try PipeEnds()
        let output = WAVFileOutput(descriptor: pipe.writing)
        let sound = SoundSamples.make(1, 100_000)
        output.startUtterance()
        try await output.open(format)
        async let read = pipe.readToTheEnd()
        let speaking = Speaking(output: output, samples: sound)
        #expect(await speaking.result() == true)
        try await output.drain()
        close(pipe.writing)
        let wav = try #require(WAV(await read))
        #expect(wav.statedSize == 0x7FFF_F000)
        #expect(SoundSamples.difference(wav.samples, sound) == nil)
    }

    @Test("on a pipe that nobody reads is given up by a drop")
    func slowReader() async throws {
        let pipe = try PipeEnds()
        let output = WAVFileOutput(descriptor: pipe.writing)
        let coming = output.startUtterance()
        try await output.open(format)
        let speaking = Speaking(output: output, samples: SoundSamples.make(1, 1_000_000))
        #expect(await coming.first { _ in true }?.what == "start 0")
        await output.drop()
        #expect(await speaking.result() == false)
    }

    @Test(
        "on a full pipe doesn't block a thread of the pool to write its header, and is given up",
        arguments: [true, false])
    func fullPipe(byDrop: Bool) async throws {
        let pipe = try PipeEnds()
        try #require(fcntl(pipe.writing, F_SETFL, O_NONBLOCK) == 0)
        let bytes = [UInt8](repeating: 0, count: 4_096)
        while unsafe write(pipe.writing, bytes, bytes.count) > 0 {}
        let output = WAVFileOutput(descriptor: pipe.writing)
        output.startUtterance()
        try await output.open(format)
        // More than the pool has threads; this test continues all the same.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<32 { group.addTask { try await output.drain() } }
            if byDrop {
                await output.drop()
                try await group.waitForAll()
            } else {
                group.cancelAll()
                while let result = await group.nextResult() {
                    #expect(throws: CancellationError.self) { try result.get() }
                }
            }
        }
        close(pipe.reading)
        close(pipe.writing)
    }

    @Test(
        "is read by SoX, whole or cut short at any byte",
        .enabled(if: InstalledProgram("soxi").isInstalled, "needs sox"))
    func soxReadsIt() async throws {
        let output = WAVFileOutput(path: path)
        output.startUtterance()
        try await output.open(format)
        output.say(0, SoundSamples.make(1, 4_410))
        try await output.drain()
        await output.close()
        let bytes = try #require(readFile(path))
        for length in [bytes.count, bytes.count - 1, 3_001, 1_000, 46, 45, 44] {
            unsafe truncate(path, off_t(length))
            #expect(try await Program.output("soxi", "-r", path) == "22050\n", "cut at \(length)")
            let sound = try await Program.output("sh", "-c", "sox \(path) -t raw - 2>/dev/null | wc -c")
            #expect(Double(sound.dropLast()) == Double((length - 44) / 2 * 2), "cut at \(length)")
        }
    }
}
