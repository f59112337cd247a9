// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import Logging
import Utterance

/// Answers every error with JSON.
struct ErrorReplies: RouterMiddleware {
    typealias Context = ServiceContext

    func handle(
        _ request: Request, context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        do {
            try checkCoding(request)
            return try await next(request, context)
        } catch {
            return Self.response(to: error, request, context)
        }
    }

    /// A body with another coding than chunked would be read to the end of the connection.
    private func checkCoding(_ request: Request) throws {
        guard let coding = request.headers[.transferEncoding], coding.lowercased() != "chunked" else { return }
        throw APIError(
            .notImplemented, "coding_unknown", "Transfer-Encoding \(coding) is not known here; use chunked.")
    }

    static func response(to error: any Error, _ request: Request, _ context: ServiceContext) -> Response {
        if let error = APIError(for: error) { return error.response }
        switch error {
        case let error as HTTPError where error.status == .notFound:
            return notFound(request).response
        case let error as HTTPError:
            return APIError(error.status, "invalid_request", error.body ?? error.status.reasonPhrase).response
        case is CancellationError:
            return APIError(Fault(.daemonStopping, "The daemon is stopping; ask again in a moment.")).response
        default:
            context.logger.error("A request failed unexpectedly.", metadata: ["error": "\(error)"])
            return APIError(.internalServerError, "internal_error", "Unexpected error, please report it: \(error).")
                .response
        }
    }

    /// There is nothing at this path, or the method is unknown everywhere.
    private static func notFound(_ request: Request) -> APIError {
        guard Endpoint.methods.contains(request.method) else {
            var error = APIError(
                .methodNotAllowed, "method_unknown", "The method \(request.method.rawValue) is not supported here.")
            error.headers[.allow] = "DELETE, GET, HEAD, POST, PUT"
            return error
        }
        return APIError(
            .notFound, "not_found", "There is nothing at \(request.uri.path); GET /openapi.yaml lists what there is.")
    }
}
