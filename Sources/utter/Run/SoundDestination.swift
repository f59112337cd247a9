// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Pipeline
import Playback
import Utterance

/// Where sound goes: a device, a file or standard output.
struct SoundDestination: Sendable {
    let parameters: PlaybackParameters
    /// A WAV file's name, `-` for standard output, `nil` for the device.
    let file: String?

    /// - Throws: `Fault(.outputFailed)` if the sound goes to standard output and that is closed.
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

    /// If there is no sound device and none was named, the sound goes to a file, and a notice names it.
    var fallback: Player.Fallback? {
        guard file == nil, parameters.device == PlaybackParameters().device else { return nil }
        return {
            let path = FallbackFile.path()
            let message = "There is no sound device here; the sound goes to \(path)."
            return (WAVFileOutput(path: path), Notice("no_device", message))
        }
    }
}

/// Where the sound goes on a machine without a sound device.
enum FallbackFile {
    /// `utter-YYYYMMDD-HHMMSS.wav` in the working directory. If that isn't writable, a file in the temporary directory,
    /// created here under a unique name: otherwise somebody could place a symbolic link where the file is expected.
    static func path(
        in folder: String? = workingDirectory(), or temporary: String = ProcessEnvironment.variables["TMPDIR"] ?? "/tmp"
    ) -> String {
        let name = "utter-\(timestamp())"
        if let folder, unsafe access(folder, W_OK) == 0 { return "\(folder)/\(name).wav" }
        return created("\(temporary)/\(name)-XXXXXX.wav")
    }

    /// - Returns: the file's path. If the file can't be created, writing to it will fail with the reason.
    private static func created(_ template: String) -> String {
        var path = Array(template.utf8CString)
        let file = unsafe mkstemps(&path, CInt(".wav".utf8.count))
        guard file >= 0 else { return template }
        close(file)
        return String(decoding: path.dropLast().map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }

    static func workingDirectory() -> String? {
        guard let path = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    private static func timestamp() -> String {
        var now = time(nil)
        var parts = unsafe tm()
        unsafe localtime_r(&now, &parts)
        let date = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday]
        let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
        return date.map(twoDigits).joined() + "-" + clock.map(twoDigits).joined()
    }

    private static func twoDigits(_ number: CInt) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
