// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Host
import Settings
import Utterance

/// Writes changes to the settings: all of them or none.
struct SettingsWriter {
    let path: String
    /// The new contents of the file.
    let text: String

    /// Changes the file in effect if it is writable, or else the user's own file, which starts as a copy of the one in
    /// effect or of the default file with its comments.
    ///
    /// - Throws: `SettingsError` if the file can't be edited; `Fault(.outputUnwritable)` if there is no folder for it.
    init(_ changes: [SettingsChange], to settings: Settings, environment: [String: String]) throws {
        let current = try settings.file.map { try Settings.readFile($0) } ?? nil
        if let file = settings.file, unsafe access(file, W_OK) == 0 {
            path = file
        } else if let own = Settings.userFile(environment: environment) {
            path = own
        } else {
            throw Fault(
                .outputUnwritable, "There is no folder for the settings: set HOME, or name a file with --config.")
        }
        let before = current.map { String(decoding: $0, as: UTF8.self) } ?? Settings.defaultFile
        text = try SettingsEditor.edit(before, changes, path: path)
    }

    /// - Throws: `Fault(.outputUnwritable)`; the file is then unchanged.
    func write() throws(Fault) {
        // A symbolic link stays a link, and a file keeps its permissions.
        let target = Self.resolved(path)
        var old = stat()
        let mode = unsafe stat(target, &old) == 0 ? old.st_mode & 0o777 : 0o644
        try AtomicFile(path: target).write(Array(text.utf8), mode: mode)
    }

    private static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }
}
