// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import Logging
import Utterance

/// Gives every error its JSON.
struct ErrorReplies: RouterMiddleware {
    typealias Context = ServiceContext

    func handle(
        _ request: Request, context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as APIError {
            return error.response
        } catch let fault as Fault {
            return APIError(fault).response
        } catch let error as HTTPError where error.status == .notFound {
            let path = request.uri.path.printable
            return APIError(
                .notFound, "not_found", "There is nothing at \(path); GET /openapi.yaml lists what there is."
            )
            .response
        } catch let error as HTTPError {
            return APIError(error.status, "invalid_request", error.body ?? error.status.reasonPhrase).response
        } catch is CancellationError {
            return APIError(
                .serviceUnavailable, "daemon_stopping", "The daemon is about to end; ask again in a moment."
            )
            .response
        } catch {
            context.logger.error("A request failed unexpectedly.", metadata: ["error": "\(error)"])
            return APIError(.internalServerError, "internal_error", "Unexpected error, please report it: \(error).")
                .response
        }
    }
}
