// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    /// What can happen to the built daemon, its client and its broker × what is going on: what is heard, what is reported,
    /// and that the next question is answered.
    @Suite(
        "In the middle of an answer",
        .enabled("needs a C compiler, for the driver") { try await FaultyDevice.isAvailable })
    struct DaemonMatrix {
        enum Happening: String, CaseIterable, Sendable {
            case killed = "the daemon is killed"
            case terminated = "the daemon is terminated"
            case suspended = "the daemon is stopped and continued"
            case abandoned = "the client is killed"
            case withoutBroker = "the broker is killed"
        }

        struct Row: Sendable, CustomTestStringConvertible {
            let happening: Happening
            let situation: Situation

            var testDescription: String { "\(happening.rawValue), \(situation.rawValue)" }
        }

        private static func rows(_ happening: Happening) -> [Row] {
            Situation.allCases.map { Row(happening: happening, situation: $0) }
        }
        /// Without an answer, there is no client.
        private static func rowsWithAnswer(_ happening: Happening) -> [Row] {
            rows(happening).filter { $0.situation != .idle }
        }

        // MARK: The daemon

        @Test("A daemon that is killed says the rest of the answer in its next run", arguments: rows(.killed))
        func killed(_ row: Row) async throws {
            try await Scene.run(row.situation) { scene in
                _ = try await scene.utter.run(Scene.serve, environment: scene.environment) { daemon in
                    try await daemon.errors(holding: Scene.ready)
                    guard row.situation != .idle else {
                        try await scene.expectNextAnswer()
                        try await scene.waitUntilJournaled()
                        daemon.send(.kill)
                        return try await daemon.end()
                    }
                    let end = try await scene.ask { _ in
                        try await scene.waitUntilJournaled()
                        daemon.send(.kill)
                    }
                    #expect(end.exitCode == 69, "\(end.errors)")
                    #expect(end.events.last?.code == "daemon_unreachable")
                    try await daemon.end()
                }
                scene.letComplete()
                let second = try await scene.utter.serve(environment: scene.environment) { _ in
                    if row.situation != .idle {
                        scene.expectResumed(try await scene.events())
                    }
                    try await scene.expectNextAnswer()
                }
                #expect(second.exitCode == 0)
                #expect(second.count(ofCode: "answer_resumed") == (row.situation == .idle ? 0 : 1), "\(second.errors)")
                #expect(scene.questions == (row.situation == .idle ? 0 : row.situation == .thinking ? 2 : 1))
            }
        }

        @Test("A daemon that is terminated stops the answer, and doesn't resume it", arguments: rows(.terminated))
        func terminated(_ row: Row) async throws {
            try await Scene.run(row.situation) { scene in
                let first = try await scene.utter.run(Scene.serve, environment: scene.environment) { daemon in
                    try await daemon.errors(holding: Scene.ready)
                    guard row.situation != .idle else {
                        try await scene.expectNextAnswer()
                        daemon.send(.terminate)
                        return try await daemon.end()
                    }
                    let end = try await scene.ask { _ in daemon.send(.terminate) }
                    // The client is told why, and how far it was heard.
                    #expect(end.exitCode == 0)
                    #expect(end.errors.contains("the daemon is stopping."), "\(end.errors)")
                    #expect(end.events.last?.event == "stopped")
                    #expect((end.events.last?.heardEnd ?? .max) < 19)
                    try await daemon.end()
                }
                #expect(first.exitCode == 0)
                scene.letComplete()
                let second = try await scene.utter.serve(environment: scene.environment) { _ in
                    try await scene.expectNextAnswer()
                }
                #expect(second.exitCode == 0)
                #expect(second.count(ofCode: "answer_resumed") == 0)
                #expect(scene.questions == (row.situation == .idle ? 0 : 1))
            }
        }

        @Test("A daemon that is stopped and continued repeats and loses nothing", arguments: rows(.suspended))
        func suspended(_ row: Row) async throws {
            try await Scene.run(row.situation) { scene in
                let served = try await scene.utter.serve(environment: scene.environment) { daemon in
                    guard row.situation != .idle else {
                        try await scene.expectNextAnswer()
                        try await daemon.suspend()
                        daemon.send(.resume)
                        return try await scene.expectNextAnswer()
                    }
                    let end = try await scene.ask { client in
                        try await daemon.suspend()
                        // The rest comes meanwhile.
                        scene.letComplete()
                        try await scene.answer.isSent.opened()
                        daemon.send(.resume)
                        try await scene.goOn()
                        try await client.end()
                    }
                    scene.expectWhole(end)
                    try await scene.expectNextAnswer()
                }
                #expect(served.exitCode == 0)
            }
        }

        // MARK: Others

        @Test("A client that is killed ends its answer, and nothing else", arguments: rowsWithAnswer(.abandoned))
        func abandoned(_ row: Row) async throws {
            try await Scene.run(row.situation) { scene in
                let served = try await scene.utter.serve(environment: scene.environment) { _ in
                    let end = try await scene.ask { client in client.send(.kill) }
                    #expect(end.exitCode == 137)
                    #expect(try await scene.events().last?.event == "stopped")
                    if row.situation != .draining { _ = try await scene.server.disconnect(on: "/api/chat") }
                    scene.letComplete()
                    // Not paused, either.
                    try await scene.expectNextAnswer()
                }
                #expect(served.exitCode == 0)
            }
        }

        @Test(
            "A broker that is killed doesn't disturb the answer, and is reported once",
            .enabled(if: MosquittoBroker.isInstalled, "\(MosquittoBroker.reasonToSkip)"),
            arguments: rows(.withoutBroker))
        func withoutBroker(_ row: Row) async throws {
            let home = try UtterProgram()
            try await MosquittoBroker.run(in: home.folder) { broker in
                try await Scene.run(row.situation, broker: broker) { scene in
                    let served = try await scene.utter.serve(environment: scene.environment) { daemon in
                        try await daemon.errors(holding: "Connected to the MQTT broker.")
                        func fail() async throws {
                            await broker.kill()
                            try await daemon.errors(holding: "code=mqtt_lost")
                        }
                        if row.situation == .idle {
                            try await scene.expectNextAnswer()
                            try await fail()
                        } else {
                            let end = try await scene.ask { client in
                                try await fail()
                                scene.letComplete()
                                try await scene.goOn()
                                try await client.end()
                            }
                            scene.expectWhole(end)
                        }
                        try await scene.expectNextAnswer()
                    }
                    #expect(served.exitCode == 0)
                    #expect(served.count(ofCode: "mqtt_lost") == 1, "\(served.errors)")
                }
            }
        }
    }
}

/// The daemon with a scripted model and a device on which sounds begin, but end only when the test lets them.
private struct Scene: Sendable {
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
        _ situation: Situation, broker: MosquittoBroker? = nil, while body: (Scene) async throws -> Void
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
            try await body(Scene(situation: situation, utter: utter, server: server, answer: answer))
        }
    }

    var environment: [String: String] { FaultyDevice.environment(heldWhile: hold) }

    /// How often the question was asked.
    var questions: Int { server.requests.count { $0.path == "/api/chat" && $0.text.contains(Self.question) } }

    /// Asks the question as a client does, and calls `strike` in the situation.
    func ask(_ strike: (_ client: UtterProgram.Running) async throws -> Void) async throws -> UtterProgram.Result {
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
            try await strike(client)
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

extension UtterProgram.Result {
    /// How many lines of the log have this code.
    fileprivate func count(ofCode code: String) -> Int {
        errorLines.count { $0.contains("code=\(code)") }
    }
}
