// SPDX-License-Identifier: GPL-3.0-or-later
import CConfinement
import Glibc
import Utterance

/// This program, started again to run only eSpeak NG: a crash or a hang there can't harm the daemon.
@SpeechThread
final class SpeechProcess {
    /// The daemon's end of the protocol.
    let socket: FrameSocket
    let identifier: pid_t
    private var hasEnded = false

    /// The environment variables for the engine and its libraries: no keys or tokens.
    private static let variables = ["ESPEAK_DATA_PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "TZ"]

    /// Starts the process.
    ///
    /// - Parameters:
    ///   - arguments: the program's path, and the arguments that make it call ``SpeechServer/run()``.
    ///   - limit: the longest wait in the middle of a frame.
    /// - Throws: `Fault(.speechFailed)` if it can't be started.
    init(_ arguments: [String], limit: Duration) throws(Fault) {
        var ends: [CInt] = [-1, -1]
        var result = unsafe utter_socket_pair(&ends)
        guard result == 0 else { throw .notStarted(result) }
        defer { close(ends[1]) }
        var environment = Self.variables.compactMap { name in
            unsafe getenv(name).map { unsafe "\(name)=\(String(cString: $0))" }
        }
        // After a crash, the Swift runtime would start another program to describe it, and keep this one waiting
        // meanwhile.
        environment.append("SWIFT_BACKTRACE=enable=no")
        var identifier = pid_t()
        var argumentCopies = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var environmentCopies = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer {
            unsafe argumentCopies.forEach { unsafe free($0) }
            unsafe environmentCopies.forEach { unsafe free($0) }
        }
        result = unsafe utter_spawn(&identifier, arguments[0], &argumentCopies, &environmentCopies, ends[1])
        guard result == 0 else {
            close(ends[0])
            throw .notStarted(result)
        }
        self.identifier = identifier
        socket = FrameSocket(ends[0], limit: limit)
    }

    /// Kills the process, unless it has already ended.
    ///
    /// - Returns: how it ended, such as `signal 11`.
    @discardableResult
    func end() -> String {
        guard !hasEnded else { return "" }
        hasEnded = true
        var status: CInt = 0
        // A process that ended by itself is still a zombie, so its ID has not been reused.
        if unsafe waitpid(identifier, &status, WNOHANG) != identifier {
            kill(identifier, SIGKILL)
            while unsafe waitpid(identifier, &status, 0) == -1, errno == EINTR {}
        }
        let signal = status & 0x7f
        return signal == 0 ? "exit \(status >> 8 & 0xff)" : "signal \(signal)"
    }

    isolated deinit {
        end()
    }
}

extension Fault {
    fileprivate static func notStarted(_ code: CInt) -> Fault {
        Fault(.speechFailed, "The speech process can't be started: \(SystemError.text(code)).")
    }

    static func notAnswering(_ reason: String) -> Fault {
        Fault(
            .speechFailed, "The speech process didn't start (\(reason)): see the log, or reinstall espeak-ng-data.")
    }
}
