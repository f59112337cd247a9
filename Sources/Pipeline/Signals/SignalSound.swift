// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension SignalParameters {
    /// The sound of a signal.
    ///
    /// - Parameters:
    ///   - format: the format of a generated sound; a recorded one keeps its own.
    ///   - volume: in percent, as for the voice.
    func sound(of signal: AudibleSignal, in format: PCMFormat, volume: Int) -> PCMSound {
        if signal == .announcement, let recordedChime {
            return PCMSound(recordedChime.samples(atVolume: volume), recordedChime.format)
        }
        return PCMSound(Earcon(signal).samples(in: format, volume: volume), format)
    }
}
