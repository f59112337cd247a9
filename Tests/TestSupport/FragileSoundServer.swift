// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// A PulseAudio that one test has for itself, to kill it, to start it again, and to have it hang.
package final class FragileSoundServer: Sendable {
    private let folder = SoundWorld.shared.path("fragile")
    private let running: Mutex<(shell: ChildProcess, server: pid_t)?>

    package init() throws {
        running = Mutex(try SoundServer.start(folder: folder, sinks: ["only"]))
    }

    deinit {
        // The shell that watches over it ends too soon to do it.
        kill()
    }

    /// For `--device`.
    package var device: String { "server:\(address)" }

    private var address: String { "unix:\(folder)/pulse/native" }

    /// Ends it without a word, as a crash does.
    package func kill() {
        send(SIGKILL)
    }

    /// Starts it after it was killed.
    package func restart() throws {
        try running.withLock { running in
            // It clears up where the new one will be.
            running = nil
            running = try SoundServer.start(folder: folder, sinks: ["only"])
        }
    }

    /// From here on it answers nothing, and hangs up on nobody.
    package func freeze() {
        send(SIGSTOP)
    }

    package func thaw() {
        send(SIGCONT)
    }

    private func send(_ signal: CInt) {
        running.withLock { running in
            if let running { Glibc.kill(running.server, signal) }
        }
    }

    /// How many programs and threads are connected to it.
    package func clients() throws -> Int {
        let pactl = try ChildProcess(["/usr/bin/env", "pactl", "--server=\(address)", "list", "short", "clients"])
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while let count = pactl.read(into: &buffer) { text += buffer[..<count] }
        // One is the question itself.
        return text.count { $0 == UInt8(ascii: "\n") } - 1
    }
}
