// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Glibc
package import Utterance

/// A small file that is replaced as a whole: readers find the old content or the new, even after a power failure.
///
/// Its functions block.
package struct AtomicFile: Sendable {
    package let path: String
    /// In bytes; a larger file is not one of ours.
    private static let largest = 64 << 20

    package init(path: String) {
        self.path = path
    }

    /// Reads the file.
    ///
    /// - Returns: `nil` if there is no such file.
    /// - Throws: `Fault(.inputUnreadable)`.
    package func read() throws(Fault) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw unreadable(SystemError.text(errno))
        }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw unreadable(SystemError.text(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw unreadable("it is not a regular file") }
        guard status.st_size <= Self.largest else { throw unreadable("it is too large") }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(SystemError.text(errno)) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Replaces the content, and returns once it is on disk. Creates missing folders.
    ///
    /// - Parameter mode: the file's permissions; by default for the owner only.
    /// - Throws: `Fault(.outputUnwritable)`; the file is then unchanged.
    package func write(_ bytes: [UInt8], mode: UInt32 = 0o600) throws(Fault) {
        let draft = path + ".new"
        do throws(WriteError) {
            try Self.write(bytes, toNew: draft, in: folder, mode)
            guard unsafe rename(draft, path) == 0 else { throw WriteError() }
        } catch {
            unsafe unlink(draft)
            throw Fault(.outputUnwritable, "\(path) can't be written (\(error.reason)); it was not changed.")
        }
        syncFolder()
    }

    /// Renames the file, so that it is out of the way but not lost.
    ///
    /// - Returns: its new path.
    /// - Throws: `Fault(.outputUnwritable)`.
    package func setAside() throws(Fault) -> String {
        let other = path + ".broken"
        guard unsafe rename(path, other) == 0 else {
            throw Fault(.outputUnwritable, "\(path) can't be moved out of the way (\(SystemError.text(errno))).")
        }
        return other
    }

    private var folder: String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    }

    private struct WriteError: Error {
        let reason = SystemError.text(errno)
    }

    private static func write(
        _ bytes: [UInt8], toNew path: String, in folder: String, _ mode: mode_t
    ) throws(WriteError) {
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        unsafe unlink(path)
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard file >= 0 else { throw WriteError() }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw WriteError() }
            rest = rest.dropFirst(count)
        }
        // Independently of the umask.
        guard fchmod(file, mode) == 0, fsync(file) == 0 else { throw WriteError() }
    }

    /// Only now is the new name on disk. A file system that can't do this still has the old content or the new.
    private func syncFolder() {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private func unreadable(_ reason: String) -> Fault {
        Fault(.inputUnreadable, "\(path) can't be read: \(reason).")
    }
}
