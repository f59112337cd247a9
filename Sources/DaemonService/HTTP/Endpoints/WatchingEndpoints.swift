// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import Pipeline
import Utterance

/// Reports events, conversations, health and metrics.
struct WatchingEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        router.add("/v1/events", [.get: { request, _ in try await events(request) }])
        router.add("/v1/sessions", [.get: { _, _ in await sessions() }])
        router.add(
            "/v1/sessions/:name",
            [
                .get: { _, context in try await session(context) },
                .put: { request, context in try await rename(request, context) },
                .delete: { _, context in try await remove(context) },
            ])
        router.add("/healthz", [.get: { _, _ in .json(["status": "ok"]) }])
        router.add("/readyz", [.get: { _, _ in try ready() }])
        router.add("/metrics", [.get: { _, _ in await metrics() }])
    }

    /// All events, or with `?answer=` those of one answer; from now on, or after the event that `Last-Event-ID` names. An
    /// EventSource that reconnects after the answer's end is told to stop (204).
    private func events(_ request: Request) async throws -> Response {
        var fields = try RequestFields(query: request.uri.query)
        let answer = try fields.text("answer")
        // The query is for browsers, which can't set the header.
        let last = try fields.text("last_event_id") ?? request.headers[.lastEventID]
        try fields.end()
        let start: EventHub.Position
        if let last {
            guard let position = backend.events.position(afterID: last) else {
                throw APIError.invalid("Last-Event-ID is the id of an event, such as 1a2b3c-17.")
            }
            start = position
        } else {
            // Of a single answer, all that is kept is wanted.
            start = answer == nil ? backend.hub.position : backend.hub.oldest
        }
        if let answer, await backend.events.isOver(answer, at: start) {
            if last != nil { return Response(status: .noContent) }
            throw APIError(
                .notFound, "not_found", "There is no answer \(answer), or it ended too long ago.")
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
        var name: String
        var persona: String?
        var exchanges: [Conversation.Exchange]

        init(_ session: Sessions.Session) {
            name = session.name
            persona = session.persona
            exchanges = session.conversation.exchanges
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
        /// Minutes after its last use when one is forgotten.
        var keptMinutes: Int

        enum CodingKeys: String, CodingKey {
            case sessions
            case keptMinutes = "kept_min"
        }
    }

    private func sessions() async -> Response {
        let sessions = await backend.scheduler.listedSessions
        return .json(
            SessionList(
                sessions: sessions.map {
                    .init(name: $0.name, persona: $0.persona, turns: $0.conversation.exchanges.count)
                }, keptMinutes: Int(await backend.scheduler.answers.sessionBounds.idle.inSeconds / 60)))
    }

    private func session(_ context: ServiceContext) async throws -> Response {
        let name = try sessionName(context)
        guard let session = await backend.scheduler.session(named: name) else { throw noSession(name) }
        return .json(SessionReply(session))
    }

    private func remove(_ context: ServiceContext) async throws -> Response {
        let name = try sessionName(context)
        guard await backend.scheduler.removeSession(name) else { throw noSession(name) }
        return Response(status: .noContent)
    }

    private func rename(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let name = try sessionName(context)
        var request = request
        var fields = try await request.fields(backend)
        let wanted = try fields.neededText("name", atMost: .max)
        try fields.end()
        switch try await backend.scheduler.renameSession(name, to: wanted) {
        case .renamed: break
        case .unknown: throw noSession(name)
        case .taken:
            throw APIError(.conflict, "session_exists", "There is a session \(wanted) already; choose another name.")
        case .busy:
            throw APIError(
                .conflict, "session_busy", "An answer in this session is under way; rename it when that has ended.")
        }
        guard let session = await backend.scheduler.session(named: wanted) else { throw noSession(wanted) }
        return .json(SessionReply(session))
    }

    private func sessionName(_ context: ServiceContext) throws -> String {
        try context.parameters.require("name").percentDecoded
    }

    private func noSession(_ name: String) -> APIError {
        APIError(.notFound, "not_found", "There is no session \(name); GET /v1/sessions lists them.")
    }

    private func ready() throws -> Response {
        if let missing = backend.information.missing() {
            throw APIError(.serviceUnavailable, "not_ready", missing.message)
        }
        return .json(["status": "ready", "speaker": backend.information.speaker()?.state.rawValue ?? "unknown"])
    }

    private func metrics() async -> Response {
        let scheduler = backend.scheduler
        let page = backend.metrics.exposition(
            .init(
                version: backend.information.version, isReady: backend.information.missing() == nil,
                speaker: backend.information.speaker(), broker: backend.information.broker(),
                status: await scheduler.status, sessions: await scheduler.listedSessions.count,
                eventReaders: backend.hub.readers, queuedSound: await scheduler.queuedSound))
        return Response(
            status: .ok, headers: [.contentType: Exposition.contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }
}
