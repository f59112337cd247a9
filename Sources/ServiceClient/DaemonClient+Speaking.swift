// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import HTTP
import LanguageModel
package import Utterance

extension DaemonClient {
    /// A longer text is sent as one that streams, which has no bounds; a shorter one is shown in the queue.
    private static let longestShown = 16 * 1024

    /// Asks the model; the events of the answer come until its last one.
    ///
    /// - Throws: the daemon's own `Fault` if it does not take the question; `Fault(.daemonUnreachable)`.
    package func ask(_ question: AskRequest) async throws -> ServiceEvents {
        try await stream(.post, "/v1/ask", try .json(question.json))
    }

    /// Has a text spoken.
    ///
    /// - Throws: as ``ask(_:)``.
    package func say(_ text: String, _ delivery: Delivery) async throws -> ServiceEvents {
        guard text.utf8.count > Self.longestShown else {
            return try await stream(.post, "/v1/say", try .json(SayRequest(text: text, delivery: delivery).json))
        }
        let (whole, continuation) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        continuation.yield(Array(text.utf8))
        continuation.finish()
        return try await say(whole, delivery)
    }

    /// Has text spoken while it comes, in UTF-8 that may be cut anywhere.
    ///
    /// - Throws: as ``ask(_:)``; what `text` throws.
    package func say(
        _ text: AsyncThrowingStream<[UInt8], any Error>, _ delivery: Delivery
    ) async throws -> ServiceEvents {
        try await stream(.post, "/v1/say" + delivery.query, .text(text))
    }

    /// Has a signal's earcon sound.
    ///
    /// - Throws: as ``ask(_:)``.
    package func signal(_ signal: AudibleSignal) async throws -> ServiceEvents {
        try await stream(.post, "/v1/signal", try .json(SignalRequest(signal).json))
    }

    /// Asks the model, and leaves the answer to the daemon.
    ///
    /// - Returns: the answer's name.
    /// - Throws: as ``ask(_:)``.
    package func leave(_ question: AskRequest) async throws -> String {
        var question = question
        question.delivery.isDetached = true
        return try await call(.post, "/v1/ask", try .json(question.json), as: AcceptedReply.self).answer
    }

    /// Has a text spoken, and leaves that to the daemon.
    ///
    /// - Returns: the answer's name.
    /// - Throws: as ``ask(_:)``.
    package func leave(_ text: String, _ delivery: Delivery) async throws -> String {
        var delivery = delivery
        delivery.isDetached = true
        let body = try HTTPRequest.Body.json(SayRequest(text: text, delivery: delivery).json)
        return try await call(.post, "/v1/say", body, as: AcceptedReply.self).answer
    }

    /// Everything that the daemon does from now on.
    package func events() async throws -> ServiceEvents {
        try await stream(.get, "/v1/events")
    }
}
