// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Settings
import Utterance

/// Where changes of the settings are written, and how: all of them or none.
struct SettingsWriter {
    let path: String
    /// The file as it will be.
    let text: String

    /// The file in force, if it may be written; else the user's own, which begins as the one in force or as the default
    /// file with its comments.
    ///
    /// - Throws: `SettingsError` if the file can't be edited; `Fault(.outputUnwritable)` if there is no place for it.
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

    /// - Throws: `Fault(.outputUnwritable)`; the file is then as it was.
    func write() throws(Fault) {
        // A link stays a link.
        let target = Self.resolved(path)
        let folder = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? "."
        Self.makeFolders(folder)
        let temporary = "\(target).new"
        var old = stat()
        let mode = unsafe stat(target, &old) == 0 ? old.st_mode & 0o777 : 0o644
        let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard file >= 0 else { throw Self.fault(path) }
        let isWritten = Self.write(Array(text.utf8), to: file) && fchmod(file, mode) == 0 && fsync(file) == 0
        let code = errno
        close(file)
        guard isWritten, unsafe rename(temporary, target) == 0 else {
            let fault = Self.fault(path, isWritten ? errno : code)
            unsafe unlink(temporary)
            throw fault
        }
    }

    private static func write(_ bytes: [UInt8], to file: CInt) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return false }
            rest = rest.dropFirst(max(count, 0))
        }
        return true
    }

    private static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    private static func makeFolders(_ folder: String) {
        var path = ""
        for name in folder.split(separator: "/", omittingEmptySubsequences: false) {
            path += name
            if !path.isEmpty { unsafe mkdir(path, 0o755) }
            path += "/"
        }
    }

    private static func fault(_ path: String, _ code: CInt = errno) -> Fault {
        let cause = unsafe String(cString: strerror(code))
        return Fault(.outputUnwritable, "\(path) can't be written (\(cause)); name another file with --config.")
    }
}
