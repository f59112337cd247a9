// SPDX-License-Identifier: GPL-3.0-or-later
import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
package import Utterance

/// The running daemon, as a command sees it: its HTTP API over its unix socket.
package final class DaemonClient: Sendable {
    /// The path of its socket.
    package let socket: String
    private let client: HTTPClient

    /// Small requests are answered within this time; a daemon that is well needs a few milliseconds.
    private static let patience = TimeAmount.seconds(5)
    /// Of a reply that is not streamed, so many bytes count.
    private static let longestReply = 1 << 20

    package init(socket: String) {
        self.socket = socket
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    deinit {
        client.shutdown { _ in }
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
        _ method: HTTPMethod, _ path: String, _ body: RequestBody = .none, as: Reply.Type = Reply.self
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
    func call(_ method: HTTPMethod, _ path: String, _ body: RequestBody = .none) async throws -> [UInt8] {
        let response = try await send(
            method, path, body, accepting: "application/json", until: .now() + Self.patience)
        return try await bytes(of: response)
    }

    /// A request that is answered with a stream of events.
    ///
    /// - Throws: as ``call(_:_:_:as:)``, as soon as the head of the reply is there.
    func stream(_ method: HTTPMethod, _ path: String, _ body: RequestBody = .none) async throws -> ServiceEvents {
        let type = "text/event-stream"
        let response = try await send(method, path, body, accepting: type, until: .distantFuture)
        guard response.contentType == type else {
            throw Fault.noDaemonOfOurs(at: socket, "no events, but \(response.contentType ?? "nothing")")
        }
        return ServiceEvents(parts: response.body, daemon: self)
    }

    /// - Returns: the response, if it is a success.
    private func send(
        _ method: HTTPMethod, _ path: String, _ body: RequestBody, accepting type: String, until deadline: NIODeadline
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "http+unix://\(socket.percentEncoded)\(path)")
        request.method = method
        request.headers.add(name: "Host", value: "localhost")
        request.headers.add(name: "Connection", value: "close")
        request.headers.add(name: "Accept", value: type)
        request.headers.add(name: "User-Agent", value: "utter")
        body.add(to: &request)
        let response: HTTPClientResponse
        do {
            response = try await client.execute(request, deadline: deadline)
        } catch {
            throw try fault(of: error)
        }
        guard (200..<300).contains(response.status.code) else { throw try await complaint(of: response) }
        return response
    }

    /// What the daemon has to say against a request.
    private func complaint(of response: HTTPClientResponse) async throws -> Fault {
        struct Body: Decodable {
            struct Problem: Decodable {
                var code: String
                var message: String
            }
            var error: Problem
        }
        let bytes = try await self.bytes(of: response)
        guard let problem = try? JSONDecoder().decode(Body.self, from: Data(bytes)).error else {
            return Fault.noDaemonOfOurs(at: socket, "HTTP \(response.status.code)")
        }
        // A code that is not known here is of HTTP alone, or of a newer daemon.
        let isMine = (400..<500).contains(response.status.code)
        return Fault(Fault.Code(rawValue: problem.code) ?? (isMine ? .usage : .internalError), problem.message)
    }

    private func bytes(of response: HTTPClientResponse) async throws -> [UInt8] {
        do {
            return Array(try await response.body.collect(upTo: Self.longestReply).readableBytesView)
        } catch {
            throw try fault(of: error)
        }
    }

    /// - Throws: `CancellationError`.
    private func fault(of error: any Error) throws -> Fault {
        try Task.checkCancellation()
        return switch error {
        case let fault as Fault: fault  // of what was to be sent
        case HTTPParserError.invalidEOFState: .daemonWent
        case is HTTPParserError: .noDaemonOfOurs(at: socket, "it does not speak HTTP")
        case is NIOTooManyBytesError: .noDaemonOfOurs(at: socket, "a reply without end")
        case let error as HTTPClientError where error == .deadlineExceeded:
            Fault(
                .daemonUnreachable,
                "The daemon at \(socket) does not answer; restart it with systemctl restart utter.")
        default: .daemonWent
        }
    }
}

extension HTTPClientResponse {
    /// Without its parameters.
    fileprivate var contentType: String? {
        headers.first(name: "Content-Type")?.split(separator: ";").first.map { String($0).lowercased() }
    }
}

extension String {
    /// Fit for the host and the query of a URL: all but letters, digits and `-._~` as `%XX`.
    var percentEncoded: String {
        var result = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
