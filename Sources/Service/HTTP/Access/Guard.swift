// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import Utterance

/// Lets only those through who may use the daemon: a web page anywhere must not be able to make the device speak, nor to
/// listen (docs/threat-model.md).
struct Guard: RouterMiddleware {
    typealias Context = ServiceContext

    let rules: AccessRules
    let rates: RateLimiter
    /// What anybody may see who reaches the address: it holds nothing.
    var openPaths: Set<String> = ["/healthz"]

    func handle(
        _ request: Request, context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        guard case .address(let peer) = context.peer else { return try await next(request, context) }
        let authority = request.head.authority ?? ""
        guard rules.allowsHost(authority) else {
            throw APIError(
                .misdirectedRequest, "host_refused",
                "This is not \(authority); use an address of this machine, or add the name to server.allowed_hosts.")
        }
        let origin = request.headers[.origin]
        try checkOrigin(origin, request, authority)
        if request.method == .options, let origin, request.headers[.accessControlRequestMethod] != nil {
            return Response(status: .noContent, headers: crossOriginHeaders(origin))
        }
        if let wait = rates.take(peer.ipAddress ?? "") {
            var error = APIError(.tooManyRequests, "too_many_requests", "Too many requests; send fewer a second.")
            error.headers[.retryAfter] = "\(Int(wait.rounded(.up)))"
            throw error
        }
        guard rules.allows(peer) || openPaths.contains(request.uri.path) || isAuthorized(request) else {
            var error = APIError(
                .unauthorized, "unauthorized", "Send the daemon's token, as Authorization: Bearer TOKEN.")
            error.headers[.wwwAuthenticate] = "Bearer"
            throw error
        }
        var response = try await next(request, context)
        if let origin { response.headers.append(contentsOf: crossOriginHeaders(origin)) }
        return response
    }

    /// Browsers say which page a request comes from. What is only looked at by going there is harmless.
    private func checkOrigin(_ origin: String?, _ request: Request, _ authority: String) throws {
        let isForeign =
            if let origin {
                !rules.allowsOrigin(origin, at: authority)
            } else {
                request.headers[.secFetchSite].map { $0 == "cross-site" || $0 == "same-site" } == true
                    && request.method != .get && request.method != .head
            }
        guard isForeign else { return }
        throw APIError(
            .forbidden, "origin_refused",
            "Pages of \(origin ?? "another site") may not use this daemon; server.allowed_origins lets them.")
    }

    private func isAuthorized(_ request: Request) -> Bool {
        guard let value = request.headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return false }
        return rules.isToken(String(value.dropFirst(7)))
    }

    private func crossOriginHeaders(_ origin: String) -> HTTPFields {
        [
            .accessControlAllowOrigin: origin, .accessControlAllowMethods: "GET, POST, PUT, DELETE",
            .accessControlAllowHeaders: "Authorization, Content-Type, Last-Event-ID", .vary: "Origin",
        ]
    }
}
