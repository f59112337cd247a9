// SPDX-License-Identifier: GPL-3.0-or-later
import CConfinement
import Glibc
import Utterance

/// This program, started again to run eSpeak NG and nothing else: what crashes or hangs there ends there.
@SpeechThread
final class SpeechProcess {
    /// Its end of the protocol.
    let socket: FrameSocket
    let identifier: pid_t
    private var hasEnded = false

    /// The environment that the engine and its libraries get: no keys and no tokens.
    private static let variables = ["ESPEAK_DATA_PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "TZ"]

    /// - Parameters:
    ///   - arguments: the program's path, and what has it call ``SpeechServer/run()``.
    ///   - limit: longest wait in the middle of a frame.
    init(_ arguments: [String], limit: Duration) throws(Fault) {
        var ends: [CInt] = [-1, -1]
        var result = unsafe utter_socket_pair(&ends)
        guard result == 0 else { throw .notStarted(result) }
        defer { close(ends[1]) }
        var environment = Self.variables.compactMap { name in
            unsafe getenv(name).map { unsafe "\(name)=\(String(cString: $0))" }
        }
        // The runtime would start another program to describe a crash, and keep the dead one waiting for it.
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

    /// Ends it, if it has not ended by itself.
    ///
    /// - Returns: how it ended, such as `signal 11`.
    @discardableResult
    func end() -> String {
        guard !hasEnded else { return "" }
        hasEnded = true
        var status: CInt = 0
        // One that ended by itself is still a zombie, so its number has not been reused.
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
        let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        return Fault(.speechFailed, "The voice's process cannot be started: \(reason).")
    }

    static func notAnswering(_ reason: String) -> Fault {
        Fault(
            .speechFailed, "The voice's process does not start (\(reason)): see the log, or reinstall espeak-ng-data.")
    }
}
