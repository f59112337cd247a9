// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization
import Threads

/// Runs `body`, which may block, on a separate thread, and waits for its result.
///
/// On a small machine, a blocked thread of the cooperative pool is one of one or two: everything else would stop.
package func onThread<Value: Sendable>(
    _ name: String = "test", _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        startThread(name: name) { continuation.resume(with: Result(catching: body)) }
    }
}

/// A program that a test starts, with pipes to its standard input and from its standard output.
///
/// It gets a signal when this value is destroyed, and the end of its input when this process ends.
package final class ChildProcess: Sendable {
    package struct NotStarted: Error {
        package var program: String
        package var code: CInt
    }

    /// `nil` once it was closed.
    private let input: Mutex<CInt?>
    private let output: CInt
    private let process: pid_t

    /// - Parameter takesSignals: whether SIGTERM reaches it although the thread that starts it may have signals blocked. A
    ///   shell that cleans up at the end of its input must not be ended by one.
    package init(_ arguments: [String], takesSignals: Bool = false) throws {
        let toChild = try PipeEnds()
        let fromChild = try PipeEnds()
        input = Mutex(toChild.writing)
        output = fromChild.reading

        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, toChild.reading, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, fromChild.writing, STDOUT_FILENO)
        // NIO's sockets would be inherited: those closed here would stay open, and the other side would wait for their
        // end.
        // (Swift does not import glibc's addclosefrom_np.)
        for descriptor in STDERR_FILENO + 1..<4_096 {
            unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        // A separate process group: Ctrl-C on the tests must not end the programs that clean up after them.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        let flags = POSIX_SPAWN_SETPGROUP | (takesSignals ? POSIX_SPAWN_SETSIGMASK : 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        var copies = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { unsafe copies.forEach { unsafe free($0) } }
        var process = pid_t()
        let result = unsafe posix_spawn(&process, arguments[0], &actions, &attributes, &copies, environ)
        close(toChild.reading)
        close(fromChild.writing)
        self.process = process
        if result != 0 { throw NotStarted(program: arguments[0], code: result) }
    }

    deinit {
        endInput()
        close(output)
        Glibc.kill(process, SIGTERM)
        let process = process
        startThread(name: "reaper") { waitpid(process, nil, 0) }
    }

    /// Runs a program to its end.
    ///
    /// - Returns: what it printed to its standard output.
    package static func output(of arguments: [String]) async throws -> String {
        try await onThread("child") { try ChildProcess(arguments).rest() }
    }

    /// All remaining output; blocks.
    package func rest() -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while let count = read(into: &buffer) { text += buffer[..<count] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Ends its input, waits for the end of its output, and returns what was left of it; blocks.
    ///
    /// Unlike a child that is dropped, it can clean up.
    package func finish() -> String {
        endInput()
        return rest()
    }

    /// Asks it to end.
    package func terminate() {
        Glibc.kill(process, SIGTERM)
    }

    /// Ends it without notice.
    package func kill() {
        Glibc.kill(process, SIGKILL)
    }

    private func endInput() {
        let descriptor = input.withLock { $0.take() }
        if let descriptor { close(descriptor) }
    }

    /// Waits for output; blocks.
    ///
    /// - Returns: how many bytes came; `nil` at the end.
    package func read(into buffer: inout [UInt8]) -> Int? {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(output, $0.baseAddress, $0.count) }
            if count > 0 { return count }
            if count == 0 || errno != EINTR { return nil }
        }
    }

    package func readByte() -> UInt8? {
        var buffer: [UInt8] = [0]
        return read(into: &buffer).map { _ in buffer[0] }
    }
}

/// The two ends of a pipe.
package struct PipeEnds {
    package let reading: CInt
    package let writing: CInt

    package init() throws {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw ChildProcess.NotStarted(program: "pipe", code: errno) }
        reading = ends[0]
        writing = ends[1]
    }
}
