// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// The samples of a sound, such as a recorded one that replaces a generated one.
package struct RecordedSound: Sendable, Equatable {
    package let samples: [Int16]
    package let format: PCMFormat

    package init(samples: [Int16], format: PCMFormat) {
        self.samples = samples
        self.format = format
    }

    /// - Parameter volume: in percent, as for the voice.
    /// - Returns: the sound at that volume.
    func at(volume: Int) -> RecordedSound {
        let louder = samples.map { Int16(clamping: Int($0) * volume / 100) }
        return RecordedSound(samples: louder, format: format)
    }
}

extension SignalParameters {
    /// The sound of a signal.
    ///
    /// - Parameter format: the format of a generated sound; a recorded one keeps its own.
    func sound(of signal: AudibleSignal, in format: PCMFormat, volume: Int) -> RecordedSound {
        if signal == .announcement, let recordedChime { return recordedChime.at(volume: volume) }
        return RecordedSound(samples: Earcon(signal).samples(in: format, volume: volume), format: format)
    }
}
