// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import FoundationEssentials
import HTTP
package import Utterance

/// The running daemon, as a command sees it: its HTTP API over its unix socket.
package final class DaemonClient: Sendable {
    /// The path of its socket.
    package let socket: String
    private let client = HTTPClient(connectLimit: replyLimit)
    private let clock: any MomentClock

    /// How long the daemon may take for a small request. It needs a few milliseconds, but on a board that loads a model it
    /// may get no processor time for seconds.
    private static let replyLimit = Duration.seconds(30)
    /// The longest reply that is not streamed, in bytes.
    private static let longestReply = 1 << 20

    package init(socket: String, clock: any MomentClock = MonotonicClock()) {
        self.socket = socket
        self.clock = clock
    }

    /// The daemon that runs here; `nil` if there is none.
    ///
    /// - Throws: `Fault(.daemonUnreachable)` if there is one that can't be reached.
    package static func find(in environment: [String: String]) throws(Fault) -> DaemonClient? {
        try DaemonSocket.find(in: environment).map { DaemonClient(socket: $0) }
    }

    /// A request that is answered with a value.
    ///
    /// - Throws: the daemon's own `Fault`; `Fault(.daemonUnreachable)`; `CancellationError`.
    // Inlined into `stop`, it crashes the optimizer of Swift 6.3.1 (a signal 11 while splitting coroutines).
    @inline(never)
    func call<Reply: Decodable>(
        _ method: HTTPRequest.Method, _ path: String, _ body: HTTPRequest.Body = .none, as: Reply.Type = Reply.self
    ) async throws -> Reply {
        try decode(Reply.self, from: try await call(method, path, body))
    }

    /// - Throws: `Fault(.daemonUnreachable)` if it is not such a value.
    func decode<Reply: Decodable>(_ type: Reply.Type, from bytes: [UInt8]) throws(Fault) -> Reply {
        do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
            throw Fault.daemonNotUnderstood(socket)
        }
    }

    /// The same, undecoded.
    func call(_ method: HTTPRequest.Method, _ path: String, _ body: HTTPRequest.Body = .none) async throws -> [UInt8] {
        let document = try await withLimit(Self.replyLimit, clock: clock) {
            try await self.bytes(of: self.send(method, path, body, accepting: "application/json"))
        }
        guard let document else {
            throw Fault(
                .daemonUnreachable,
                "The daemon at \(socket) does not answer; restart it with systemctl restart utter.")
        }
        return document
    }

    /// A request that is answered with a stream of events.
    ///
    /// - Throws: as ``call(_:_:_:as:)``, as soon as the head of the reply is there.
    func stream(_ method: HTTPRequest.Method, _ path: String, _ body: HTTPRequest.Body = .none) async throws
        -> DaemonEvents
    {
        let type = "text/event-stream"
        let reply = try await send(method, path, body, accepting: type)
        guard reply.mediaType == type else {
            throw Fault.noDaemonOfOurs(at: socket, "no events, but \(reply.mediaType ?? "nothing")")
        }
        return DaemonEvents(body: reply.body, daemon: self)
    }

    /// - Returns: the reply, if it is a success or has the other status.
    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: HTTPRequest.Body, accepting type: String,
        or status: Int? = nil
    ) async throws -> HTTPReply {
        let url = HTTPURL(.unix(path: socket), path: path)
        let reply: HTTPReply
        do {
            reply = try await client.send(HTTPRequest(method, url, headers: [("Accept", type)], body: body))
        } catch let failure as ConnectionFailure {
            throw fault(failure)
        }
        guard (200..<300).contains(reply.status) || reply.status == status else { throw try await fault(in: reply) }
        return reply
    }

    /// The daemon's reason to reject a request.
    private func fault(in reply: HTTPReply) async throws -> Fault {
        let bytes = try await self.bytes(of: reply)
        guard let problem = try? JSONDecoder().decode(ErrorReply.self, from: Data(bytes)).error else {
            return Fault.noDaemonOfOurs(at: socket, "HTTP \(reply.status)")
        }
        // An unknown code belongs to HTTP alone, or to a newer daemon.
        let isMine = (400..<500).contains(reply.status)
        return Fault(Fault.Code(rawValue: problem.code) ?? (isMine ? .usage : .internalError), problem.message)
    }

    private func bytes(of reply: HTTPReply) async throws -> [UInt8] {
        let bytes: [UInt8]
        do { bytes = try await reply.body.collect(upTo: Self.longestReply + 1) } catch let failure as ConnectionFailure
        {
            throw fault(failure)
        }
        guard bytes.count <= Self.longestReply else { throw Fault.noDaemonOfOurs(at: socket, "a reply without end") }
        return bytes
    }

    private func fault(_ failure: ConnectionFailure) -> Fault {
        failure == .foreign ? .noDaemonOfOurs(at: socket, "it does not speak HTTP") : .daemonWent
    }
}

extension HTTPReply {
    /// The content type without its parameters.
    fileprivate var mediaType: String? {
        contentType?.split(separator: ";").first.map { String($0).lowercased() }
    }
}

extension DaemonClient {
    /// A longer text is streamed, which has no limit; a shorter one is shown in the queue.
    private static let longestShown = 16 * 1024

    /// Asks the model; the events of the answer come until its last one.
    ///
    /// - Throws: the daemon's own `Fault` if it rejects the question; `Fault(.daemonUnreachable)`.
    package func ask(_ question: AskRequest) async throws -> DaemonEvents {
        try await stream(.post, "/v1/ask", try .json(question.json))
    }

