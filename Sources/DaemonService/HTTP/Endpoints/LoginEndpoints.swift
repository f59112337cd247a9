// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import Synchronization
import Utterance

/// A browser can't send the token with each request, so it sends it once and gets a cookie.
struct LoginEndpoints: Sendable {
    let backend: HTTPBackend
    let rules: AccessRules
    let logins: Logins
    /// Slows guessing down: one attempt per second.
    let attempts: RateLimiter

    init(backend: HTTPBackend, rules: AccessRules, logins: Logins) {
        self.backend = backend
        self.rules = rules
        self.logins = logins
        attempts = RateLimiter(perSecond: 1, clock: backend.clock)
    }

    func add(to router: ServiceRouter) {
        router.add(
            "/login",
            [
                .post: { request, context in try await logIn(request, context) },
                .delete: { request, _ in logOut(request) },
            ])
    }

    private func logIn(_ request: Request, _ context: ServiceContext) async throws -> Response {
        if case .address(let peer) = context.peer, let wait = attempts.take(peer.ipAddress ?? "") {
            throw APIError.tooMany("Too many attempts; try again in a moment.", retryAfter: wait)
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
        var fields = try await request.fields(backend)
        let token = try fields.text("token") ?? ""
        try fields.end()
        return token
    }

    /// A form as a browser sends it without JavaScript; other fields, such as a user name, are ignored.
    private func formToken(_ request: inout Request) async throws -> String {
        let form = String(decoding: try await request.bytes(backend), as: UTF8.self)
        var fields = try RequestFields(query: form.replacing("+", with: " "))
        return try fields.text("token") ?? ""
    }

    private func logOut(_ request: Request) -> Response {
        if let name = request.loginName { logins.end(name) }
        return answer(request, "\(Logins.cookie)=; Max-Age=0")
    }

    private func answer(_ request: Request, _ cookie: String) -> Response {
        // Set by a proxy that terminates TLS. Spoofing it only harms the sender.
        let isSecure = request.headers[.forwardedProto]?.lowercased() == "https"
        let value = "\(cookie); Path=/; HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
        return Response(status: .noContent, headers: [.setCookie: value, .cacheControl: "no-store"])
    }
}

/// The browsers that have sent the token. Each has a random name in a cookie, which reveals nothing of the token and
/// expires when the daemon ends.
final class Logins: Sendable {
    static let cookie = "utter_login"
    /// After this time, a browser has to send the token again.
    static let lifetime = Duration.seconds(30 * 24 * 3600)

    /// If there are more, the oldest is forgotten.
    private static let limit = 64

    private let clock: any MomentClock
    private let begun = Mutex<[String: Moment]>([:])

    init(clock: any MomentClock) {
        self.clock = clock
    }

    /// - Returns: the new login's name, with 256 random bits.
    func begin() -> String {
        // The system's generator is cryptographically secure.
        let name = (0..<4).map { _ in String(UInt64.random(in: 0 ... .max), radix: 36) }.joined(separator: ".")
        let now = clock.now
        begun.withLock { begun in
            begun = begun.filter { !isOver($0.value, now) }
            if begun.count >= Self.limit, let oldest = begun.min(by: { $0.value < $1.value }) {
                begun[oldest.key] = nil
            }
            begun[name] = now
        }
        return name
    }

    func end(_ name: String) {
        begun.withLock { $0[name] = nil }
    }

    /// Whether there is a login of this name.
    func hold(_ name: String) -> Bool {
        let now = clock.now
        return begun.withLock { $0[name].map { !isOver($0, now) } ?? false }
    }

    private func isOver(_ begun: Moment, _ now: Moment) -> Bool {
        begun.duration(to: now) >= Self.lifetime
    }
}

extension Request {
    /// The name of the login in the browser's cookie.
    var loginName: String? {
        let cookies = headers[values: .cookie].flatMap { $0.split(separator: ";") }
        return cookies.lazy.map { $0.drop { $0 == " " } }.first { $0.hasPrefix("\(Logins.cookie)=") }
            .map { String($0.dropFirst(Logins.cookie.utf8.count + 1)) }
    }
}
