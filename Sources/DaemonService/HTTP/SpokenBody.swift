// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Hummingbird
import LanguageModel
import NIOCore
import Utterance

/// A request's body on its way to the voice, while it is still being sent. It is read no faster than it can be spoken.
struct SpokenBody: Sendable {
    private let texts = BoundedChannel<String>(capacity: 16 * 1024) { $0.utf8.count }

    /// The answer's side: delivers the text as it comes.
    func bring(to deliver: @escaping @Sendable (ModelEvent) async throws -> Void) async throws -> ModelSummary? {
        defer { texts.leave() }
        while let text = try await texts.receive() { try await deliver(.text(text)) }
        return nil
    }

    /// The network's side: reads the body to its end, or until the answer stops.
    func read(_ body: RequestBody) async throws {
        var decoder = StreamingUTF8()
        do {
            for try await buffer in body {
                let text = decoder.decode(Array(buffer.readableBytesView))
                if !text.isEmpty { try await texts.send(text) }
            }
            let rest = decoder.finish()
            if !rest.isEmpty { try await texts.send(rest) }
            if decoder.sawInvalid { texts.finish(throwing: StreamingUTF8.fault) } else { texts.finish() }
        } catch is BoundedChannel<String>.ReceiverLeft {
            // The answer was stopped.
        }
    }
}
