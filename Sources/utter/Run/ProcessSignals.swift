// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import UnixSignals

/// The POSIX signals that this process handles.
enum ProcessSignals {
    /// Makes writing to a closed pipe return an error instead of ending the process.
    static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Suspends the process group, as Ctrl-Z does, until SIGCONT.
    static func suspend() {
        _ = kill(0, SIGTSTP)
    }

    /// From now on, SIGINT and SIGTERM end the process at once, since the user has asked twice.
    static func restoreDefaults() {
        _ = signal(SIGINT, SIG_DFL)
        _ = signal(SIGTERM, SIG_DFL)
    }

    /// From now on, SIGINT and SIGTERM go to ``firstExitStatus(of:)``. Must be called before starting what they stop.
    static func trap() async -> UnixSignalsSequence {
        await UnixSignalsSequence(trapping: .sigint, .sigterm)
    }

    /// Runs `body`; SIGINT and SIGTERM cancel it.
    ///
    /// - Returns: the exit code after a signal; `nil` if `body` finished.
    static func interrupting(_ body: @escaping @Sendable () async throws -> Void) async throws -> Int32? {
        let signals = await trap()
        return try await withThrowingTaskGroup(of: Int32?.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await body()
                return nil
            }
            group.addTask { await firstExitStatus(of: signals) }
            return try await group.next() ?? nil
        }
    }

    /// Waits for a signal and returns its exit code. A second signal ends the program at once.
    ///
    /// - Returns: `nil` if the task is cancelled.
    static func firstExitStatus(of signals: UnixSignalsSequence) async -> Int32? {
        for await signal in signals {
            restoreDefaults()
            return signal == .sigint ? ExitStatus.interrupted : ExitStatus.terminated
        }
        return nil
    }
}
