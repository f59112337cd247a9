// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import FoundationEssentials
import HTTP
package import Utterance

/// The running daemon, as a command sees it: its HTTP API over its unix socket.
package final class DaemonClient: Sendable {
    /// The path of its socket.
    package let socket: String
    private let client = HTTPClient(connectLimit: patience)
    private let clock: any MomentClock

    /// How long the daemon may take for a small request. It needs a few milliseconds, but a board that loads a model
    /// may keep it from its processor for seconds.
    private static let patience = Duration.seconds(30)
    /// The longest reply that is not streamed, in bytes.
    private static let longestReply = 1 << 20

    package init(socket: String, clock: any MomentClock = MonotonicClock()) {
        self.socket = socket
        self.clock = clock
    }

    /// The daemon that runs here; `nil` if there is none.
    ///
    /// - Throws: `Fault(.daemonUnreachable)` if there is one that can't be talked to.
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

    /// - Throws: `Fault(.daemonUnreachable)` if it is something else.
    func decode<Reply: Decodable>(_ type: Reply.Type, from bytes: [UInt8]) throws(Fault) -> Reply {
        do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
            throw Fault.daemonNotUnderstood(socket)
        }
    }

    /// The same, as it was written.
    func call(_ method: HTTPRequest.Method, _ path: String, _ body: HTTPRequest.Body = .none) async throws -> [UInt8] {
        let document = try await withLimit(Self.patience, clock: clock) {
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
        -> ServiceEvents
    {
        let type = "text/event-stream"
        let reply = try await send(method, path, body, accepting: type)
        guard reply.mediaType == type else {
            throw Fault.noDaemonOfOurs(at: socket, "no events, but \(reply.mediaType ?? "nothing")")
        }
        return ServiceEvents(body: reply.body, daemon: self)
    }

    /// - Returns: the reply, if it is a success.
    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: HTTPRequest.Body, accepting type: String
    ) async throws -> HTTPReply {
        let url = HTTPURL(.unix(path: socket), path: path)
        let reply: HTTPReply
        do {
            reply = try await client.send(HTTPRequest(method, url, headers: [("Accept", type)], body: body))
        } catch let failure as ConnectionFailure {
            throw fault(failure)
        }
        guard (200..<300).contains(reply.status) else { throw try await complaint(of: reply) }
        return reply
    }

    /// What the daemon has to say against a request.
    private func complaint(of reply: HTTPReply) async throws -> Fault {
        let bytes = try await self.bytes(of: reply)
        guard let problem = try? JSONDecoder().decode(ErrorReply.self, from: Data(bytes)).error else {
            return Fault.noDaemonOfOurs(at: socket, "HTTP \(reply.status)")
        }
        // A code that is not known here is of HTTP alone, or of a newer daemon.
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
