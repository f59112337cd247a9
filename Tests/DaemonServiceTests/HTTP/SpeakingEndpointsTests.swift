// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import LanguageModel
import NIOCore
import Pipeline
import TestSupport
import Testing
import Utterance

@Suite("Asking over HTTP", .timeLimit(.minutes(10)))
struct SpeakingEndpointsTests {
    @Test("answers with all of it when it has been heard", arguments: [true, false])
    func json(overTCP: Bool) async throws {
        try await ServedStage.with { served in
            let reply = try await served.send(
                "POST", "/v1/ask", #"{"prompt":"One. Two.","session":"kitchen"}"#,
                over: overTCP ? served.tcp : served.unix)
            #expect(reply.status == 200)
            #expect(reply["ending"] == "finished")
            #expect(reply["text"] == "One. Two.")
            #expect(reply["heard"] == "One. Two.")
            #expect(reply["session"] == "kitchen")
            // What follows on this connection is no longer read.
            #expect(reply.headers["connection"] == "close")
        }
    }

    @Test("tells what happens while it happens, and ends with the answer")
    func events() async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(
                    ServedStage.request(
                        "POST", "/v1/ask", #"{"prompt":"One. Two."}"#, headers: ["Accept: text/event-stream"]))
                let head = try #require(await client.head())
                #expect(head.status == 200)
                #expect(head.headers["content-type"] == "text/event-stream; charset=utf-8")
                let events = await client.events(to: "finished")
                #expect(events.first?.name == "queued")
                #expect(events.last?.name == "finished")
                #expect(events.count { $0.name == "heard" } == 2)
                #expect(events.allSatisfy { $0.id?.hasPrefix("\(served.stage.hub.run)-") == true })
                #expect(events.allSatisfy { $0.json["event"] == .string($0.name ?? "") })
                #expect(await client.event() == nil)
            }
        }
    }

    @Test("lets go of the client at once that only wants it to be said")
    func detached() async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("POST", "/v1/ask", #"{"prompt":"One.","detach":true}"#)
            #expect(reply.status == 202)
            guard case .string(let answer)? = reply["answer"] else {
                Issue.record("no answer")
                return
            }
            try await served.stage.event("finished", of: answer)
        }
    }

    @Test("stops the answer of a client that hangs up", arguments: ["application/json", "text/event-stream"])
    func hangUp(accept: String) async throws {
        try await ServedStage.with(model: Stage.endless) { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(
                    ServedStage.request("POST", "/v1/ask", #"{"prompt":"One."}"#, headers: ["Accept: \(accept)"]))
                try await served.stage.event("heard")
                try await client.hangUp()
            }
            try await served.stage.event("stopped")
        }
    }

    @Test("goes on for a client that hangs up and had said that it would")
    func hangUpDetached() async throws {
        let gate = Turnstile()
        let model: Stage.Model = { _, _, deliver in
            try await deliver(.text("One. "))
            try await gate.pass()
            try await deliver(.text("Two."))
        }
        try await ServedStage.with(model: model) { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(
                    ServedStage.request(
                        "POST", "/v1/ask", #"{"prompt":"?","detach":true}"#, headers: ["Accept: text/event-stream"]))
                _ = await client.events(to: "heard")
            }
            try await served.untilNobodyReads()
            gate.open()
            try await served.stage.event("finished")
        }
    }

    @Test("lets a signal sound in place of what is being said, and answers when it was heard")
    func signal() async throws {
        try await ServedStage.with(model: Stage.endless) { served in
            let first = try await served.stage.scheduler.ask(AskRequest(prompt: "One."))
            try await served.stage.event("heard", of: first.answer)
            let reply = try await served.send("POST", "/v1/signal", #"{"signal":"listening"}"#)
            #expect(reply.status == 200)
            #expect(reply["ending"] == "finished")
            #expect(reply["text"] == "")
            #expect(try await first.result.value().ending == .stopped)
            guard case .string(let answer)? = reply["answer"] else {
                Issue.record("no answer")
                return
            }
            #expect(
                try await served.stage.events(of: answer) == ["queued", "accepted", "signal", "signal_end", "finished"])
            try await served.stage.event("signal", of: answer, holding: #""signal":"listening""#)
        }
    }

    @Test("refuses a signal that is none", arguments: [#"{}"#, #"{"signal":"fanfare"}"#, #"{"signal":1}"#])
    func noSignal(body: String) async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("POST", "/v1/signal", body)
            #expect(reply.status == 400)
            #expect(reply.text.contains("signal"))
            #expect(served.stage.hub.position.number == 0)
        }
    }

    @Test("speaks a text while it is still being sent")
    func streamed() async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.unix) { client in
                try await client.send(
                    "POST /v1/say?priority=important HTTP/1.1\r\nHost: utter\r\nContent-Type: text/plain\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n10\r\nFirst sentence. \r\n")
                try await served.stage.event("heard")
                // The é is cut in two.
                try await client.send(Array("8\r\nAnd caf".utf8) + [0xC3] + Array("\r\n2\r\n".utf8) + [0xA9])
                try await client.send(".\r\n0\r\n\r\n")
                let reply = try #require(await client.reply())
                #expect(reply.status == 200)
                #expect(reply["text"] == "First sentence. And café.")
                #expect(reply["session"] == nil)
            }
        }
    }

    @Test("answers a client at once whose text is still coming when somebody else stops it")
    func streamedAndStopped() async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.unix) { client in
                try await client.send(
                    "POST /v1/say HTTP/1.1\r\nHost: utter\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n10\r\nFirst sentence. \r\n")
                try await served.stage.event("heard")
                let stop = try await served.send("POST", "/v1/stop")
                #expect(stop.status == 200)
                let reply = try #require(await client.reply())
                #expect(reply["ending"] == "stopped")
                #expect(reply["heard"] == "First sentence.")
            }
        }
    }

    @Test("stops what a client had said that hangs up in the middle of its text")
    func streamedAndCut() async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(
                    "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                        + "Content-Length: 1000\r\n\r\nFirst sentence. And")
                try await served.stage.event("heard")
            }
            try await served.stage.event("stopped")
        }
    }

    @Test("says what went wrong with the answer, and what came before that")
    func failing() async throws {
        let model: Stage.Model = { _, _, deliver in
            try await deliver(.text("One. "))
            throw Fault(.modelStalled, "The model fell silent; ask again.")
        }
        try await ServedStage.with(model: model) { served in
            let reply = try await served.send("POST", "/v1/ask", #"{"prompt":"?"}"#)
            #expect(reply.status == 504)
            #expect(reply["ending"] == "failed")
            #expect(reply["text"] == "One. ")
            #expect(reply["error"] == ["code": "model_stalled", "message": "The model fell silent; ask again."])
        }
    }

    @Test("refuses who would not wait, and who finds the queue full")
    func refusing() async throws {
        try await ServedStage.with(model: Stage.endless) { served in
            let first = try await served.send("POST", "/v1/ask", #"{"prompt":"One.","detach":true}"#)
            #expect(first.status == 202)
            let rejected = try await served.send("POST", "/v1/say", #"{"text":"Two.","policy":"reject"}"#)
            #expect(rejected.status == 409)
            #expect(rejected.errorCode == "speaker_busy")
            for _ in 1..<16 {
                let queued = try await served.send("POST", "/v1/say", #"{"text":"Two.","detach":true}"#)
                #expect(queued.status == 202)
            }
            let full = try await served.send("POST", "/v1/say", #"{"text":"Two.","detach":true}"#)
            #expect(full.status == 429)
            #expect(full.errorCode == "queue_full")
            #expect(full.headers["retry-after"] == "5")
        }
    }
}
