// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore
import Utterance
import WyomingFrames

/// Sends events to a client; several tasks may do so at once.
struct WyomingReplies: Sendable {
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Sends an event, and waits while the client doesn't read.
    ///
    /// - Throws: if the connection is closed; `CancellationError`.
    func send(_ event: WyomingEvent) async throws {
        try await outbound.write(ByteBuffer(bytes: try event.bytes))
    }

    /// - Throws: the same as ``send(_:)``.
    func send(_ type: String, _ data: [String: JSONValue] = [:]) async throws {
        try await send(WyomingEvent(type, data))
    }

    /// Reports what is wrong with a request.
    ///
    /// - Throws: the same as ``send(_:)``.
    func send(_ fault: Fault) async throws {
        try await send("error", ["text": .string(fault.message), "code": .string(fault.code.rawValue)])
    }

    /// Sends sound as `audio-chunk` events.
    ///
    /// - Parameter data: its format.
    /// - Throws: the same as ``send(_:)``.
    func send(sound: ByteBuffer, _ data: [String: JSONValue]) async throws {
        var rest = sound
        while rest.readableBytes > 0 {
            // A few events at a time, for backpressure.
            var events = ByteBuffer()
            for _ in 0..<16 {
                guard let payload = rest.readBytes(length: min(Self.chunk, rest.readableBytes)), !payload.isEmpty
                else { break }
                events.writeBytes(try WyomingEvent("audio-chunk", data, payload: payload).bytes)
            }
            try await outbound.write(events)
        }
    }

    /// The size of a chunk in bytes, the same as in wyoming-piper and Home Assistant.
    private static let chunk = 2_048
}
