// SPDX-License-Identifier: GPL-3.0-or-later

/// The format of sound in the program: mono, signed 16-bit samples in the machine's byte order.
///
/// A frame is one sample, since there is one channel.
package struct PCMFormat: Sendable, Hashable {
    /// Frames per second, in Hz, above 0; eSpeak NG's voices use 22050.
    package var rate: Int

    package init(rate: Int) {
        precondition(rate > 0, "A rate is above 0.")
        self.rate = rate
    }

    /// How long `frames` frames sound, in nanoseconds.
    ///
    /// Rounded away from zero, so that ``frames(in:)`` gives back `frames` and not one less.
    package func duration(ofFrames frames: Int) -> Duration {
        let (seconds, rest) = frames.quotientAndRemainder(dividingBy: rate)
        let nanoseconds = (rest * 1_000_000_000 + rest.signum() * (rate - 1)) / rate
        return .seconds(seconds) + .nanoseconds(nanoseconds)
    }

    /// How many whole frames fit into `duration`, counted in whole nanoseconds.
    package func frames(in duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return Int(seconds) * rate + Int(attoseconds / 1_000_000_000) * rate / 1_000_000_000
    }
}
