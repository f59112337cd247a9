// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import Utterance

/// A browser can't send the token with each request, so it shows it once and gets a cookie.
struct LoginEndpoints: Sendable {
    let backend: HTTPBackend
    let rules: AccessRules
    let logins: Logins
    /// Guessing is slow: one attempt a second.
    let attempts: RateLimiter

    init(backend: HTTPBackend, rules: AccessRules, logins: Logins) {
        self.backend = backend
        self.rules = rules
        self.logins = logins
        attempts = RateLimiter(perSecond: 1, clock: backend.clock)
    }

    func add(to router: ServiceRouter) {
        router.endpoint(
            "/login",
            [
                .post: { request, context in try await logIn(request, context) },
                .delete: { request, _ in logOut(request) },
            ])
    }

    private func logIn(_ request: Request, _ context: ServiceContext) async throws -> Response {
        if case .address(let peer) = context.peer, let wait = attempts.take(peer.ipAddress ?? "") {
            var error = APIError(.tooManyRequests, "too_many_requests", "Too many attempts; try again in a moment.")
            error.headers[.retryAfter] = "\(Int(wait.rounded(.up)))"
            throw error
        }
        var request = request
        let isForm = request.mediaType == "application/x-www-form-urlencoded"
        let token = isForm ? try await formToken(&request) : try await token(&request)
        guard rules.isToken(token) else {
            throw APIError(.unauthorized, "unauthorized", "That is not the daemon's token.")
        }
        let seconds = Int(Logins.lifetime.inSeconds)
        var response = answer(request, "\(Logins.cookie)=\(logins.begin()); Max-Age=\(seconds)")
        if isForm {
            response.status = .seeOther
            response.headers[.location] = "/"
        }
        return response
    }

    private func token(_ request: inout Request) async throws -> String {
        var members = try await request.members(backend)
        let token = try members.text("token") ?? ""
        try members.end()
        return token
    }

    /// A form as a browser sends it without a script's help; what else is in it, such as a user's name, is nobody's.
    private func formToken(_ request: inout Request) async throws -> String {
        let form = String(decoding: try await request.bytes(backend), as: UTF8.self)
        var members = try RequestFields(query: form.replacing("+", with: " "))
        return try members.text("token") ?? ""
    }

    private func logOut(_ request: Request) -> Response {
        if let name = request.loginName { logins.end(name) }
        return answer(request, "\(Logins.cookie)=; Max-Age=0")
    }

    private func answer(_ request: Request, _ cookie: String) -> Response {
        // A proxy says so that speaks TLS with the browser. Who lies about it only harms itself.
        let isSecure = request.headers[.forwardedProto]?.lowercased() == "https"
        let value = "\(cookie); Path=/; HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
        return Response(status: .noContent, headers: [.setCookie: value, .cacheControl: "no-store"])
    }
}
