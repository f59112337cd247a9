// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import LanguageModel
import TestSupport
import Testing
import Utterance

@Suite("Control over HTTP", .timeLimit(.minutes(10)))
struct ControlEndpointsTests {
    @Test("pauses, goes on, and stops what is being said")
    func playing() async throws {
        try await ServedStage.with(model: Stage.endless) { served in
            #expect(try await served.send("POST", "/v1/pause", "{}")["answer"] == .null)
            let asked = try await served.send("POST", "/v1/ask", #"{"prompt":"One.","detach":true}"#)
            let answer = try #require(asked["answer"])
            try await served.stage.event("heard")
            #expect(try await served.send("POST", "/v1/pause", "{}")["answer"] == answer)
            #expect(try await served.send("GET", "/v1/status")["paused"] == true)
            // Without a body there is nothing that could be no JSON.
            #expect(try await served.send("POST", "/v1/resume")["answer"] == answer)
            let status = try await served.send("GET", "/v1/status")
            #expect(status["paused"] == false)
            #expect(status["speaking"] == answer && status["prompt"] == "One.")
            #expect(try await served.send("POST", "/v1/stop", #"{"answer":"nobody"}"#)["stopped"] == .array([]))
            // A name that was lost stops nothing.
            #expect(try await served.send("POST", "/v1/stop", #"{"answer":null}"#).status == 400)
            #expect(try await served.send("POST", "/v1/stop", "")["stopped"] == .array([answer]))
            try await served.stage.event("stopped")
        }
    }

    @Test("changes how the device sounds; what is left out stays, null is as the settings say")
    func status() async throws {
        try await ServedStage.with { served in
            let first = try await served.send("PUT", "/v1/status", #"{"volume":30,"rate":200}"#)
            #expect(first.status == 200)
            #expect(first["volume"] == 30)
            let second = try await served.send("PUT", "/v1/status", #"{"volume":null,"muted":true}"#)
            #expect(second["volume"] == .null)
            #expect(second["rate"] == 200)
            #expect(second["muted"] == true)
            #expect(second["configured"] == ["volume": 100, "rate": 300, "voice": "auto"])
            #expect(try await served.send("GET", "/v1/status").json == second.json)
            #expect(second["version"] == "1.2.3")
            #expect(second["model"] == "tiny")
            #expect(second["ready"] == true)
        }
    }

    @Test("lists, shows and forgets conversations, whatever their names")
    func sessions() async throws {
        try await ServedStage.with { served in
            _ = try await served.send("POST", "/v1/ask", #"{"prompt":"One.","session":"a/b ü%"}"#)
            let list = try await served.send("GET", "/v1/sessions")
            #expect(list["sessions"] == .array([["name": "a/b ü%", "turns": 1]]))
            #expect(list["kept_min"] == 60)
            let path = "/v1/sessions/a%2Fb%20%C3%BC%25"
            let session = try await served.send("GET", path)
            #expect(session["name"] == "a/b ü%")
            let exchange: JSONValue = ["question": "One.", "answer": "One.", "interrupted": false]
            #expect(session["exchanges"] == .array([exchange]))
            let removed = try await served.send("DELETE", path)
            #expect(removed.status == 204)
            #expect(removed.body.isEmpty)
            #expect(try await served.send("DELETE", path).errorCode == "not_found")
        }
    }

    @Test("gives a conversation another name, unless that is taken or it is being answered in")
    func rename() async throws {
        let model: Stage.Model = { prompt, history, deliver in
            if prompt == "wait" { return try await Stage.endless(prompt, history, deliver) }
            try await deliver(.text(prompt))
        }
        try await ServedStage.with(model: model) { served in
            for name in ["a", "b"] {
                _ = try await served.send("POST", "/v1/ask", #"{"prompt":"One.","session":"\#(name)"}"#)
            }
            let renamed = try await served.send("PUT", "/v1/sessions/a", #"{"name":"ü/c"}"#)
            #expect(renamed.status == 200)
            #expect(renamed["name"] == "ü/c")
            let other = try await served.send("GET", "/v1/sessions/b")
            #expect(renamed["exchanges"] == other["exchanges"])
            #expect(try await served.send("GET", "/v1/sessions/a").errorCode == "not_found")
            for (path, body, code) in [
                ("a", #"{"name":"d"}"#, "not_found"), ("b", #"{"name":"ü/c"}"#, "session_exists"),
                ("b", #"{"name":"a\nb"}"#, "usage"), ("b", #"{"name":" "}"#, "invalid_request"),
                ("b", "{}", "invalid_request"),
            ] {
                let reply = try await served.send("PUT", "/v1/sessions/\(path)", body)
                #expect(reply.errorCode == code, "\(body)")
            }
            _ = try await served.send("POST", "/v1/ask", #"{"prompt":"wait","session":"b","detach":true}"#)
            #expect(try await served.send("PUT", "/v1/sessions/b", #"{"name":"d"}"#).errorCode == "session_busy")
            _ = try await served.send("POST", "/v1/stop", "{}")
        }
    }

    @Test("tells whether it lives, and whether an answer would start at once")
    func health() async throws {
        try await ServedStage.with(missing: "The model is being loaded.") { served in
            #expect(try await served.send("GET", "/healthz")["status"] == "ok")
            let ready = try await served.send("GET", "/readyz")
            #expect(ready.status == 503)
            #expect(ready.errorCode == "not_ready")
            let status = try await served.send("GET", "/v1/status")
            #expect(status["missing"] == "The model is being loaded.")
            #expect(status["missing_code"] == "model_loading")
        }
        try await ServedStage.with { served in
            let ready = try await served.send("GET", "/readyz")
            #expect(ready["status"] == "ready")
        }
    }

    @Test("gives its numbers to Prometheus")
    func metrics() async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("GET", "/metrics")
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            #expect(reply.text.contains("utter_"))
            #expect(reply.text.hasSuffix("\n"))
        }
    }

    @Test("answers HEAD as GET, without the body")
    func head() async throws {
        try await ServedStage.with { served in
            for path in ["/v1/status", "/v1/sessions", "/healthz", "/readyz", "/metrics", "/v1/events"] {
                let reply = try await served.send("HEAD", path)
                #expect(reply.status == 200, "\(path)")
                #expect(reply.body.isEmpty)
            }
        }
    }
}
