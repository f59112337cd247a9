// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct LoginEndpointsTests {
    private static let token = "a+b c&d=é%"
    private static let json = (type: "application/json", body: #"{"token":"a+b c&d=é%"}"#)
    private static let form = (
        type: "application/x-www-form-urlencoded", body: "username=utter&token=a%2Bb+c%26d%3D%C3%A9%25"
    )

    private static func with(_ body: @escaping @Sendable (ServedStage) async throws -> Void) async throws {
        try await ServedStage.with(rules: AccessRules(token: token), body)
    }

    @Test(arguments: [(json, 204), (form, 303)])
    func `Who shows the token, in JSON or in a form, gets a cookie that lets in until it is ended`(
        login: (type: String, body: String), status: Int
    ) async throws {
        try await Self.with { served in
            #expect(try await served.send("GET", "/v1/status").status == 401)
            let reply = try await served.send("POST", "/login", login.body, type: login.type)
            #expect(reply.status == status)
            #expect(reply.headers["location"] == (status == 303 ? "/" : nil))
            let parts = try #require(reply.headers["set-cookie"]).split(separator: "; ").map(String.init)
            #expect(Array(parts.dropFirst()) == ["Max-Age=2592000", "Path=/", "HttpOnly", "SameSite=Strict"])
            let cookie = "Cookie: theme=dark; \(parts[0])"
            #expect(try await served.send("GET", "/v1/status", headers: [cookie]).status == 200)
            let ended = try await served.send("DELETE", "/login", headers: [cookie])
            #expect(ended.status == 204 && ended.headers["set-cookie"]?.contains("Max-Age=0") == true)
            #expect(try await served.send("GET", "/v1/status", headers: [cookie]).status == 401)
        }
    }

    @Test func `Behind a proxy that speaks TLS the cookie goes nowhere else`() async throws {
        try await Self.with { served in
            let proxy = ["X-Forwarded-Proto: https"]
            let reply = try await served.send("POST", "/login", Self.json.body, headers: proxy)
            #expect(reply.headers["set-cookie"]?.hasSuffix("; HttpOnly; SameSite=Strict; Secure") == true)
        }
    }

    @Test(arguments: [
        ("token=wrong", form.type, 401), ("", form.type, 401), ("token=a&token=b", form.type, 400),
        ("{}", json.type, 401), (#"{"token":"wrong"}"#, json.type, 401), (#"{"token":1}"#, json.type, 400),
        ("a+b c&d=é%", "text/plain", 415),
    ])
    func `Who shows anything else gets none`(body: String, type: String, status: Int) async throws {
        try await Self.with { served in
            let reply = try await served.send("POST", "/login", body, type: type)
            #expect(reply.status == status)
            #expect(reply.headers["set-cookie"] == nil)
        }
    }

    @Test(arguments: [["Origin: https://evil.example"], ["Origin: null"], ["Sec-Fetch-Site: cross-site"]])
    func `A form on another site logs nobody in, nor out`(headers: [String]) async throws {
        try await Self.with { served in
            for (method, body) in [("POST", Self.form.body), ("DELETE", "")] {
                let reply = try await served.send(method, "/login", body, type: Self.form.type, headers: headers)
                #expect(reply.status == 403)
                #expect(reply.headers["set-cookie"] == nil)
            }
        }
    }

    @Test func `Guessing is slow`() async throws {
        try await Self.with { served in
            for _ in 0..<10 {
                #expect(try await served.send("POST", "/login", "token=x", type: Self.form.type).status == 401)
            }
            let reply = try await served.send("POST", "/login", Self.form.body, type: Self.form.type)
            #expect(reply.status == 429 && reply.headers["retry-after"] == "1")
            served.clock.advance(by: .seconds(1))
            #expect(try await served.send("POST", "/login", Self.form.body, type: Self.form.type).status == 303)
        }
    }
}
