// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Glibc
import Subprocess
import Utterance

extension UtterProgram {
    /// The program while it runs.
    package struct Running: Sendable {
        private let process: pid_t
        private let writer: StandardInputWriter
        private let transcript: Transcript

        init(process: pid_t, writer: StandardInputWriter, transcript: Transcript) {
            self.process = process
            self.writer = writer
            self.transcript = transcript
        }

        /// The first event of this name, as soon as there is one.
        @discardableResult
        package func event(_ name: String, where isMeant: (Event) -> Bool = { _ in true }) async throws -> Event {
            try await transcript.wait { text in text.events.first { $0.event == name && isMeant($0) } }
        }

        /// Waits until this many bytes were written to standard output.
        package func output(bytes count: Int) async throws {
            try await transcript.wait { $0.output.count >= count ? () : nil }
        }

        /// Waits until standard output contains `text`.
        package func output(holding text: String) async throws {
            try await transcript.wait { String(decoding: $0.output, as: UTF8.self).contains(text) ? () : nil }
        }

        /// Waits until standard error contains `text`.
        package func errors(holding text: String) async throws {
            try await transcript.wait { String(decoding: $0.errors, as: UTF8.self).contains(text) ? () : nil }
        }

        /// Waits until the program has closed its outputs, as it does when it exits.
        package func end() async throws {
            try await transcript.waitForEnd()
        }

        package func send(_ signal: Signal) {
            kill(process, signal.rawValue)
        }

        package func send(_ signal: Signal, to child: Int32) {
            kill(child, signal.rawValue)
        }

        /// Stops it, and returns once it has stopped.
        package func suspend() async throws {
            send(.suspend)
            let path = "/proc/\(process)/stat"
            try await onThread("suspend") {
                while !String(decoding: readFile(path) ?? [], as: UTF8.self).contains(") T ") { usleep(1_000) }
            }
        }

        /// The programs that it runs.
        package var children: [Int32] {
            entries(of: "/proc/\(process)/task").flatMap { task in
                let list = readFile("/proc/\(process)/task/\(task)/children") ?? []
                return String(decoding: list, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
            }
        }

        package func name(of child: Int32) -> String {
            String(decoding: readFile("/proc/\(child)/comm") ?? [], as: UTF8.self).trimmed
        }

        /// What a child has open, by descriptor number.
        package func descriptors(of child: Int32) -> [String] {
            entries(of: "/proc/\(child)/fd").compactMap { Int($0) }.sorted().compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(child)/fd/\($0)")
            }
        }

        /// The status of each thread of a child, from procfs.
        package func threads(of child: Int32) -> [String] {
            entries(of: "/proc/\(child)/task").map {
                String(decoding: readFile("/proc/\(child)/task/\($0)/status") ?? [], as: UTF8.self)
            }
        }

        private func entries(of folder: String) -> [String] {
            (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        }

        package func write(_ bytes: [UInt8]) async throws {
            _ = try await writer.write(bytes)
        }

        package func closeInput() async throws {
            try await writer.finish()
        }

        /// The most memory that it has used so far, in bytes.
        package var peakMemory: Int? {
            let status = String(decoding: readFile("/proc/\(process)/status") ?? [], as: UTF8.self)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
        }
    }

    package enum Signal {
        case interrupt, terminate, hangUp, kill, suspend, resume

        var rawValue: CInt {
            switch self {
            case .interrupt: SIGINT
            case .terminate: SIGTERM
            case .hangUp: SIGHUP
            case .kill: SIGKILL
            case .suspend: SIGSTOP
            case .resume: SIGCONT
            }
        }
    }

    /// How the program exited, and what it printed.
    package struct Result: Sendable {
        /// Its exit code, or 128 plus the signal that ended it, as in a shell.
        package let exitCode: Int
        package let output: [UInt8]
        package let errors: String
        package let events: [Event]
        /// Lines that should have been events but are not.
        package let strayLines: [String]

        init(status: TerminationStatus, transcript: Transcript) {
            switch status {
            case .exited(let code): exitCode = Int(code)
            case .signaled(let signal): exitCode = 128 + Int(signal)
            }
            let text = transcript.text
            output = text.output
            errors = String(decoding: text.errors, as: UTF8.self)
            events = text.events
            strayLines = text.strayLines
        }

        package var text: String { String(decoding: output, as: UTF8.self) }

        package var errorLines: [String] {
            errors.split(separator: "\n").map(String.init)
        }

        package func events(_ name: String) -> [Event] { events.filter { $0.event == name } }
    }
}
