// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP

package import Utterance

/// A question for the daemon's model; what is `nil` the daemon decides.
package struct DaemonQuestion: Sendable {
    package var prompt: String
    /// The conversation it belongs to.
    package var session: String?
    package var persona: String?
    /// Of the persona's template.
    package var variables: [String: String] = [:]
    /// The model server's.
    package var options: [String: JSONValue] = [:]
    package var delivery = DeliveryOptions()

    package init(prompt: String) {
        self.prompt = prompt
    }
}

extension DaemonQuestion: Encodable {
    private enum Key: String, CodingKey {
        case prompt, session, persona, variables, options
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(prompt, forKey: .prompt)
        try fields.encodeIfPresent(session, forKey: .session)
        try fields.encodeIfPresent(persona, forKey: .persona)
        if !variables.isEmpty { try fields.encode(variables, forKey: .variables) }
        if !options.isEmpty { try fields.encode(options, forKey: .options) }
        try delivery.encode(to: encoder)
    }
}

extension DaemonClient {
    private struct Speech: Encodable {
        var text: String
        var delivery: DeliveryOptions

        private enum Key: String, CodingKey {
            case text
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Key.self)
            try fields.encode(text, forKey: .text)
            try delivery.encode(to: encoder)
        }
    }

    private struct Taken: Decodable {
        var answer: String
    }

    /// A longer text is sent as one that streams, which has no bounds; a shorter one is shown in the queue.
    private static let longestShown = 16 * 1024

    /// Asks the model; the events of the answer come until its last one.
    ///
    /// - Throws: the daemon's own `Fault` if it does not take the question; `Fault(.daemonUnreachable)`.
    package func ask(_ question: DaemonQuestion) async throws -> ServiceEvents {
        try await stream(.post, "/v1/ask", try .json(question))
    }

    /// Has a text spoken.
    ///
    /// - Throws: as ``ask(_:)``.
    package func say(_ text: String, _ delivery: DeliveryOptions) async throws -> ServiceEvents {
        guard text.utf8.count > Self.longestShown else {
            return try await stream(.post, "/v1/say", try .json(Speech(text: text, delivery: delivery)))
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
        _ text: AsyncThrowingStream<[UInt8], any Error>, _ delivery: DeliveryOptions
    ) async throws -> ServiceEvents {
        try await stream(.post, "/v1/say" + delivery.query, .text(text))
    }

    /// Has a signal's earcon sound.
    ///
    /// - Throws: as ``ask(_:)``.
    package func signal(_ signal: AudibleSignal) async throws -> ServiceEvents {
        try await stream(.post, "/v1/signal", try .json(SignalRequest(signal: signal)))
    }

    private struct SignalRequest: Encodable {
        var signal: AudibleSignal
    }

    /// Asks the model, and leaves the answer to the daemon.
    ///
    /// - Returns: the answer's name.
    /// - Throws: as ``ask(_:)``.
    package func leave(_ question: DaemonQuestion) async throws -> String {
        var question = question
        question.delivery.detach = true
        return try await call(.post, "/v1/ask", try .json(question), as: Taken.self).answer
    }

    /// Has a text spoken, and leaves that to the daemon.
    ///
    /// - Returns: the answer's name.
    /// - Throws: as ``ask(_:)``.
    package func leave(_ text: String, _ delivery: DeliveryOptions) async throws -> String {
        var delivery = delivery
        delivery.detach = true
        let body = try HTTPRequest.Body.json(Speech(text: text, delivery: delivery))
        return try await call(.post, "/v1/say", body, as: Taken.self).answer
    }

    /// Everything that the daemon does from now on.
    package func events() async throws -> ServiceEvents {
        try await stream(.get, "/v1/events")
    }
}
