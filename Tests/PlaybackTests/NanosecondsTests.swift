// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Playback

@Suite("A duration in nanoseconds")
struct NanosecondsTests {
    @Test(
        "is whole, and clamped to what 64 bits hold",
        arguments: [
            (Duration.zero, 0), (.milliseconds(1_500), 1_500_000_000), (.milliseconds(-1_500), -1_500_000_000),
            (.nanoseconds(Int64.max), .max), (.nanoseconds(Int64.min), .min),
            (.nanoseconds(Int64.max) + .nanoseconds(1), .max), (.nanoseconds(Int64.min) - .nanoseconds(1), .min),
            (.seconds(Int64.max), .max), (.seconds(Int64.min), .min),
        ] as [(Duration, Int64)])
    func clamped(duration: Duration, nanoseconds: Int64) {
        #expect(duration.inNanoseconds == nanoseconds)
    }
}