    /// Has a text spoken.
    ///
    /// - Throws: as ``ask(_:)``.
    package func say(_ text: String, _ delivery: Delivery) async throws -> DaemonEvents {
        guard text.utf8.count > Self.longestShown else {
            return try await stream(.post, "/v1/say", try .json(SayRequest(text: text, delivery: delivery).json))
        }
        let (whole, continuation) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        continuation.yield(Array(text.utf8))
        continuation.finish()
        return try await say(whole, delivery)
    }

    /// Has text spoken as it comes, in UTF-8 that may be cut anywhere.
    ///
    /// - Throws: as ``ask(_:)``; what `text` throws.
    package func say(
        _ text: AsyncThrowingStream<[UInt8], any Error>, _ delivery: Delivery
    ) async throws -> DaemonEvents {
        try await stream(.post, "/v1/say" + delivery.query, .text(text))
    }

    /// Has a signal's earcon sound.
    ///
    /// - Throws: as ``ask(_:)``.
    package func signal(_ signal: AudibleSignal) async throws -> DaemonEvents {
        try await stream(.post, "/v1/signal", try .json(SignalRequest(signal).json))
    }

    /// Asks the model; the answer continues without this client.
    ///
    /// - Returns: the answer's name.
    /// - Throws: as ``ask(_:)``.
    package func leave(_ question: AskRequest) async throws -> String {
        var question = question
        question.delivery.isDetached = true
        return try await call(.post, "/v1/ask", try .json(question.json), as: AcceptedReply.self).answer
    }

    /// Has a text spoken, which continues without this client.
    ///
    /// - Returns: the answer's name, and a notice if the text is not said again.
    /// - Throws: as ``ask(_:)``.
    package func leave(_ text: String, _ delivery: Delivery) async throws -> AcceptedReply {
        var delivery = delivery
        delivery.isDetached = true
        let body = try HTTPRequest.Body.json(SayRequest(text: text, delivery: delivery).json)
        return try await call(.post, "/v1/say", body, as: AcceptedReply.self)
    }

    /// Passes on a message of the Model Context Protocol. The reply to a call comes when the call has been carried out.
    ///
    /// - Returns: `nil` for a notification.
    /// - Throws: as ``ask(_:)``; cancelling stops the answer that the call waits for.
    package func callTools(_ message: [UInt8]) async throws -> [UInt8]? {
        let type = "application/json"
        // The reply to an invalid message is a message, too.
        let reply = try await send(.post, "/mcp", .bytes(message, type: type), accepting: type, or: 400)
        let bytes = try await bytes(of: reply)
        return bytes.isEmpty ? nil : bytes
    }

    /// The daemon's events from now on.
    package func events() async throws -> DaemonEvents {
        try await stream(.get, "/v1/events")
    }
}

extension DaemonClient {
    /// Stops one answer, or without a name all that speak or wait.
    ///
    /// - Returns: the answers that were stopped.
    package func stop(_ answer: String? = nil) async throws -> [String] {
        let target: JSONValue = answer.map { ["answer": .string($0)] } ?? [:]
        return try await call(.post, "/v1/stop", try .json(target), as: StopReply.self).stopped
    }

    /// Silence until ``resume()``.
    ///
    /// - Returns: the answer that is being spoken.
    package func pause() async throws -> String? {
        try await call(.post, "/v1/pause", .emptyJSON, as: PauseReply.self).answer
    }

    /// - Returns: the answer that is being spoken.
    package func resume() async throws -> String? {
        try await call(.post, "/v1/resume", .emptyJSON, as: PauseReply.self).answer
    }

    package func status() async throws -> DaemonStatus {
        try await call(.get, "/v1/status")
    }

    /// The status in the daemon's own JSON, for programs.
    package func statusJSON() async throws -> String {
        let bytes = try await call(.get, "/v1/status")
        _ = try decode(DaemonStatus.self, from: bytes)
        let line = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        return String(decoding: line, as: UTF8.self).printable
    }

    /// Changes how the device sounds from now on.
    ///
    /// - Parameter values: as `Controls.changed(by:)` takes them.
    /// - Returns: the status afterwards.
    package func set(_ values: [String: JSONValue]) async throws -> DaemonStatus {
        try await call(.put, "/v1/status", try .json(values))
    }

    /// The models that a question may name.
    package func models() async throws -> [String] {
        try await names("/v1/models", "data", "id")
    }

    /// The languages that voices read.
    package func voices() async throws -> [String] {
        try await names("/v1/voices", "voices", "language")
    }

    package func personas() async throws -> [String] {
        try await names("/v1/personas", "personas", "name")
    }

    /// The conversations that it remembers.
    package func sessions() async throws -> [String] {
        try await names("/v1/sessions", "sessions", "name")
    }

    /// One value of each element of a list.
    private func names(_ path: String, _ list: String, _ key: String) async throws -> [String] {
        let reply = try await call(.get, path, as: JSONValue.self)
        guard case .object(let fields) = reply, case .array(let items)? = fields[list] else { return [] }
        return items.compactMap { item in
            guard case .object(let fields) = item, case .string(let name)? = fields[key] else { return nil }
            return name.printable
        }
    }

    /// Deletes a conversation.
    package func forget(session: String) async throws {
        _ = try await call(.delete, "/v1/sessions/\(session.percentEncoded)")
    }
}

extension HTTPRequest.Body {
    static func json(_ value: some Encodable) throws -> HTTPRequest.Body {
        .bytes(try JSON.encode(value), type: "application/json")
    }

    /// A JSON object without members.
    static let emptyJSON = HTTPRequest.Body.bytes(Array("{}".utf8), type: "application/json")

    /// Streamed text.
    static func text(_ stream: AsyncThrowingStream<[UInt8], any Error>) -> HTTPRequest.Body {
        .stream(stream, type: "text/plain; charset=utf-8")
    }
}
