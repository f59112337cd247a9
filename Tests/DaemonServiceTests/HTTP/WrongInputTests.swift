// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import LanguageModel
import Testing
import Utterance

@Suite("Wrong input over HTTP", .timeLimit(.minutes(10)))
struct WrongInputTests {
    /// All paths, and what can be done there.
    private static let endpoints: [(path: String, methods: [String])] = [
        ("/v1/ask", ["POST"]), ("/v1/say", ["POST"]), ("/v1/signal", ["POST"]), ("/v1/stop", ["POST"]),
        ("/v1/pause", ["POST"]), ("/v1/resume", ["POST"]), ("/v1/status", ["GET", "HEAD", "PUT"]),
        ("/v1/events", ["GET", "HEAD"]),
        ("/v1/sessions", ["GET", "HEAD"]), ("/v1/sessions/a", ["DELETE", "GET", "HEAD", "PUT"]),
        ("/healthz", ["GET", "HEAD"]), ("/readyz", ["GET", "HEAD"]), ("/metrics", ["GET", "HEAD"]),
    ]
    private static let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]
    /// Those that take a JSON object.
    private static let taking = [
        ("POST", "/v1/ask"), ("POST", "/v1/say"), ("POST", "/v1/signal"), ("POST", "/v1/stop"), ("POST", "/v1/pause"),
        ("POST", "/v1/resume"),
        ("PUT", "/v1/status"), ("PUT", "/v1/sessions/a"),
    ]

    @Test("A method that an endpoint does not know is refused, with those that it does", arguments: endpoints)
    func method(path: String, allowed: [String]) async throws {
        try await ServedStage.with { served in
            for method in Self.methods where !allowed.contains(method) {
                let reply = try await served.send(method, path, over: served.unix)
                #expect(reply.status == 405, "\(method)")
                #expect(reply.headers["allow"] == allowed.joined(separator: ", "), "\(method)")
                if method != "HEAD" { #expect(reply.errorCode == "method_not_allowed", "\(method)") }
            }
            let reply = try await served.send("PROPFIND", path, over: served.unix)
            #expect(reply.status == 405)
            #expect(reply.headers["allow"] == "DELETE, GET, HEAD, POST, PUT")
            #expect(reply.errorCode == "method_unknown")
        }
    }

    @Test("A body that is no JSON object in UTF-8 is refused", arguments: taking)
    func body(method: String, path: String) async throws {
        let deep = String(repeating: "[", count: 100_000)
        let bodies: [(body: [UInt8], code: String)] = [
            (Array("{".utf8), "invalid_request"), (Array("[]".utf8), "invalid_request"),
            (Array("null".utf8), "invalid_request"), (Array("\"text\"".utf8), "invalid_request"),
            (Array("{\"prompt\": \"\\ud800\"}".utf8), "invalid_request"),
            (Array("{\"prompt\": 1e999}".utf8), "invalid_request"), ([0x7B, 0xFF, 0x7D], "invalid_request"),
            ([0xFE, 0xFF, 0, 0x7B, 0, 0x7D], "invalid_request"), ([0, 0, 0], "invalid_request"),
            (Array("{\"prompt\":\(deep)}".utf8), "invalid_request"), (Array(deep.utf8), "invalid_request"),
            (Array("{\"nonsense\": 1}".utf8), path == "/v1/status" ? "usage" : "invalid_request"),
            (Array(repeating: 0x20, count: 300_000), "too_large"),
        ]
        try await ServedStage.with { served in
            for (body, code) in bodies {
                let head =
                    "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.count)\r\n\r\n"
                let reply = try await served.reply(to: Array(head.utf8) + body, over: served.unix)
                let shown = String(decoding: body.prefix(20), as: UTF8.self)
                #expect(reply.status == (code == "too_large" ? 413 : 400), "\(shown)")
                let expected = (path == "/v1/ask" || path == "/v1/say") && code == "usage" ? "invalid_request" : code
                #expect(reply.errorCode == expected, "\(shown)")
            }
        }
    }

    @Test(
        "Half of a character in a string is named as the cause",
        arguments: [#"{"text":"Hi \ud83d there"}"#, #"{"text":"\uDE00"}"#, #"{"text":"a","voice":"\ud800\ud800"}"#])
    func loneSurrogate(body: String) async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("POST", "/v1/say", body, over: served.unix)
            #expect(reply.status == 400)
            #expect(reply.text.contains("half of a character"), "\(reply)")
        }
    }

    @Test("A body of another type is refused, such as a web page's form", arguments: taking)
    func type(method: String, path: String) async throws {
        let types = [
            "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html", "application/jsonx",
            "",
            nil, path == "/v1/say" ? "text/plainer" : "text/plain",
        ]
        try await ServedStage.with { served in
            for type in types {
                let reply = try await served.send(
                    method, path, #"{"prompt":"One.","text":"One."}"#, type: type, over: served.unix)
                #expect(reply.status == 415, "\(type ?? "none")")
                #expect(reply.errorCode == "unsupported_media_type", "\(type ?? "none")")
            }
        }
    }

    /// What is wrong, and what the sentence names.
    private static let asks: [(body: String, named: String)] = [
        (#"{}"#, "prompt"), (#"{"prompt":""}"#, "prompt"), (#"{"prompt":" \n\t"}"#, "prompt"),
        (#"{"prompt":null}"#, "prompt"), (#"{"prompt":1}"#, "prompt"), (#"{"prompt":["a"]}"#, "prompt"),
        (#"{"prompt":"a","session":1}"#, "session"), (#"{"prompt":"a","session":""}"#, "session"),
        (#"{"prompt":"a","session":"a\u0007"}"#, "session"),
        (#"{"prompt":"a","persona":true}"#, "persona"), (#"{"prompt":"a","persona":"nobody"}"#, "persona"),
        (#"{"prompt":"a","variables":[]}"#, "variables"), (#"{"prompt":"a","variables":{"x":1}}"#, "variables.x"),
        (#"{"prompt":"a","options":"x"}"#, "options"), (#"{"prompt":"a","policy":"shout"}"#, "interrupt"),
        (#"{"prompt":"a","priority":1}"#, "priority"), (#"{"prompt":"a","priority":"high"}"#, "important"),
        (#"{"prompt":"a","voice":1}"#, "voice"), (#"{"prompt":"a","rate":"fast"}"#, "rate"),
        (#"{"prompt":"a","rate":1.5}"#, "rate"),
        (#"{"prompt":"a","rate":99999999999999999999}"#, "rate"), (#"{"prompt":"a","rate":"200"}"#, "rate"),
        (#"{"prompt":"a","speak":"yes"}"#, "speak"), (#"{"prompt":"a","detach":1}"#, "detach"),
        (#"{"prompt":"a","promt":"b"}"#, "prompt"), (#"{"prompt":"a","a\u001b[31m":1}"#, "There is no member"),
    ]

    @Test("What a question can't be is refused, in words that name it", arguments: asks)
    func ask(body: String, named: String) async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("POST", "/v1/ask", body, over: served.unix)
            #expect(reply.status == 400)
            #expect(["invalid_request", "usage"].contains(reply.errorCode))
            #expect(reply.text.contains(named))
            #expect(!reply.text.contains("\u{1B}") && !reply.text.contains("\\u001b"))
            // Nothing was taken.
            #expect(served.stage.hub.position.number == 0)
        }
    }

    @Test("A prompt or text that is too long is refused, however its characters are made up")
    func long() async throws {
        try await ServedStage.with { served in
            let limit = RequestLimits().promptCharacters
            let combined = "a" + String(repeating: "\u{301}", count: limit)
            for text in [String(repeating: "a", count: limit + 1), combined] {
                for (path, member) in [("/v1/ask", "prompt"), ("/v1/say", "text")] {
                    let reply = try await served.send("POST", path, "{\"\(member)\":\"\(text)\"}", over: served.unix)
                    #expect(reply.status == 413)
                    #expect(reply.errorCode == "too_long")
                }
            }
            let fits = "{\"text\":\"\(String(repeating: "é", count: limit))\",\"detach\":true,\"speak\":false}"
            #expect(try await served.send("POST", "/v1/say", fits, over: served.unix).status == 202)
        }
    }

    @Test(
        "What can't be set is refused, and nothing else is set with it",
        arguments: [
            #"{"rate":200,"volume":201}"#, #"{"rate":200,"volume":"loud"}"#, #"{"rate":200,"loudness":1}"#,
            #"{"rate":200,"muted":null}"#, #"{"rate":200,"voice":""}"#, #"{"rate":79}"#, #"{"rate":200,"volume":1.5}"#,
        ])
    func status(body: String) async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("PUT", "/v1/status", body, over: served.unix)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "usage")
            #expect(try await served.send("GET", "/v1/status", over: served.unix)["rate"] == .null)
        }
    }

    @Test(
        "A query that makes no sense is refused",
        arguments: [
            ("GET", "/v1/events?answers=1", 400), ("GET", "/v1/events?last_event_id=17", 400),
            ("GET", "/v1/events?last_event_id=x--1", 400), ("GET", "/v1/events?answer=a&answer=b", 400),
            ("POST", "/v1/say?policy=shout", 400), ("POST", "/v1/say?detach=true", 400),
            ("POST", "/v1/say?rate=fast", 400), ("POST", "/v1/say?%72ate=fast", 400),
            ("GET", "/v1/events?answer=%", 404), ("GET", "/v1/events?answer=%FF%00", 404),
        ])
    func query(method: String, path: String, status: Int) async throws {
        try await ServedStage.with { served in
            let body: String? = method == "POST" ? "One." : nil
            let reply = try await served.send(method, path, body, type: "text/plain", over: served.unix)
            #expect(reply.status == status)
            #expect(reply.errorCode != nil)
        }
    }

    @Test(
        "A path where nothing is, is said so",
        arguments: [
            "/v1", "/v1/", "/v1/nothing", "/v1/ask/more", "/v1/sessions/a/b", "/../etc/passwd", "/%2e%2e/%00",
            "/v1/sessions/%E0%80%80", "/v1/sessions/nobody", "/v1/%61sk", "//v1//nothing", "*",
            "http://localhost/nothing", "/" + String(repeating: "a", count: 10_000),
        ])
    func path(path: String) async throws {
        try await ServedStage.with { served in
            let reply = try await served.reply(to: "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(reply.status == 404)
            #expect(reply.errorCode == "not_found")
        }
    }

    @Test("Text that is no UTF-8 ends what is said of it, and is said so")
    func invalidText() async throws {
        try await ServedStage.with { served in
            let head =
                "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\n"
            let reply = try await served.reply(to: Array(head.utf8) + Array("One. ".utf8) + [0xFF])
            #expect(reply.status == 400)
            #expect(reply["ending"] == "failed")
            guard case .object(let error)? = reply["error"] else {
                Issue.record("no error")
                return
            }
            #expect(error["code"] == "input_invalid")
        }
    }
}
