// SPDX-License-Identifier: GPL-3.0-or-later

/// Sound as it flows through the program: mono, signed 16-bit samples in the machine's byte order.
///
/// A frame is one sample, since there is one channel.
package struct PCMFormat: Sendable, Hashable, Codable {
    /// Frames per second, in Hz; eSpeak NG's voices use 22050.
    package var rate: Int

    package init(rate: Int) {
        self.rate = rate
    }

    /// How long `frames` frames sound.
    package func duration(ofFrames frames: Int) -> Duration {
        .nanoseconds(Int64(frames) * 1_000_000_000 / Int64(rate))
    }

    /// How many whole frames fit into `duration`.
    package func frames(in duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return Int(seconds) * rate + Int(attoseconds / 1_000_000_000) * rate / 1_000_000_000
    }
}
