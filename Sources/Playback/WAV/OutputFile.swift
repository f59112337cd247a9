// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Glibc
import Threads
import Utterance

/// A file or pipe. A thread that may block writes it, and can be told to stop waiting.
///
/// The program ignores SIGPIPE, so that a reader who leaves causes an error rather than a crash.
final class OutputFile: Sendable {
    /// For people.
    let name: String
    /// Whether it is a regular file: its header can be corrected, and writing doesn't block.
    let isRegular: Bool
    private let descriptor: CInt
    private let closesDescriptor: Bool
    private let stop = EventDescriptor()

    /// Creates the file, or truncates it.
    init(path: String) throws(Fault) {
        // Non-blocking, because opening a FIFO would wait for its reader.
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK
        let descriptor = unsafe open(path, flags, 0o666)
        guard descriptor >= 0 else { throw .unwritable(path, errno) }
        name = "'\(path)'"
        self.descriptor = descriptor
        closesDescriptor = true
        isRegular = Self.isRegular(descriptor)
    }

    /// Writes to a descriptor that the caller keeps.
    init(descriptor: CInt) {
        name = descriptor == STDOUT_FILENO ? "standard output" : "descriptor \(descriptor)"
        self.descriptor = descriptor
        closesDescriptor = false
        // We don't know the descriptor's offset in the file, so it is treated as a pipe.
        isRegular = false
    }

    deinit {
        if closesDescriptor { Glibc.close(descriptor) }
    }

    private static func isRegular(_ descriptor: CInt) -> Bool {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Makes the writer return at once, now and until ``mayWait()``.
    func stopWaiting() { stop.signal() }

    func mayWait() { stop.clear() }

    /// Writes all bytes.
    ///
    /// - Returns: `false` if it was told to stop first.
    func write(_ bytes: RawSpan) throws(Fault) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            if !isRegular, !waitForRoom() { return false }
            // A pipe that is ready has room for this much, so that even a blocking descriptor doesn't block.
            let count = isRegular ? rest.byteCount : min(rest.byteCount, Int(PIPE_BUF))
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, count) }
            if written >= 0 {
                rest = rest.extracting(droppingFirst: written)
            } else if errno != EINTR, errno != EAGAIN {
                throw .notWritten(name, errno)
            }
        }
        return true
    }

    /// Replaces the beginning of a regular file.
    func rewrite(_ bytes: RawSpan) throws(Fault) {
        let written = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        if written < bytes.byteCount { throw .notWritten(name, errno) }
    }

    private func waitForRoom() -> Bool {
        var descriptors: InlineArray<2, pollfd> = [
            pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        var span = descriptors.mutableSpan
        let ready = unsafe span.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, 2, -1) }
        return ready < 0 || descriptors[1].revents == 0
    }
}

extension Fault {
    fileprivate static func unwritable(_ path: String, _ code: CInt) -> Fault {
        let cure =
            switch code {
            case ENOENT: "create its folder first."
            case EACCES, EPERM, EROFS: "choose a place that this user may write to."
            case EISDIR: "it is a folder; name a file in it."
            case ENXIO: "nobody reads from it; start the reader first."
            default: "choose another place."
            }
        return Fault(.outputUnwritable, "Cannot create '\(path)' (\(SystemError.text(code))): \(cure)")
    }

    fileprivate static func notWritten(_ name: String, _ code: CInt) -> Fault {
        let cure =
            switch code {
            case ENOSPC, EDQUOT: "make room; what was written before is valid."
            case EPIPE: "its reader has gone."
            default: "what was written before is valid."
            }
        return Fault(.outputFailed, "Cannot write to \(name) (\(SystemError.text(code))): \(cure)")
    }
}
