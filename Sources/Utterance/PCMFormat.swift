// SPDX-License-Identifier: GPL-3.0-or-later

/// The program's sound format: mono, signed 16-bit samples in native byte order.
///
/// With one channel, a frame is one sample.
package struct PCMFormat: Sendable, Hashable {
    /// Frames per second in Hz, above 0; 22050 for eSpeak NG's voices.
    package var rate: Int

    package init(rate: Int) {
        precondition(rate > 0, "A rate is above 0.")
        self.rate = rate
    }

    /// Returns how long `frames` frames last, in nanoseconds.
    ///
    /// Rounded away from zero, so that ``frames(in:)`` returns `frames` and not one less.
    package func duration(ofFrames frames: Int) -> Duration {
        let (seconds, rest) = frames.quotientAndRemainder(dividingBy: rate)
        let nanoseconds = (rest * 1_000_000_000 + rest.signum() * (rate - 1)) / rate
        return .seconds(seconds) + .nanoseconds(nanoseconds)
    }

    /// Returns how many whole frames fit into `duration`, which is rounded down to whole nanoseconds.
    package func frames(in duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return Int(seconds) * rate + Int(attoseconds / 1_000_000_000) * rate / 1_000_000_000
    }
}
