// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import HTTP
package import Utterance

extension DaemonClient {
    /// Stops an answer, or without a name everything that is spoken or waits.
    ///
    /// - Returns: the answers that were stopped.
    package func stop(_ answer: String? = nil) async throws -> [String] {
        let target: JSONValue = answer.map { ["answer": .string($0)] } ?? [:]
        return try await call(.post, "/v1/stop", try .json(target), as: StopReply.self).stopped
    }

    /// Silence until ``resume()``.
    ///
    /// - Returns: the answer that is being spoken.
    package func pause() async throws -> String? {
        try await call(.post, "/v1/pause", .emptyJSON, as: PauseReply.self).answer
    }

    /// - Returns: the answer that is being spoken.
    package func resume() async throws -> String? {
        try await call(.post, "/v1/resume", .emptyJSON, as: PauseReply.self).answer
    }

    package func status() async throws -> DaemonStatus {
        try await call(.get, "/v1/status")
    }

    /// The status as the daemon wrote it, for programs.
    package func statusJSON() async throws -> String {
        let bytes = try await call(.get, "/v1/status")
        _ = try decode(DaemonStatus.self, from: bytes)
        let line = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        return String(decoding: line, as: UTF8.self).printable
    }

    /// Changes how the device sounds from now on.
    ///
    /// - Parameter values: as `Controls.changed(by:)` takes them.
    /// - Returns: what is in force then.
    package func set(_ values: [String: JSONValue]) async throws -> DaemonStatus {
        try await call(.put, "/v1/status", try .json(values))
    }

    /// Forgets a conversation.
    package func forget(session: String) async throws {
        _ = try await call(.delete, "/v1/sessions/\(session.percentEncoded)")
    }
}
