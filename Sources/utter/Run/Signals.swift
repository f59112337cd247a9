// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

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
}
