// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import LanguageModel
import Pipeline
import Threads
import Utterance

/// Standard input, read on a separate thread as it arrives. Cancelling the task ends a read that is waiting.
actor StandardInput {
    private let executor = ThreadExecutor(name: "stdin")
    /// Becomes readable when reading must end, which wakes the waiting thread.
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

    /// Reads the next bytes, as many as are available; `nil` at the end.
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
            let cause = SystemError.text(errno)
            throw Fault(.inputUnreadable, "Standard input can't be read (\(cause)); give the text on the command line.")
        }
        bytes.removeLast(bytes.count - count)
        return bytes.isEmpty ? nil : bytes
    }

    /// Reads all of standard input as text.
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

/// A pipe that signals the end with a single byte.
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

/// Text to be spoken that doesn't come from a model.
enum InputSource {
    static func text(_ text: String) -> Answer.Source {
        { deliver in
            try await deliver(.text(text))
            return nil
        }
    }

    /// Standard input as it arrives. Invalid UTF-8 is left out, and reported as a fault once everything else was
    /// spoken.
    static let standardInput: Answer.Source = { deliver in
        let input = try StandardInput()
        var decoder = StreamingUTF8()
        while let bytes = try await input.read() {
            let text = decoder.decode(bytes)
            if !text.isEmpty { try await deliver(.text(text)) }
        }
        let rest = decoder.finish()
        if !rest.isEmpty { try await deliver(.text(rest)) }
        if decoder.sawInvalid { throw StreamingUTF8.fault }
        return nil
    }
}

/// The prompt of a question: the arguments, or all of standard input.
enum PromptInput {
    /// Longer than any model's context; a longer prompt is a mistake.
    private static let longest = 8 * 1_048_576

    /// Reads all of standard input.
    ///
    /// - Throws: `Fault(.inputInvalid)` if it is not UTF-8.
    static func all() async throws -> String {
        try await StandardInput().text(limit: longest)
    }

    /// - Throws: `Fault(.usage)` if there is no prompt; `Fault(.inputInvalid)` if it is not UTF-8.
    static func read(_ words: [String]) async throws -> String {
        let prompt: String
        if words.isEmpty || words == ["-"] {
            guard words == ["-"] || isatty(STDIN_FILENO) == 0 else {
                throw Fault(
                    .usage, "There is no prompt; write it after the command: utter ask \"Why is the sky blue?\"")
            }
            prompt = try await all()
        } else {
            prompt = words.joined(separator: " ")
        }
        guard prompt.contains(where: { !$0.isWhitespace && $0 != "\0" }) else {
            throw Fault(.usage, "The prompt is empty; write it after the command: utter ask \"Why is the sky blue?\"")
        }
        return prompt
    }
}
