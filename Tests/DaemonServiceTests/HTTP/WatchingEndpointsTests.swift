// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import Glibc
import LanguageModel
import TestSupport
import Testing
import Utterance

@Suite("Events over HTTP", .timeLimit(.minutes(10)))
struct WatchingEndpointsTests {
    /// Reads the events of a request up to the first of a name.
    private func events(
        _ served: ServedStage, _ path: String, after id: String? = nil, to name: String
    ) async throws -> [ServerEvent] {
        try await RawClient.with(served.unix) { client in
            let headers = ["Accept: text/event-stream"] + (id.map { ["Last-Event-ID: \($0)"] } ?? [])
            try await client.send(ServedStage.request("GET", path, headers: headers))
            let head = try #require(await client.head())
            #expect(head.status == 200)
            #expect(head.headers["cache-control"] == "no-store")
            return await client.events(to: name)
        }
    }

    @Test("tell everything that the device does, from now on")
    func everything() async throws {
        try await ServedStage.with { served in
            served.stage.hub.publish(.controls(Controls()))
            try await RawClient.with(served.tcp) { client in
                try await client.send(ServedStage.request("GET", "/v1/events"))
                _ = await client.head()
                _ = try await served.send("PUT", "/v1/status", #"{"volume":30}"#)
                let event = try #require(await client.event())
                #expect(event.name == "controls")
                #expect(event.json["volume"] == 30)
                #expect(event.id == "\(served.stage.hub.run)-2")
            }
            try await served.untilNobodyReads()
        }
    }

    @Test("tell of one answer, from its beginning to its end, whenever they are asked for")
    func ofOneAnswer() async throws {
        try await ServedStage.with { served in
            let first = try await served.send("POST", "/v1/ask", #"{"prompt":"One."}"#)
            _ = try await served.send("POST", "/v1/ask", #"{"prompt":"Two."}"#)
            guard case .string(let answer)? = first["answer"] else {
                Issue.record("no answer")
                return
            }
            let all = try await events(served, "/v1/events?answer=\(answer)", to: "finished")
            #expect(all.first?.name == "queued")
            #expect(all.allSatisfy { $0.json["answer"] == .string(answer) })

            let middle = try #require(all[all.count / 2].id)
            let rest = try await events(served, "/v1/events?answer=\(answer)", after: middle, to: "finished")
            #expect(rest.map(\.id) == all.drop { $0.id != middle }.dropFirst().map(\.id))
            let same = try await events(
                served, "/v1/events?answer=\(answer)&last_event_id=\(middle)", to: "finished")
            #expect(same.map(\.id) == rest.map(\.id))

            // A browser's EventSource comes back until it is told that there is no more.
            let last = try #require(all.last?.id)
            let end = try await served.send("GET", "/v1/events?answer=\(answer)", headers: ["Last-Event-ID: \(last)"])
            #expect(end.status == 204)
            let none = try await served.send("GET", "/v1/events?answer=12345678")
            #expect(none.status == 404)
            #expect(none.errorCode == "not_found")
        }
    }

    @Test("begin with all that is kept for who saw another run of the daemon")
    func ofAnotherRun() async throws {
        try await ServedStage.with { served in
            served.stage.hub.publish(.controls(Controls()))
            let events = try await events(served, "/v1/events", after: "0-17", to: "controls")
            #expect(events.map(\.id) == ["\(served.stage.hub.run)-1"])
        }
    }

    @Test("say how many are lost to who comes back too late")
    func missed() async throws {
        try await ServedStage.with(eventLimit: 4) { served in
            for _ in 0..<10 { served.stage.hub.publish(.controls(Controls())) }
            let run = served.stage.hub.run
            let events = try await events(served, "/v1/events", after: "\(run)-2", to: "controls")
            #expect(events.map(\.name) == ["missed", "controls"])
            #expect(events[0].json == ["event": "missed", "count": 4])
            #expect(events[1].id == "\(run)-7")
        }
    }

    @Test("end for who waits for an answer whose end is lost")
    func missedEnd() async throws {
        try await ServedStage.with(eventLimit: 4) { served in
            let reply = try await served.send("POST", "/v1/ask", #"{"prompt":"One."}"#)
            guard case .string(let answer)? = reply["answer"] else {
                Issue.record("no answer")
                return
            }
            for _ in 0..<4 { served.stage.hub.publish(.controls(Controls())) }
            let path = "/v1/events?answer=\(answer)"
            #expect(try await served.send("GET", path).status == 404)
            #expect(
                try await served.send("GET", path, headers: ["Last-Event-ID: \(served.stage.hub.run)-1"]).status == 204)
        }
    }

    @Test("give a sign of life when nothing happens")
    func heartbeat() async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(ServedStage.request("GET", "/v1/events"))
                _ = await client.head()
                #expect(await client.streamLine() == "retry: 2000")
                #expect(await client.streamLine() == "")
                await withTaskGroup { group in
                    // A heartbeat that is due before the server waits for events is not sent, so one may not be enough.
                    // A request separates them: a flood of heartbeats would keep the client from reading any.
                    group.addTask {
                        while !Task.isCancelled {
                            await served.clock.sleepers(1)
                            served.clock.advance(by: RequestLimits.patient.heartbeat)
                            try? await RawClient.with(served.tcp) { other in
                                try await other.send(ServedStage.request("GET", "/healthz"))
                                _ = await other.reply()
                            }
                        }
                    }
                    #expect(await client.streamLine() == ": ")
                    group.cancelAll()
                }
            }
        }
    }

    @Test("reach 200 readers, all of them, in their order")
    func manyReaders() async throws {
        var limits = RequestLimits.patient
        limits.requestsPerSecond = 100
        try await ServedStage.with(limits: limits) { served in
            let hub = served.stage.hub
            try await withThrowingTaskGroup(of: [String?]?.self) { group in
                for count in 1...200 {
                    group.addTask {
                        // The kernel drops connections beyond the listen backlog, and the clients lose seconds.
                        try await hub.waitForReaders { $0 >= count - 50 }
                        return try await RawClient.with(served.tcp) { client in
                            try await client.send(ServedStage.request("GET", "/v1/events?last_event_id=0-0"))
                            let head = await client.head()
                            #expect(head?.status == 200)
                            return await client.events(to: "finished").map(\.id)
                        }
                    }
                }
                // A task of the group, so that a reader's failure ends its wait.
                group.addTask {
                    try await hub.waitForReaders { $0 == 200 }
                    _ = try await served.send("POST", "/v1/say", #"{"text":"One. Two. Three."}"#)
                    return nil
                }
                var all: Set<[String?]> = []
                for try await case let ids? in group { all.insert(ids) }
                #expect(all.count == 1)
                #expect(all.first?.isEmpty == false)
            }
        }
    }

    @Test("are lost to who does not read them, and hold up nobody")
    func deafReader() async throws {
        var limits = RequestLimits()
        limits.idle = .milliseconds(100)
        try await ServedStage.with(limits: limits) { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(ServedStage.request("GET", "/v1/events"))
                _ = await client.head()
                let text = String(repeating: "x", count: 10_000)
                // The kernel takes some megabytes before it says no.
                let hub = served.stage.hub
                try await onThread("publisher") {
                    while hub.readers > 0 {
                        hub.publish(
                            .queued(.init(answer: "a", session: nil, prompt: text, priority: .normal, ahead: 0)))
                        // Else it takes the hub's lock again before anybody who waits for it.
                        sched_yield()
                    }
                }
            }
        }
    }
}
