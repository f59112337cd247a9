// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import Pipeline
import Utterance

/// What only looks: events, conversations, health, numbers.
struct WatchingEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        router.endpoint("/v1/events", [.get: { request, _ in try await events(request) }])
        router.endpoint("/v1/sessions", [.get: { _, _ in await sessions() }])
        router.endpoint(
            "/v1/sessions/:name",
            [
                .get: { _, context in try await session(context) },
                .delete: { _, context in try await remove(context) },
            ])
        router.endpoint("/healthz", [.get: { _, _ in .json(Health(status: "ok")) }])
        router.endpoint("/readyz", [.get: { _, _ in try ready() }])
        router.endpoint("/metrics", [.get: { _, _ in await metrics() }])
    }

    /// Everything, or with `?answer=` what happens to one answer; from now on, or after the event that
    /// `Last-Event-ID` names. An EventSource that comes back after the answer's end is told to stay away.
    private func events(_ request: Request) async throws -> Response {
        var members = try RequestFields(query: request.uri.query)
        let answer = try members.text("answer")
        // Where a browser can't set the header.
        let last = try members.text("last_event_id") ?? request.headers[.lastEventID]
        try members.end()
        let start: EventHub.Position
        if let last {
            guard let position = backend.events.position(afterID: last) else {
                throw APIError.invalid("Last-Event-ID is the id of an event, such as 1a2b3c-17.")
            }
            start = position
        } else {
            // Who asks for an answer wants all of it that is kept.
            start = answer == nil ? backend.hub.position : backend.hub.oldest
        }
        if let answer, await backend.events.isOver(answer, at: start) {
            if last != nil { return Response(status: .noContent) }
            throw APIError(
                .notFound, "not_found", "There is no answer \(answer), or it ended too long ago to tell of it.")
        }
        return Response(
            status: .ok, headers: EventStreamWriter.headers,
            body: ResponseBody { writer in
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await backend.events.write(after: start, answer: answer, to: &writer)
                }
                try await writer.finish(nil)
            })
    }

    private struct SessionReply: Encodable {
        struct Exchange: Encodable {
            var question: String
            var answer: String
            var interrupted: Bool
        }

        var name: String
        var persona: String?
        var exchanges: [Exchange]

        init(_ session: Sessions.Session) {
            name = session.name
            persona = session.persona
            exchanges = session.conversation.exchanges.map {
                Exchange(question: $0.question, answer: $0.answer, interrupted: $0.isInterrupted)
            }
        }
    }

    private struct SessionList: Encodable {
        struct Entry: Encodable {
            var name: String
            var persona: String?
            /// Questions with their answers.
            var turns: Int
        }

        var sessions: [Entry]
    }

    private func sessions() async -> Response {
        let sessions = await backend.speaker.listedSessions
        return .json(
            SessionList(
                sessions: sessions.map {
                    .init(name: $0.name, persona: $0.persona, turns: $0.conversation.exchanges.count)
                }))
    }

    private func session(_ context: ServiceContext) async throws -> Response {
        let name = try sessionName(context)
        guard let session = await backend.speaker.session(named: name) else { throw noSession(name) }
        return .json(SessionReply(session))
    }

    private func remove(_ context: ServiceContext) async throws -> Response {
        let name = try sessionName(context)
        guard await backend.speaker.removeSession(name) else { throw noSession(name) }
        return Response(status: .noContent)
    }

    private func sessionName(_ context: ServiceContext) throws -> String {
        try context.parameters.require("name").percentDecoded
    }

    private func noSession(_ name: String) -> APIError {
        APIError(.notFound, "not_found", "There is no session \(name); GET /v1/sessions lists those there are.")
    }

    private struct Health: Encodable {
        var status: String
    }

    private func ready() throws -> Response {
        if let missing = backend.information.missing() {
            throw APIError(.serviceUnavailable, "not_ready", missing)
        }
        return .json(Health(status: "ready"))
    }

    private func metrics() async -> Response {
        let status = await backend.speaker.status
        let page = backend.metrics.exposition(
            .init(
                version: backend.information.version, isReady: backend.information.missing() == nil,
                isSpeaking: status.speaking != nil, waiting: status.waiting.count,
                sessions: await backend.speaker.listedSessions.count, eventReaders: backend.hub.readers))
        return Response(
            status: .ok, headers: [.contentType: Exposition.contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }
}
