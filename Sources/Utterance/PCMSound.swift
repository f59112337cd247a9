// SPDX-License-Identifier: GPL-3.0-or-later

/// Samples with their format.
package struct PCMSound: Sendable, Hashable {
    package var samples: [Int16]
    package var format: PCMFormat

    package init(_ samples: [Int16], _ format: PCMFormat) {
        self.samples = samples
        self.format = format
    }

    package var duration: Duration { format.duration(ofFrames: samples.count) }

    /// The samples at another volume; what is then too loud is clipped.
    ///
    /// - Parameter volume: in percent, 0 or more.
    package func samples(atVolume volume: Int) -> [Int16] {
        guard volume != 100 else { return samples }
        return samples.map { Int16(clamping: Int($0) * volume / 100) }
    }
}
