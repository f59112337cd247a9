// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import LanguageModel
import TestSupport
import Testing
import Utterance

@Suite("Connections", .timeLimit(.minutes(10)))
struct ConnectionTests {
    @Test("serve one request after the other, sent one by one or all at once", arguments: [true, false])
    func keepAlive(isPipelined: Bool) async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                let requests = ["/healthz", "/nothing", "/v1/status"].map { ServedStage.request("GET", $0) }
                if isPipelined { try await client.send(requests.joined()) }
                for (request, status) in zip(requests, [200, 404, 200]) {
                    if !isPipelined { try await client.send(request) }
                    #expect(await client.reply()?.status == status)
                }
            }
        }
    }

    @Test("end when the daemon does: those that wait for events or an answer, and those that do nothing")
    func ending() async throws {
        try await ServedStage.with(model: Stage.endless) { served in
            try await RawClient.with(served.tcp) { idle in
                try await idle.send(ServedStage.request("GET", "/healthz"))
                _ = await idle.reply()
                try await RawClient.with(served.unix) { reader in
                    try await reader.send(ServedStage.request("GET", "/v1/events"))
                    _ = await reader.head()
                    try await RawClient.with(served.unix) { asking in
                        try await asking.send(ServedStage.request("POST", "/v1/ask", #"{"prompt":"One."}"#))
                        try await served.stage.event("heard")
                        served.end()
                        await asking.rest()
                    }
                    await reader.rest()
                }
                await idle.rest()
            }
            try await served.stage.event("stopped")
        }
    }

    @Test("are closed that are accepted as the daemon ends", arguments: 1...20)
    func acceptedLate(round: Int) async throws {
        try await ServedStage.with { served in
            await withTaskGroup { group in
                for _ in 1...30 {
                    group.addTask {
                        // Those that the daemon no longer accepts fail.
                        try? await RawClient.with(served.tcp) { client in
                            try await client.send(ServedStage.request("GET", "/healthz"))
                            await client.rest()
                        }
                    }
                }
                group.addTask {
                    // Another moment in each round.
                    for _ in 0..<round { _ = try? await RawClient.with(served.tcp) { _ in } }
                    served.end()
                }
            }
        }
    }

    @Test("are closed on which no request is sent, or only half of its head", arguments: ["", "GET / HTTP/1.1\r\nHo"])
    func slowHead(sent: String) async throws {
        var limits = RequestLimits()
        limits.idle = .milliseconds(50)
        try await ServedStage.with(limits: limits) { served in
            try await RawClient.with(served.tcp) { client in
                if !sent.isEmpty { try await client.send(sent) }
                #expect(await client.head() == nil)
            }
        }
    }

    @Test("are closed on which nothing is asked any more")
    func idle() async throws {
        var limits = RequestLimits()
        limits.idle = .seconds(1)
        try await ServedStage.with(limits: limits) { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(ServedStage.request("GET", "/healthz"))
                #expect(await client.reply()?.status == 200)
                #expect(await client.rest() == [])
            }
        }
    }

    @Test("are not waited on for a body that does not come")
    func slowBody() async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(
                    "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{\"prompt\":")
                await served.clock.sleepers(1)
                served.clock.advance(by: .seconds(10))
                let reply = try #require(await client.reply())
                #expect(reply.status == 408)
                #expect(reply.errorCode == "too_slow")
                #expect(reply.headers["connection"] == "close")
                #expect(await client.rest() == [])
            }
        }
    }

    @Test(
        "tell who sends only half of a body, or what is none, that it broke off",
        arguments: [
            ("Content-Length: 100", #"{"prompt":"#), ("Transfer-Encoding: chunked", "5\r\n{\"pro\r\n"),
            ("Transfer-Encoding: chunked", "5\r\n{\"pro\r\nx\r\n"),
        ])
    func brokenBody(framing: String, body: String) async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(
                    "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(framing)\r\n\r\n"
                        + body)
                client.finishSending()
                let reply = try #require(await client.reply())
                #expect(reply.status == 400)
                #expect(reply.errorCode == "invalid_request")
                #expect(reply.text.contains("broke off"))
            }
        }
    }

    @Test("end with an answer that came before the request was complete")
    func earlyAnswer() async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(
                    "POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\nmore and")
                let reply = try #require(await client.reply())
                #expect(reply.status == 404)
                #expect(reply.headers["connection"] == "close")
                // Not a request, but more of that body.
                try await client.send(ServedStage.request("GET", "/healthz"))
                #expect(await client.rest() == [])
            }
        }
    }

    @Test("let a client know that its body is wanted that asks first")
    func expectContinue() async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(
                    "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n"
                        + "Expect: 100-continue\r\n\r\n")
                #expect(await client.head()?.status == 100)
                try await client.send("One.")
                #expect(await client.reply()?["text"] == "One.")
            }
        }
    }

    @Test("answer at once who sends nothing more")
    func halfClosed() async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(ServedStage.request("GET", "/healthz"))
                client.finishSending()
                #expect(await client.reply()?.status == 200)
                #expect(await client.rest() == [])
            }
        }
    }

    @Test("on which text is streamed may rest as long as they like")
    func streaming() async throws {
        var limits = RequestLimits()
        limits.idle = .seconds(1)
        try await ServedStage.with(limits: limits) { served in
            try await RawClient.with(served.unix) { client in
                try await client.send(
                    "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n5\r\nOne. \r\n")
                try await served.stage.event("heard")
                // Others that rest are closed meanwhile, one after the other.
                for _ in 0..<3 {
                    let rest = try await RawClient.with(served.unix) { await $0.rest() }
                    #expect(rest == [])
                }
                try await client.send("4\r\nTwo.\r\n0\r\n\r\n")
                #expect(await client.reply()?["text"] == "One. Two.")
            }
        }
    }

    @Test("are refused beyond their socket's limit, and taken again when there is room")
    func limit() async throws {
        var limits = RequestLimits.patient
        limits.connections = 2
        try await ServedStage.with(limits: limits) { served in
            let health = ServedStage.request("GET", "/healthz")
            try await RawClient.with(served.tcp) { first in
                try await first.send(health)
                _ = await first.reply()
                try await RawClient.with(served.tcp) { second in
                    try await second.send(health)
                    _ = await second.reply()
                    try await RawClient.with(served.tcp) { third in
                        try? await third.send(health)
                        #expect(await third.head() == nil)
                    }
                    #expect(try await served.reply(to: health, over: served.unix).status == 200)
                }
                // It is gone for the server when that has noticed it.
                var reply: Reply?
                while reply == nil {
                    reply = try await RawClient.with(served.tcp) { client in
                        try? await client.send(health)
                        return await client.reply()
                    }
                }
                #expect(reply?.status == 200)
            }
        }
    }

    @Test("over the network may ask only so often; the unix socket is not counted")
    func rate() async throws {
        var limits = RequestLimits.patient
        limits.requestsPerSecond = 1
        try await ServedStage.with(limits: limits) { served in
            for _ in 0..<10 { #expect(try await served.send("GET", "/healthz").status == 200) }
            let refused = try await served.send("GET", "/healthz")
            #expect(refused.status == 429)
            #expect(refused.errorCode == "too_many_requests")
            #expect(refused.headers["retry-after"] == "1")
            #expect(try await served.send("GET", "/healthz", over: served.unix).status == 200)
            served.clock.advance(by: .seconds(1))
            #expect(try await served.send("GET", "/healthz").status == 200)
        }
    }
}
