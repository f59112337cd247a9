// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

struct PCMFormatTests {
    static let rates = [1, 8_000, 16_000, 22_050, 44_100, 48_000, 192_000]

    @Test(arguments: [
        (22_050, 22_050, Duration.seconds(1)),
        (22_050, 0, .zero),
        (22_050, 441, .milliseconds(20)),
        (22_050, 1, .nanoseconds(45_352)),  // 45351.47…, rounded up
        (16_000, 1, .nanoseconds(62_500)),
        (22_050, -441, .milliseconds(-20)),
        (22_050, -1, .nanoseconds(-45_352)),
    ])
    func `Frames last as long as they sound`(rate: Int, frames: Int, duration: Duration) {
        #expect(PCMFormat(rate: rate).duration(ofFrames: frames) == duration)
    }

    @Test(arguments: [
        (22_050, Duration.seconds(1), 22_050),
        (22_050, .zero, 0),
        (22_050, .milliseconds(20), 441),
        (22_050, .milliseconds(1), 22),  // 22.05
        (22_050, .nanoseconds(45_351), 0),
        (22_050, .nanoseconds(45_352), 1),
        (8_000, .milliseconds(1_500), 12_000),
        (22_050, .milliseconds(-1_500), -33_075),
    ])
    func `Only whole frames fit into a duration`(rate: Int, duration: Duration, frames: Int) {
        #expect(PCMFormat(rate: rate).frames(in: duration) == frames)
    }

    @Test(arguments: rates)
    func `Frames to duration and back gives the same frames`(rate: Int) {
        let format = PCMFormat(rate: rate)
        let year = rate * 365 * 86_400
        let interesting = [
            0, 1, rate - 1, rate, rate + 1, 999_999_999, 1_000_000_001, year, year + 1, year * 1_000 + 7,
        ]
        for frames in Array(0..<10_000) + interesting {
            #expect(format.frames(in: format.duration(ofFrames: frames)) == frames)
            #expect(format.frames(in: format.duration(ofFrames: -frames)) == -frames)
        }
    }

    @Test(arguments: rates)
    func `The frames in a duration never last longer than it, give or take a nanosecond`(rate: Int) {
        let format = PCMFormat(rate: rate)
        for nanoseconds in stride(from: 0, through: 3_000_000_000, by: 1_234_567) {
            let duration = Duration.nanoseconds(nanoseconds)
            #expect(format.duration(ofFrames: format.frames(in: duration)) <= duration + .nanoseconds(1))
        }
    }

    @Test(arguments: rates)
    func `More frames last longer`(rate: Int) {
        let durations = (-100...100).map { PCMFormat(rate: rate).duration(ofFrames: $0) }
        #expect(zip(durations, durations.dropFirst()).allSatisfy(<))
    }

    @Test func `A rate of zero is rejected`() async {
        await #expect(processExitsWith: .failure) { _ = PCMFormat(rate: 0) }
    }
}

struct DurationTests {
    @Test(arguments: [
        (Duration.zero, 0.0),
        (.seconds(2), 2.0),
        (.milliseconds(1_500), 1.5),
        (.milliseconds(-250), -0.25),
        (.nanoseconds(1), 1e-9),
        (.seconds(86_400 * 365), 31_536_000.0),
    ])
    func `Seconds and milliseconds keep their fractions`(duration: Duration, seconds: Double) {
        #expect(abs(duration.inSeconds - seconds) <= abs(seconds) * 1e-15)
        #expect(abs(duration.inMilliseconds - seconds * 1_000) <= abs(seconds) * 1e-12)
    }
}
