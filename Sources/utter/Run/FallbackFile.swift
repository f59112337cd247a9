// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Where the sound goes on a machine without a sound device.
enum FallbackFile {
    /// `utter-YYYYMMDD-HHMMSS.wav` in the working directory, or in the temporary one if that can't be written.
    static func path() -> String {
        let name = "utter-\(timestamp()).wav"
        if unsafe access(".", W_OK) == 0, let directory = workingDirectory() { return directory + "/" + name }
        return (ProcessEnvironment.variables["TMPDIR"] ?? "/tmp") + "/" + name
    }

    private static func workingDirectory() -> String? {
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
