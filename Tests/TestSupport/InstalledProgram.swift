// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Subprocess

/// A program of the system that tests use for checks, such as `promtool`.
package struct InstalledProgram: Sendable {
    package let name: String

    package init(_ name: String) {
        self.name = name
    }

    /// Whether it is installed; on the build machines it must be.
    package var isInstalled: Bool {
        SoundWorld.mustRun
            || ["/usr/bin", "/usr/sbin", "/usr/local/bin"].contains { unsafe access("\($0)/\(name)", X_OK) == 0 }
    }

    /// Runs it to its end.
    ///
    /// - Returns: whether its exit code was 0, and everything that it printed.
    package func run(_ arguments: [String], input: String = "") async throws -> (succeeded: Bool, printed: String) {
        let result = try await Subprocess.run(
            .name(name), arguments: Arguments(arguments), input: .string(input), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        return (
            result.terminationStatus.isSuccess, result.standardOutput + result.standardError
        )
    }
}
