// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Utterance

typealias ServiceRouter = Router<ServiceContext>

enum Endpoint {
    /// The methods that every path answers.
    static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .delete, .patch, .options, .trace]
}

extension ServiceRouter {
    typealias Handler = @Sendable (Request, ServiceContext) async throws -> Response

    /// Adds a path with its methods; any other method is answered with an error that lists them.
    func add(_ path: RouterPath, _ handlers: [HTTPRequest.Method: Handler]) {
        var handlers = handlers
        if let get = handlers[.get] {
            handlers[.head] = { request, context in
                var response = try await get(request, context)
                response.body = .init()
                return response
            }
        }
        let allowed = handlers.keys.map(\.rawValue).sorted().joined(separator: ", ")
        for method in Endpoint.methods {
            on(path, method: method) { [handler = handlers[method]] request, context in
                if let handler { return try await handler(request, context) }
                var error = APIError(
                    .methodNotAllowed, "method_not_allowed", "\(method.rawValue) can't be used here; use \(allowed).")
                error.headers[.allow] = allowed
                throw error
            }
        }
    }
}

extension Request {
    /// The body's bytes, which must arrive in time.
    ///
    /// - Throws: ``APIError``.
    mutating func bytes(_ backend: HTTPBackend) async throws -> [UInt8] {
        let request = self
        let limits = backend.limits
        let collected = try await withLimit(limits.bodyTime, clock: backend.clock) {
            var request = request
            do {
                _ = try await request.collectBody(upTo: limits.body)
            } catch is NIOTooManyBytesError {
                throw APIError(
                    .contentTooLarge, "too_large", "The body has more than \(limits.body) bytes; send less.")
            } catch let error where !(error is CancellationError) {
                // The client has hung up, which is not worth a log line, or violates HTTP.
                throw APIError.invalid("The body broke off; send all of it.")
            }
            return request
        }
        guard var collected else {
            throw APIError(.requestTimeout, "too_slow", "The body did not arrive in time; send it at once.")
        }
        let buffer = try await collected.collectBody(upTo: limits.body)
        self = collected
        return Array(buffer.readableBytesView)
    }

    /// The fields of the body, a JSON object.
    ///
    /// - Throws: ``APIError``, `InvalidRequest`.
    mutating func fields(_ backend: HTTPBackend) async throws -> RequestFields {
        guard mediaType == "application/json" || mediaType == nil && !hasBody else { throw APIError.notJSON }
        return try RequestFields(parsing: try await bytes(backend))
    }

    /// The body's media type without parameters: `text/plain`.
    var mediaType: String? {
        headers[.contentType].map { $0.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased() }
    }

    private var hasBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } == true
    }

    /// The client wants a stream of events.
    var wantsEvents: Bool {
        headers[values: .accept].contains { $0.lowercased().contains("text/event-stream") }
    }
}
