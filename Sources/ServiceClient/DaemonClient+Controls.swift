// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

extension DaemonClient {
    private struct Target: Encodable {
        var answer: String?
    }

    /// Stops an answer, or without a name everything that is spoken or waits.
    ///
    /// - Returns: the answers that were stopped.
    package func stop(_ answer: String? = nil) async throws -> [String] {
        let body = try HTTPRequest.Body.json(Target(answer: answer))
        let reply = try await call(.post, "/v1/stop", body, as: Stopped.self)
        return reply.stopped
    }

    private struct Stopped: Decodable {
        var stopped: [String]
    }

    private struct Floor: Decodable {
        var answer: String?
    }

    /// Silence until ``resume()``.
    ///
    /// - Returns: the answer that has the floor.
    package func pause() async throws -> String? {
        try await call(.post, "/v1/pause", .emptyJSON, as: Floor.self).answer
    }

    /// - Returns: the answer that has the floor.
    package func resume() async throws -> String? {
        try await call(.post, "/v1/resume", .emptyJSON, as: Floor.self).answer
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
    /// - Returns: what is in force then.
    package func set(_ change: ControlsChange) async throws -> DaemonStatus {
        try await call(.put, "/v1/status", try .json(change))
    }

    /// Forgets a conversation.
    package func forget(session: String) async throws {
        _ = try await call(.delete, "/v1/sessions/\(session.percentEncoded)")
    }
}

/// What is to change of how the device sounds.
package struct ControlsChange: Sendable, Hashable, Encodable {
    /// A new value, or the one of the daemon's settings again.
    package enum Change<Value: Sendable & Hashable & Encodable>: Sendable, Hashable {
        case to(Value)
        case toDefault
    }

    /// Percent.
    package var volume: Change<Int>?
    /// Words per minute.
    package var rate: Change<Int>?
    /// A voice's name, or `auto`.
    package var voice: Change<String>?
    package var isMuted: Bool?

    package init() {}

    private enum Key: String, CodingKey {
        case volume, rate, voice, muted
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(volume, .volume)
        try fields.encode(rate, .rate)
        try fields.encode(voice, .voice)
        try fields.encodeIfPresent(isMuted, forKey: .muted)
    }
}

extension KeyedEncodingContainer {
    fileprivate mutating func encode<Value>(_ change: ControlsChange.Change<Value>?, _ key: Key) throws {
        switch change {
        case nil: break
        case .to(let value): try encode(value, forKey: key)
        case .toDefault: try encodeNil(forKey: key)
        }
    }
}
