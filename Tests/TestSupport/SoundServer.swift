// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization
import Threads

/// Our own PulseAudio server with sinks that play to nobody: real time without a sound card.
///
/// It is started at first use, once for all tests of the process, and ends with the process, however that ends. A sink
/// is lent to one test at a time, with a recorder that hears what a listener would.
package final class SoundServer: Sendable {
    /// A null sink: mono at the voice's rate, so that what is recorded is what was played, bit for bit.
    package struct Sink: Sendable {
        /// The device's name, for `--device`.
        package var device: String { "sink:\(name)" }
        package var name: String
        package var recorder: SoundRecorder
    }

    package struct Unavailable: Error {
        package var reason: String
    }

    /// Whether the parts are installed; otherwise tests are skipped for this reason.
    package static let isInstalled = SoundWorld.mustRun || missingParts.isEmpty
    package static let reasonToSkip: String =
        "needs \(missingParts.joined(separator: ", ")): install pulseaudio, pulseaudio-utils and libasound2-plugins"

    private static let missingParts = ["pulseaudio", "parec"].filter { !isOnPath($0) }

    /// The only server, as soon as it runs; started by the first caller.
    private static let shared: Signal<Swift.Result<SoundServer, any Error>> = {
        let started = Signal<Swift.Result<SoundServer, any Error>>()
        startThread(name: "sound-server") { started.set(Swift.Result { try SoundServer() }) }
        return started
    }()

    private let free: Mutex<(sinks: [Sink], waiting: [CheckedContinuation<Sink, Never>])>
    /// Ends the server when this process ends.
    private let shell: ChildProcess

    /// Lends a sink to `body` exclusively.
    package static func withSink<Result>(
        _ body: (Sink) async throws -> Result
    ) async throws -> Result {
        let server = try await shared.value.get()
        let sink = await server.borrow()
        defer { server.giveBack(sink) }
        await sink.recorder.waitUntilAccurate()
        return try await body(sink)
    }

    /// Whether a run proves anything about sound: not if the machine was too busy to play it without a gap.
    package enum Run: Sendable {
        case onTime
        case late
    }

    /// Like ``withSink(_:)``, repeated until a run was on time.
    ///
    /// - Throws: ``AlwaysLate`` after 20 runs; the error of `body`.
    package static func withSinkOnTime(_ body: (Sink) async throws -> Run) async throws {
        for _ in 0..<20 where try await withSink(body) == .onTime { return }
        throw AlwaysLate()
    }

    /// The sound had gaps in every run.
    package struct AlwaysLate: Error {}

    /// Blocks until it runs.
    private init() throws {
        let folder = SoundWorld.shared.folder
        let names = (0..<4).map { "test\($0)" }
        shell = try Self.start(folder: folder, sinks: names).shell
        let sinks = try names.map {
            Sink(name: $0, recorder: try SoundRecorder(monitorOf: $0, server: "unix:\(folder)/pulse/native"))
        }
        free = Mutex((sinks, []))
    }

    private func borrow() async -> Sink {
        await withCheckedContinuation { continuation in
            let sink = free.withLock { free -> Sink? in
                if free.sinks.isEmpty { free.waiting.append(continuation) }
                return free.sinks.popLast()
            }
            if let sink { continuation.resume(returning: sink) }
        }
    }

    private func giveBack(_ sink: Sink) {
        let next = free.withLock { free -> CheckedContinuation<Sink, Never>? in
            if free.waiting.isEmpty {
                free.sinks.append(sink)
                return nil
            }
            return free.waiting.removeFirst()
        }
        next?.resume(returning: sink)
    }

    /// Shell code: sets `priority` to a command that runs a program ahead of those that only compute, if this user may.
    /// A sound card isn't late because the machine is busy either.
    static let priority = "priority=; chrt --rr 5 true 2>/dev/null && priority='chrt --rr 5'"

    /// Starts the server under a shell that ends it when our end of the pipe is closed; blocks until it runs.
    static func start(folder: String, sinks: [String]) throws -> (shell: ChildProcess, server: pid_t) {
        let loads = sinks.map { "-L 'module-null-sink sink_name=\($0) rate=22050 channels=1 format=s16le'" }
        let script = """
            mkdir -p "\(folder)" && cd "\(folder)" && mkdir -p -m 700 pulse home || exit 1
            rm -f pulse/native
            export HOME="\(folder)/home" XDG_RUNTIME_DIR="\(folder)" PULSE_STATE_PATH="\(folder)/pulse"
            export PULSE_RUNTIME_PATH="\(folder)/pulse" PULSE_SERVER="unix:\(folder)/pulse/native"
            unset DBUS_SESSION_BUS_ADDRESS DISPLAY
            \(Self.priority)
            $priority pulseaudio -n --daemonize=no --system=false --exit-idle-time=-1 --use-pid-file=no --realtime=no \
                --high-priority=no --disable-shm=yes --log-target="file:\(folder)/pulse.log" \
                -L "module-native-protocol-unix auth-anonymous=1 socket=\(folder)/pulse/native" \
                \(loads.joined(separator: " ")) >/dev/null 2>&1 </dev/null &
            server=$!
            attempt=0
            until pactl info >/dev/null 2>&1; do
                attempt=$((attempt + 1))
                [ $attempt -gt 1200 ] && break
                kill -0 $server 2>/dev/null || break
                sleep 0.05
            done
            echo $server
            read -r _
            kill -CONT $server 2>/dev/null
            kill $server 2>/dev/null
            wait $server
            rm -rf "\(folder)"
            """
        let shell = try ChildProcess(["/bin/sh", "-c", script])
        var line = [UInt8](repeating: 0, count: 64)
        let count = shell.read(into: &line) ?? 0
        let server = pid_t(String(decoding: line[..<max(0, count - 1)], as: UTF8.self))
        guard let server, unsafe access("\(folder)/pulse/native", F_OK) == 0 else {
            throw Unavailable(reason: "PulseAudio did not start; see \(folder)/pulse.log")
        }
        return (shell, server)
    }

    private static func isOnPath(_ program: String) -> Bool {
        guard let path = unsafe getenv("PATH") else { return false }
        return unsafe String(cString: path).split(separator: ":").contains {
            unsafe access("\($0)/\(program)", X_OK) == 0
        }
    }
}
