// SPDX-License-Identifier: GPL-3.0-or-later

/// The coding of sound from another program: 16-bit samples, little endian.
package struct PCMCoding: Sendable, Hashable {
    /// Why sound can't be played.
    package struct Unplayable: Error, Hashable {
        /// What is not supported, such as `a rate of 96000 Hz`.
        package let property: String
    }

    /// The rates that voices and announcements have, in Hz.
    package static let rates = 8_000...48_000

    package let rate: Int
    /// 1 or 2.
    package let channels: Int

    /// - Parameter width: bytes per sample.
    /// - Throws: ``Unplayable`` for all but 16 bits, one or two channels and ``rates``.
    package init(rate: Int, width: Int, channels: Int) throws(Unplayable) {
        guard Self.rates.contains(rate) else { throw Unplayable(property: "a rate of \(rate) Hz") }
        guard width == 2 else { throw Unplayable(property: "\(width) bytes per sample, not 2") }
        guard (1...2).contains(channels) else { throw Unplayable(property: "\(channels) channels") }
        self.rate = rate
        self.channels = channels
    }

    /// The bytes of a frame: one sample of each channel.
    package var frameSize: Int { 2 * channels }

    /// Decodes to one channel, the mean of two. An incomplete frame at the end is dropped.
    package func samples(of bytes: [UInt8]) -> [Int16] {
        (0..<bytes.count / frameSize).map { frame in
            var sum = 0
            for channel in 0..<channels {
                let index = frame * frameSize + channel * 2
                sum += Int(Int16(truncatingIfNeeded: Int(bytes[index]) | Int(bytes[index + 1]) << 8))
            }
            return Int16(sum / channels)
        }
    }
}
