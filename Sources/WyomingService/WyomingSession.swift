// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore
import Utterance
import WyomingFrames

/// A client's connection, whose events are taken one after the other.
struct WyomingSession: Sendable {
    let backend: WyomingBackend
    let roles: Set<WyomingService.Role>

    /// Serves the connection to its end.
    func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
        // What ends a connection concerns only its client.
        try? await connection.executeThenClose { inbound, outbound in
            let replies = WyomingReplies(outbound: outbound)
            await withDiscardingTaskGroup { group in
                let satellite = Satellite(backend: backend, replies: replies)
                do {
                    try await take(inbound, replies, satellite, &group)
                } catch let malformed as WyomingDecoder.Malformed {
                    try? await replies.send(Fault(.usage, "This is not Wyoming: \(malformed.reason)."))
                } catch {}
                await satellite.end()
                // A complete sound is still heard; an answer that nobody waits for is dropped.
                if !roles.contains(.satellite) { group.cancelAll() }
            }
        }
    }

    private func take(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ replies: WyomingReplies, _ satellite: Satellite,
        _ group: inout DiscardingTaskGroup
    ) async throws {
        var decoder = WyomingDecoder()
        var speech = SpeechRequests(backend: backend, replies: replies)
        for try await bytes in inbound {
            decoder.append(Array(bytes.readableBytesView))
            while let event = try decoder.next() {
                switch event.type {
                case "describe": try await replies.send(ServiceInformation(backend, roles).event)
                case "ping":
                    satellite.notePing()
                    try await replies.send("pong", ["text": event.data["text"] ?? .null])
                case "transcript" where roles.contains(.conversation):
                    let question = WrittenQuestion(event, backend)
                    group.addTask { await question.answer(replies) }
                case _ where roles.contains(.satellite): await satellite.take(event, &group)
                case _ where roles.contains(.speech): try await speech.take(event)
                // Unknown events are ignored, as other servers do.
                default: break
                }
            }
        }
    }
}
