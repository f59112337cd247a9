// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Where the sound goes on a machine without a sound device.
enum FallbackFile {
    /// `utter-YYYYMMDD-HHMMSS.wav` in the working directory. If that can't be written, a file in the temporary one, which
    /// is made here under a name of its own: there, others could lay a link where a file is expected.
    static func path(
        in folder: String? = workingDirectory(), or temporary: String = ProcessEnvironment.variables["TMPDIR"] ?? "/tmp"
    ) -> String {
        let name = "utter-\(timestamp())"
        if let folder, unsafe access(folder, W_OK) == 0 { return "\(folder)/\(name).wav" }
        return created("\(temporary)/\(name)-XXXXXX.wav")
    }

    /// - Returns: the file's path; where it can't be made, one that can't be written either, and then says why.
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
