// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Threads
import Utterance

/// Standard input, read on a thread of its own as it comes; a read that waits ends when its task is cancelled.
actor StandardInput {
    private let executor = ThreadExecutor(name: "stdin")
    /// Readable once reading is over, which wakes the thread out of its wait.
    private let stop: StopPipe

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    init() throws {
        guard Console.isOpen(STDIN_FILENO) else {
            throw Fault(.inputUnreadable, "Standard input is closed; give the text on the command line.")
        }
        stop = try StopPipe()
    }

    /// The next bytes, as many as are there; `nil` at the end.
    ///
    /// - Throws: `CancellationError`; `Fault(.inputUnreadable)`.
    func read() async throws -> [UInt8]? {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await wait()
        } onCancel: {
            stop.signal()
        }
    }

    private func wait() async throws -> [UInt8]? {
        var descriptors = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop.reading, events: Int16(POLLIN), revents: 0),
        ]
        while unsafe poll(&descriptors, 2, -1) < 0, errno == EINTR {}
        try Task.checkCancellation()
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = unsafe Glibc.read(STDIN_FILENO, &bytes, bytes.count)
        guard count >= 0 else {
            let cause = unsafe String(cString: strerror(errno))
            throw Fault(.inputUnreadable, "Standard input can't be read (\(cause)); give the text on the command line.")
        }
        bytes.removeLast(bytes.count - count)
        return bytes.isEmpty ? nil : bytes
    }

    /// All of standard input as text.
    ///
    /// - Throws: `Fault(.inputInvalid)` if it is not UTF-8 or longer than `limit` bytes.
    func text(limit: Int) async throws -> String {
        var bytes: [UInt8] = []
        while let more = try await read() {
            bytes += more
            guard bytes.count <= limit else {
                throw Fault(.inputInvalid, "The prompt is longer than \(limit / 1_048_576) MiB; give a shorter one.")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw StreamingUTF8.fault }
        return text
    }
}

/// A pipe that says stop by one byte.
private final class StopPipe: Sendable {
    let reading: CInt
    private let writing: CInt

    init() throws {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw Fault(.inputUnreadable, "Too many files are open; raise the limit (ulimit -n).")
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    func signal() {
        var byte: UInt8 = 0
        _ = unsafe write(writing, &byte, 1)
    }
}
