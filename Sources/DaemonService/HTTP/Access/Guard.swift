// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import NIOCore
import Page

/// Admits only clients that may use the daemon: no web page elsewhere may make the device speak, or listen to it
/// (docs/threat-model.md).
struct Guard: RouterMiddleware {
    typealias Context = ServiceContext

    let rules: AccessRules
    let rates: RateLimiter
    let logins: Logins
    /// Open to anybody who reaches the address: they reveal nothing.
    var openPaths = Set(PageFile.all.map(\.path) + ["/healthz", "/login"])

    func handle(
        _ request: Request, context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let peer: SocketAddress
        switch context.peer {
        case .local: return try await next(request, context)
        case .address(let address): peer = address
        case .gone: throw APIError(.badRequest, "client_gone", "The client has hung up.")
        }
        let authority = try authority(of: request)
        guard let origin = request.headers[.origin] else {
            try checkSite(request)
            return try await admitted(request, context, peer, next)
        }
        guard rules.allowsOrigin(origin, at: authority) else { throw foreign(origin) }
        // The page may read errors, too.
        var response: Response
        do {
            response =
                isPreflight(request)
                ? Response(status: .noContent) : try await admitted(request, context, peer, next)
        } catch {
            response = ErrorReplies.response(to: error, request, context)
        }
        response.headers.append(contentsOf: crossOriginHeaders(origin))
        return response
    }

    private func admitted(
        _ request: Request, _ context: ServiceContext, _ peer: SocketAddress,
        _ next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        if let wait = rates.take(peer.ipAddress ?? "") {
            throw APIError.tooMany("Too many requests; send fewer per second.", retryAfter: wait)
        }
        guard rules.allows(peer) || openPaths.contains(request.uri.path) || isAuthorized(request) else {
            var error = APIError(
                .unauthorized, "unauthorized", "Send the daemon's token, as Authorization: Bearer TOKEN.")
            error.headers[.wwwAuthenticate] = "Bearer"
            throw error
        }
        return try await next(request, context)
    }

    private func authority(of request: Request) throws -> String {
        let authority = request.head.authority ?? ""
        // The first one is not among the fields.
        guard !request.headers.contains(where: { $0.name.canonicalName == "host" }) else {
            throw APIError.invalid("There is more than one Host.")
        }
        guard rules.allowsHost(authority) else {
            throw APIError(
                .misdirectedRequest, "host_refused",
                "This is not \(authority.isEmpty ? "for any host" : authority); use an address of this machine as Host, "
                    + "or add the name to server.allowed_hosts.")
        }
        return authority
    }

    /// Browsers say where a request comes from. Following a link to the daemon is allowed; requests that another page makes
    /// by itself are not, even if the page could not read the reply.
    private func checkSite(_ request: Request) throws {
        guard let site = request.headers[.secFetchSite], site == "cross-site" || site == "same-site" else { return }
        let isVisit =
            request.method == .get && request.headers[.secFetchMode] == "navigate"
            && request.headers[.secFetchDestination] == "document"
        guard isVisit else { throw foreign("another site") }
    }

    private func foreign(_ origin: String) -> APIError {
        APIError(
            .forbidden, "origin_refused",
            "Pages of \(origin) may not use this daemon; server.allowed_origins lets them.")
    }

    private func isPreflight(_ request: Request) -> Bool {
        request.method == .options && request.headers[.accessControlRequestMethod] != nil
    }

    private func isAuthorized(_ request: Request) -> Bool {
        guard let value = request.headers[.authorization], value.lowercased().hasPrefix("bearer ") else {
            return request.loginName.map(logins.hold) ?? false
        }
        return rules.isToken(String(value.dropFirst(7)))
    }

    private func crossOriginHeaders(_ origin: String) -> HTTPFields {
        [
            .accessControlAllowOrigin: origin, .accessControlAllowMethods: "GET, POST, PUT, DELETE",
            .accessControlAllowHeaders: "Authorization, Content-Type, Last-Event-ID, X-Utter-Speak",
            .accessControlExposeHeaders: "X-Utter-Answer", .vary: "Origin",
        ]
    }
}
