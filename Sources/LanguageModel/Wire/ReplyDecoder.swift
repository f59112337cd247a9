// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Turns the bytes of a successful reply into what they say.
///
/// Pure and synchronous; how the bytes were cut never changes the result.
protocol ReplyDecoder: Sendable {
    /// What `bytes` complete, in order. Nothing after ``ReplyElement/failed(_:)`` counts.
    mutating func decode(_ bytes: [UInt8]) -> [ReplyElement]
    /// What is left at the end of the stream. Without a sign of success before, the last element is a failure.
    mutating func end() -> [ReplyElement]
}

enum ReplyElement: Sendable, Hashable {
    case event(ModelEvent)
    /// The sign of success was seen. When not `isFinal`, figures may still follow, which nobody should wait for long.
    case success(ModelSummary, isFinal: Bool)
    case failed(Fault)
}

extension Fault {
    /// The stream ended and nothing said that the answer was complete.
    static let truncated = Fault(
        .modelTruncated,
        "The model server ended the answer without saying that it was complete; what came was kept. Ask again.")
}
