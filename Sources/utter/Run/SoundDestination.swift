// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Pipeline
import Playback
import Settings
import Utterance

/// Where sound goes: a device, or instead of it a file or standard output.
struct SoundDestination: Sendable {
    let parameters: PlaybackParameters
    /// A WAV file's name, `-` for standard output, `nil` for the device.
    let file: String?

    /// - Throws: `Fault(.outputFailed)` if the sound is for standard output and that is closed.
    func makeOutput() throws(Fault) -> any SoundOutput {
        switch file {
        case nil: return ALSAOutput(parameters)
        case "-":
            guard Console.isOpen(STDOUT_FILENO) else {
                throw Fault(.outputFailed, "Standard output is closed; name a file with --output.")
            }
            return WAVFileOutput(descriptor: STDOUT_FILENO)
        case let path?: return WAVFileOutput(path: path)
        }
    }

    /// Without any sound device, and none named, an answer goes to a file that is named to the user.
    var fallback: Player.Fallback? {
        guard file == nil, parameters.device == PlaybackParameters().device else { return nil }
        return {
            let path = FallbackFile.path()
            let message = "There is no sound device here; the sound goes to \(path)."
            return (WAVFileOutput(path: path), Notice("no_device", message))
        }
    }
}
