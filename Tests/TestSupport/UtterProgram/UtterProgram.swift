// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Subprocess
import SystemPackage

/// The built `utter`, run as a user runs it, with its own home folder.
///
/// Nothing of this machine reaches it: no configuration, no model server; and its default sound device writes what is
/// played to a file, as fast as it comes. The home folder is removed along with this value.
package final class UtterProgram: Sendable {
    /// Its home and working directory.
    package let folder: String

    /// The built program's path.
    package static let binary = folder(ofBinary: "/proc/self/exe") + "/utter"

    /// Whether it exists next to the tests; on the build machines it must.
    package static var isBuilt: Bool { SoundWorld.mustRun || FileManager.default.isExecutableFile(atPath: binary) }

    package init(config: String? = nil) throws {
        folder = "/tmp/utter-home-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        writeFile(
            "\(folder)/asound.conf",
            """
            </usr/share/alsa/alsa.conf>
            pcm.!default {
                type file
                slave.pcm { type null }
                file "\(folder)/played.raw"
                format "raw"
            }

            """)
        if let config { writeFile("\(folder)/config.yaml", config) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    package func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// What the default device has played.
    package var played: [Int16] { SoundSamples.decode(readFile(path("played.raw")) ?? []) }

    /// The files in the working directory whose names end in `suffix`.
    package func files(endingIn suffix: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(suffix) }
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - input: its standard input, which is then closed; `nil`: what `body` writes.
    ///   - environment: in addition to the usual variables.
    ///   - shell: a command for `sh` in which `"$@"` is the program and its arguments.
    ///   - body: runs meanwhile; after that, the program gets no signal and no more input.
    package func run(
        _ arguments: [String], input: [UInt8]? = [], environment: [String: String] = [:], shell: String? = nil,
        while body: (Running) async throws -> Void = { _ in }
    ) async throws -> Result {
        var command = [Self.binary] + arguments
        if let shell { command = ["/bin/sh", "-c", shell, "sh"] + command }
        let variables = usualEnvironment.merging(environment) { $1 }.compactMap { name, value in
            Environment.Key(rawValue: name).map { ($0, value) }
        }
        let transcript = Transcript()
        let result = try await Subprocess.run(
            .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
            environment: .custom(Dictionary(uniqueKeysWithValues: variables)), workingDirectory: FilePath(folder),
            input: .inputWriter, output: .sequence, error: .sequence
        ) { execution in
            let running = Running(
                process: execution.processIdentifier.value, writer: execution.standardInputWriter,
                transcript: transcript)
            let (output, errors) = (execution.standardOutput, execution.standardError)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    async let rest: Void = transcript.addAll(errors: errors)
                    try await transcript.addAll(output: output)
                    try await rest
                    transcript.end()
                }
                if let input {
                    // A program that doesn't want the input hangs up, which is not a failure of the test.
                    try? await running.write(input)
                    try? await running.closeInput()
                }
                do { try await body(running) } catch {
                    running.send(.kill)
                    throw error
                }
                try? await running.closeInput()
                try await group.waitForAll()
            }
        }
        return Result(status: result.terminationStatus, transcript: transcript)
    }

    private var usualEnvironment: [String: String] {
        [
            "HOME": folder, "XDG_CONFIG_HOME": "\(folder)/.config", "XDG_RUNTIME_DIR": folder, "TMPDIR": folder,
            // Empty: no daemon, not even one that is really running here.
            "UTTER_SOCKET": "", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "ALSA_CONFIG_PATH": "\(folder)/asound.conf",
            // A busy machine must not look like a server that doesn't respond.
            "UTTER_MODEL_CONNECT_TIMEOUT_S": "100",
        ]
    }

    private static func folder(ofBinary path: String) -> String {
        let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? ""
        return String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)])
    }
}

extension UtterProgram.Transcript {
    fileprivate func addAll(output: SubprocessOutputSequence) async throws {
        for try await part in output { add(output: part.array) }
    }

    fileprivate func addAll(errors: SubprocessOutputSequence) async throws {
        for try await part in errors { add(errors: part.array) }
    }
}

extension SubprocessOutputSequence.Buffer {
    fileprivate var array: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}
