// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    @Suite("A program that is stopped in the pause between two sentences")
    struct StoppedProcess {
        /// `UTTER_TEST_STOPS` sets a higher number.
        private static let repetitions =
            unsafe getenv("UTTER_TEST_STOPS").flatMap { unsafe Int(String(cString: $0)) } ?? 1

        @Test(
            "continues where it was, and repeats nothing",
            .enabled(if: SoundServer.isInstalled, "\(SoundServer.reasonToSkip)"),
            .timeLimit(.minutes(30)), arguments: 0..<repetitions)
        func stopped(_: Int) async throws {
            try await SoundServer.withSink { sink in
                let program = try UtterProgram(config: "playback:\n  sentence_pause_ms: 3000\n")
                sink.recorder.start()
                let end = try await program.run(
                    [
                        "say", "One two three four. Five six seven eight.", "--events", "--config", "config.yaml",
                        "--device", sink.device,
                    ], environment: SoundWorld.environment
                ) { running in
                    try await running.event("heard") { $0.index == 0 }
                    // Half a second into the pause.
                    await sink.recorder.wait { $0.samples.suffix(11_025).allSatisfy { $0 == 0 } }
                    running.send(.suspend)
                    await sink.recorder.wait { $0.samples.suffix(220_500).allSatisfy { $0 == 0 } }
                    running.send(.resume)
                    try await running.end()
                }
                let recording = await sink.recorder.stop()
                #expect(end.exitCode == 0, "\(end.errors)")
                #expect(end.events("heard").compactMap(\.index) == [0, 1])
                let sentences = recording.stretches(gap: 11_025)
                let found = "\(sentences.map { ($0.start, $0.samples.count) }); \(end.output.suffix(2_000))"
                #expect(sentences.count == 2, "\(found)")
                // Each takes a little more than a second.
                #expect(sentences.allSatisfy { (15_000..<40_000).contains($0.samples.count) }, "\(found)")
            }
        }
    }
}
