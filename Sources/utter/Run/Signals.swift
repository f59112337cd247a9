// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import UnixSignals

/// Signals that concern the process as a whole.
enum Signals {
    /// A reader that closes its end is an error of `write`, not the end of the process.
    static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// From now on SIGINT and SIGTERM end the process at once: the user asks for the second time.
    static func restoreDefaults() {
        _ = signal(SIGINT, SIG_DFL)
        _ = signal(SIGTERM, SIG_DFL)
    }

    /// From now on SIGINT and SIGTERM are for ``firstExitStatus(of:)``: to be called before what they are to stop.
    static func trap() async -> UnixSignalsSequence {
        await UnixSignalsSequence(trapping: .sigint, .sigterm)
    }

    /// The exit code of the first signal, when it comes; a second one ends the program at once.
    ///
    /// - Returns: `nil` when the task is cancelled.
    static func firstExitStatus(of signals: UnixSignalsSequence) async -> Int32? {
        for await signal in signals {
            restoreDefaults()
            return signal == .sigint ? ExitStatus.interrupted : ExitStatus.terminated
        }
        return nil
    }
}
