// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

/// Standard output and standard error, unbuffered, so that text streams while it is generated.
enum Console {
    /// Writes to standard output.
    ///
    /// - Throws: `Fault(.outputFailed)` if the reader has gone or the disk is full.
    static func write(_ text: String) throws(Fault) {
        guard let code = isOpen(STDOUT_FILENO) ? writeAll(text, to: STDOUT_FILENO) : EBADF else { return }
        throw Fault(.outputFailed, "Standard output failed (\(SystemError.text(code))); the rest of the text is lost.")
    }

    /// Writes to standard error. If that is closed, there is nobody to tell.
    static func say(_ text: String) {
        _ = writeAll(text, to: STDERR_FILENO)
    }

    /// Writes one of the program's messages to standard error, wrapped on a terminal.
    static func tell(_ message: String) {
        say(Self.message(message, columns: errorIsTerminal ? width : nil))
    }

    /// Formats one of the program's messages, with its line end.
    ///
    /// - Parameter columns: where to wrap lines; `nil`: no wrapping.
    static func message(_ message: String, columns: Int?) -> String {
        let line = "utter: \(message)"
        return (columns.map { line.wrapped(to: $0 - 1) } ?? line) + "\n"
    }

    /// Whether a standard stream was open at the start (not `>&-`).
    ///
    /// The number of a closed one has been reused by an eventfd of the Swift runtime, which has no file type.
    static func isOpen(_ file: CInt) -> Bool {
        var status = stat()
        return unsafe fstat(file, &status) == 0 && status.st_mode & S_IFMT != 0
    }

    static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether the terminal understands control sequences.
    static var hasSequences: Bool {
        ProcessEnvironment.variables["TERM"].map { !$0.isEmpty && $0 != "dumb" } ?? false
    }

    /// Whether to use colours (https://no-color.org).
    static var hasColour: Bool { (ProcessEnvironment.variables["NO_COLOR"] ?? "").isEmpty }

    /// Whether standard output and standard error go to the same terminal, file or pipe, as after `2>&1`.
    static var streamsAreMerged: Bool {
        var output = stat()
        var error = stat()
        guard unsafe fstat(STDOUT_FILENO, &output) == 0, unsafe fstat(STDERR_FILENO, &error) == 0 else { return false }
        return output.st_dev == error.st_dev && output.st_ino == error.st_ino
    }

    /// Columns of the terminal on standard error; 100 if there isn't one.
    static var width: Int {
        var size = winsize()
        guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }

    /// - Returns: the error number; `nil` if everything was written.
    private static func writeAll(_ text: String, to file: CInt) -> CInt? {
        var text = text
        return text.withUTF8 { bytes in
            var rest = unsafe UnsafeRawBufferPointer(bytes)[...]
            while unsafe !rest.isEmpty {
                let written = unsafe Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    guard errno == EAGAIN else { return errno }
                    var descriptor = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
                    _ = unsafe poll(&descriptor, 1, -1)
                    continue
                }
                unsafe rest = rest.dropFirst(written)
            }
            return nil
        }
    }
}

/// The size of the terminal on standard output.
struct TerminalSize: Equatable {
    var columns: Int
    var rows: Int

    /// 80 by 24 if unknown.
    static var current: TerminalSize {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return TerminalSize(columns: 80, rows: 24)
        }
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
}
