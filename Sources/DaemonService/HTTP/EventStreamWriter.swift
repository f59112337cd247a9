// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Utterance

/// Sends events as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
struct EventStreamWriter: Sendable {
    let hub: EventHub
    let scheduler: SpeechScheduler

    static let headers: HTTPFields = [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
        // Has nginx forward every event at once.
        .accelBuffering: "no",
        // Reading the connection for the client's hang-up takes what follows.
        .connection: "close",
    ]

    /// Sends the events after `position`, until the last one of `answer`, or else forever.
    ///
    /// A reader that is too slow is told how many events it has missed. When nothing happens for long, a comment is sent,
    /// so that a dead connection is noticed.
    ///
    /// - Parameter answer: only its events.
    func write(
        after position: EventHub.Position, answer: String?, to writer: inout any ResponseBodyWriter
    ) async throws {
        try await hub.reading {
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
            try await writeAll(after: position, answer: answer, to: &writer)
        }
    }

    private func writeAll(
        after position: EventHub.Position, answer: String?, to writer: inout any ResponseBodyWriter
    ) async throws {
        var position = position
        while true {
            guard let batch = try await hub.next(after: position) else {
                try await writer.write(ByteBuffer(string: ": \n\n"))
                continue
            }
            var buffer = ByteBuffer()
            if batch.missed > 0 {
                let missed = DeviceEvent.missed(.init(count: batch.missed))
                buffer.writeBytes(ServerSentEvent.bytes(name: missed.name, data: missed.json))
            }
            var isOver = false
            for entry in batch.entries {
                position = entry.position
                guard answer == nil || entry.answer == answer else { continue }
                let id = "\(hub.run)-\(entry.position.number)"
                buffer.writeBytes(ServerSentEvent.bytes(id: id, name: entry.name, data: entry.json))
                isOver = answer != nil && entry.isLast
                if isOver { break }
            }
            if batch.missed > 0, let answer, await self.isOver(answer, at: position) { isOver = true }
            if buffer.readableBytes > 0 { try await writer.write(buffer) }
            if isOver { return }
        }
    }

    /// Whether no event of an answer comes after a place.
    func isOver(_ answer: String, at position: EventHub.Position) async -> Bool {
        // In this order: by the time an answer is no longer live, all its events were published.
        let isLive = await scheduler.isLive(answer)
        return !isLive && !hub.holds(answer, after: position)
    }

    /// The place after the event of an `id`; for another run, the place before the oldest event that is kept.
    func position(afterID id: String) -> EventHub.Position? {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int(parts[1]), number >= 0 else { return nil }
        guard parts[0] == hub.run else { return hub.oldest }
        return min(EventHub.Position(number: number), hub.position)
    }
}
