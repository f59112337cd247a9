// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import Testing

/// That every reply is as it says is checked wherever a test sends a request: ``ServedStage/send(_:_:_:type:headers:over:)``.
@Suite("docs/openapi.yaml", .timeLimit(.minutes(10)))
struct APIDescriptionTests {
    @Test("is served")
    func served() async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("GET", "/openapi.yaml")
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/yaml")
            let description = try APIDescription(reply.text)
            let written = try APIDescription.written.get()
            #expect(description.endpoints == written.endpoints)
            #expect(description.endpoints.count > 10)
        }
    }

    @Test("tells of the endpoints that there are, and of all that can be done there")
    func endpoints() async throws {
        let described = try APIDescription.written.get().endpoints
        try await ServedStage.with { served in
            for (path, methods) in described {
                let path = path.replacing("{name}", with: "a")
                let reply = try await served.send("PATCH", path, over: served.unix)
                #expect(reply.status == 405, "\(path)")
                let allowed = reply.headers["allow"]?.replacing(" ", with: "").split(separator: ",").map(String.init)
                #expect(Set(allowed ?? []).subtracting(["HEAD"]) == methods, "\(path)")
            }
        }
    }

    @Test("would be found out if it were wrong")
    func checking() throws {
        let description = try APIDescription.written.get()
        func reply(_ json: String, status: Int = 200, type: String = "application/json") -> Reply {
            Reply(status: status, headers: ["content-type": type], body: Array(json.utf8))
        }
        let held = { description.complaints("POST", "/v1/pause", $0) }
        #expect(held(reply(#"{"answer":null}"#)) == [])
        #expect(held(reply(#"{"answer":"a"}"#)) == [])
        for wrong in ["{}", #"{"answer":1}"#, #"{"answer":"a","b":1}"#, "[]", "{"] { #expect(held(reply(wrong)) != []) }
        #expect(held(reply(#"{"answer":null}"#, type: "text/html")) != [])
        #expect(held(reply(#"{"answer":null}"#, status: 201)) != [])
        #expect(held(reply(#"{"error":{"code":"a","message":"b"}}"#, status: 400)) == [])
        #expect(held(reply(#"{"error":{"code":"a"}}"#, status: 400)) != [])
    }
}
