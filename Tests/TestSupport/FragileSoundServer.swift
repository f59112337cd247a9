// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// A PulseAudio server for one test, which can kill it, restart it, and make it hang.
package final class FragileSoundServer: Sendable {
    private struct Running {
        let shell: ChildProcess
        let server: pid_t
    }

    private let folder: String
    private let running: Mutex<Running?>

    /// Starts one.
    package static func start() async throws -> FragileSoundServer {
        let folder = SoundWorld.shared.path("fragile")
        return FragileSoundServer(folder: folder, running: try await run(in: folder))
    }

    private init(folder: String, running: Running) {
        self.folder = folder
        self.running = Mutex(running)
    }

    deinit {
        // The shell that watches it ends too early to do this.
        kill()
    }

    private static func run(in folder: String) async throws -> Running {
        let (shell, server) = try await onThread("fragile") {
            try SoundServer.start(folder: folder, sinks: ["only"])
        }
        return Running(shell: shell, server: server)
    }

    /// The device's name, for `--device`.
    package var device: String { "server:\(address)" }

    private var address: String { "unix:\(folder)/pulse/native" }

    /// Ends it without notice, like a crash.
    package func kill() {
        send(SIGKILL)
    }

    /// Restarts it after it was killed.
    package func restart() async throws {
        let former = running.withLock { $0.take() }
        // It cleans up where the new one will be.
        _ = try await onThread("fragile") { former?.shell.finish() }
        let next = try await Self.run(in: folder)
        running.withLock { $0 = next }
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
    package func clients() async throws -> Int {
        let list = try await ChildProcess.output(
            of: ["/usr/bin/env", "pactl", "--server=\(address)", "list", "short", "clients"])
        // One of them is this query.
        return list.count { $0 == "\n" } - 1
    }
}
