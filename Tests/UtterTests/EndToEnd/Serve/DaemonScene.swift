// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// The daemon with a scripted model and a device on which sounds begin, but end only when the test lets them.
struct DaemonScene: Sendable {
    static let serve = ["serve", "--config", "config.yaml"]
    static let ready = "The model is loaded."
    private static let question = "Why?"
    private static let nextQuestion = "How?"

    let situation: Situation
    let utter: UtterProgram
    let server: FaultServer
    let answer: StagedAnswer
    /// While it exists, sounds don't end.
    private var hold: String { utter.path("hold") }

    static func run(
        _ situation: Situation, broker: MosquittoBroker? = nil, while body: (DaemonScene) async throws -> Void
    ) async throws {
        let answer = StagedAnswer()
        let isShort = situation == .draining
        let script = OllamaWire.serverOfDaemon { _, connection in
            answer.isAsked.open()
            try await answer.mayBegin.opened()
            // Its only sentence is its last.
            let first = isShort ? StagedAnswer.sentences[0] : StagedAnswer.beginning
            try await connection.send(OllamaWire.head + OllamaWire.chat(first))
            if !isShort {
                try await answer.mayEnd.opened()
                try await connection.send(OllamaWire.chat(StagedAnswer.rest))
            }
            try await connection.send(OllamaWire.chatDone() + HTTPWire.lastChunk)
            answer.isSent.open()
        }
        try await FaultServer.run(script) { server in
            let utter = try UtterProgram(
                config: """
                    model: {url: "\(server.url)", name: tiny}
                    server: {listen: []}
                    playback: {device: \(FaultyDevice.otherName)}
                    conversation: {file: talk.json}
                    \(broker.map { "mqtt: {url: \"\($0.url)\", device_id: kitchen}" } ?? "")

                    """)
            try await body(DaemonScene(situation: situation, utter: utter, server: server, answer: answer))
        }
    }

    var environment: [String: String] { FaultyDevice.environment(heldWhile: hold) }

    /// How often the question was asked.
    var questions: Int { server.requests.count { $0.path == "/api/chat" && $0.text.contains(Self.question) } }

    /// Asks the question as a client does, and calls `disturb` when the situation is reached.
    func ask(_ disturb: (_ client: UtterProgram.Running) async throws -> Void) async throws -> UtterProgram.Result {
        writeFile(hold, "")
        let environment = ["UTTER_SOCKET": utter.daemon]
        return try await utter.run(["ask", Self.question, "--events"], environment: environment) { client in
            try await answer.isAsked.opened()
            if situation != .thinking {
                answer.mayBegin.open()
                try await client.event("sound_start")
            }
            if situation == .paused {
                _ = try await HTTPExchange.send("POST /v1/pause", json: "{}", to: utter.daemon)
                try await client.event("paused")
            }
            if situation == .draining { try await answer.isSent.opened() }
            try await disturb(client)
        }
    }

    /// Ends a pause.
    func goOn() async throws {
        guard situation == .paused else { return }
        _ = try await HTTPExchange.send("POST /v1/resume", json: "{}", to: utter.daemon)
    }

    /// All of the answer may come and be heard.
    func letComplete() {
        answer.letComplete()
        unsafe unlink(hold)
    }

    /// Waits until the daemon has written down what it needs to go on after a crash.
    func waitUntilJournaled() async throws {
        let (situation, file) = (situation, utter.path("talk.json.unfinished"))
        @Sendable func isWritten(_ journal: String) -> Bool {
            switch situation {
            // The answer before has ended.
            case .idle: !journal.isEmpty && !journal.contains(Self.nextQuestion)
            case .thinking: journal.contains(Self.question)
            case .speaking, .paused: journal.contains(StagedAnswer.sentences[0])
            case .draining: journal.contains(#""length""#)
            }
        }
        try await onThread("journal") {
            while !isWritten(String(decoding: readFile(file) ?? [], as: UTF8.self)) { usleep(1_000) }
        }
    }

    /// The events of the daemon's first answer, once it has ended.
    func events() async throws -> [UtterProgram.Event] {
        while true {
            // Only the last event has this figure.
            let reply = try await HTTPExchange.send(
                "GET /v1/events", headers: ["Last-Event-ID: 0-0"], to: utter.daemon, until: #""total_ms""#)
            let lines = String(decoding: reply.body, as: UTF8.self).split(separator: "\n")
            let events = lines.filter { $0.hasPrefix("data: ") }.compactMap {
                try? JSONDecoder().decode(UtterProgram.Event.self, from: Data($0.dropFirst(6).utf8))
            }
            if let end = events.firstIndex(where: { $0.heardEnd != nil }) { return Array(events[...end]) }
        }
    }

    /// Expects what an answer ends with that a crash has cut.
    func expectResumed(_ events: [UtterProgram.Event], sourceLocation: SourceLocation = #_sourceLocation) {
        let heard = events.filter { $0.event == "heard" }.compactMap(\.index)
        let pieces = events.filter { $0.event == "piece" }.compactMap(\.text)
        let notices = events.filter { $0.event == "notice" }.compactMap(\.code)
        switch situation {
        case .idle: Issue.record("There was no answer.", sourceLocation: sourceLocation)
        // Nothing had come: the question is asked again.
        case .thinking:
            #expect(events.last?.event == "finished", sourceLocation: sourceLocation)
            #expect(pieces == StagedAnswer.sentences && heard == [0, 1, 2], sourceLocation: sourceLocation)
            #expect(notices == [], sourceLocation: sourceLocation)
        // The model had not finished.
        case .speaking, .paused:
            #expect(events.last?.code == "model_truncated", sourceLocation: sourceLocation)
            #expect(pieces == [StagedAnswer.sentences[0], "Five six"], sourceLocation: sourceLocation)
            #expect(heard == [0, 1], sourceLocation: sourceLocation)
            #expect(notices == ["answer_resumed", "model_truncated"], sourceLocation: sourceLocation)
        case .draining:
            #expect(events.last?.event == "finished", sourceLocation: sourceLocation)
            #expect(pieces == [StagedAnswer.sentences[0]] && heard == [0], sourceLocation: sourceLocation)
            #expect(notices == ["answer_resumed"], sourceLocation: sourceLocation)
        }
    }

    /// Expects that the client was told that all was heard, each sentence once, and of no fault.
    func expectWhole(_ end: UtterProgram.Result, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(end.exitCode == 0, "\(end.errors)", sourceLocation: sourceLocation)
        end.expectEventsInOrder(sourceLocation: sourceLocation)
        #expect(
            end.events("heard").compactMap(\.index) == (situation == .draining ? [0] : [0, 1, 2]),
            sourceLocation: sourceLocation)
        #expect(end.events("notice").isEmpty, "\(end.events("notice"))", sourceLocation: sourceLocation)
    }

    func expectNextAnswer(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let reply = try await HTTPExchange.send(
            "POST /v1/ask", json: #"{"prompt": "\#(Self.nextQuestion)", "session": "next"}"#, to: utter.daemon)
        #expect(reply.text.contains(#""heard":"Hello.""#), "\(reply)", sourceLocation: sourceLocation)
    }
}
