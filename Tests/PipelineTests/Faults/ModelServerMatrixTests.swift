// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import TestSupport
import Testing
import Utterance

@testable import Pipeline

/// Faults of a model server × what is going on: what is heard, sample by sample, what is reported, and that the next
/// question is answered.
@Suite(
    "A model server in the middle of an answer", .serialized,
    .enabled("needs a C compiler, for the driver") { try await FaultyDevice.isAvailable },
    .timeLimit(.minutes(15)))
struct ModelServerMatrixTests {
    enum Failure: String, Sendable {
        /// It is gone, and connections are refused.
        case refuses
        /// It closes the connection with FIN.
        case hangsUp
        /// It closes the connection with RST.
        case resets
        /// It sends nothing more.
        case hangs
        case reportsAnError
        case sendsNonsense
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let failure: Failure
        let situation: Situation
        let heard: [String]
        /// `nil`: the answer is complete.
        let code: Fault.Code?

        init(_ failure: Failure, _ situation: Situation, heard: [String] = [], _ code: Fault.Code?) {
            (self.failure, self.situation, self.heard, self.code) = (failure, situation, heard, code)
        }

        var testDescription: String { "\(failure.rawValue), \(situation.rawValue)" }
    }

    private static let all = StagedAnswer.sentences
    /// What had arrived is said.
    private static let begun = [all[0], "Five six"]

    /// While nothing is asked of a server, it can only go away. Once it has answered, the same. To a connection that is
    /// open, it does not matter whether others are refused.
    static let rows = [
        Row(.refuses, .idle, .modelUnreachable),
        Row(.refuses, .draining, heard: all, nil),
        Row(.hangsUp, .thinking, .modelFailed),
        Row(.hangsUp, .speaking, heard: begun, .modelTruncated),
        Row(.hangsUp, .paused, heard: begun, .modelTruncated),
        Row(.resets, .thinking, .modelFailed),
        Row(.resets, .speaking, heard: begun, .modelTruncated),
        Row(.resets, .paused, heard: begun, .modelTruncated),
        Row(.hangs, .thinking, .modelSilent),
        Row(.hangs, .speaking, heard: begun, .modelStalled),
        Row(.hangs, .paused, heard: begun, .modelStalled),
        Row(.reportsAnError, .thinking, .modelFailed),
        Row(.reportsAnError, .speaking, heard: begun, .modelFailed),
        Row(.reportsAnError, .paused, heard: begun, .modelFailed),
        Row(.sendsNonsense, .thinking, .modelProtocol),
        Row(.sendsNonsense, .speaking, heard: begun, .modelProtocol),
        Row(.sendsNonsense, .paused, heard: begun, .modelProtocol),
    ]

    @Test(
        "has a fault: what came is heard, the fault is reported once, and the next question is answered",
        arguments: rows)
    func row(_ row: Row) async throws {
        let answer = StagedAnswer()
        let port = try ReservedPort()
        try await FaultServer.run(port: port.port, Self.script(row, answer)) { server in
            let clock = ManualClock()
            let model = try Self.model(server, clock)
            var pieces: [String] = row.situation == .idle ? Self.all : []
            let heard = try await FaultStage.run(SampleEngine()) { stage in
                let spoken = try await stage.speak(row.situation, answer, Self.asking("Why?", model)) { log in
                    guard row.failure != .refuses else { return try await server.stopListening() }
                    answer.letComplete()
                    try await Self.wait(for: row.code, in: log, passing: row.failure == .hangs ? clock : nil)
                }
                #expect(spoken.pieces == row.heard)
                #expect(spoken.heard == Array(row.heard.indices))
                #expect(spoken.notices == [row.code?.rawValue].compactMap(\.self))
                if case .failed(let fault) = spoken.ending {
                    #expect(fault.code == row.code)
                } else {
                    #expect(spoken.ending == .finished && row.code == nil)
                }
                // The listener is told, too.
                #expect(spoken.signals.count == (row.code == nil ? 0 : 1))
                pieces += spoken.pieces + spoken.signals

                if row.failure == .refuses { try await server.listenAgain() }
                expectWhole(try await stage.speak(Self.asking("How?", model)))
                pieces += Self.all
            }
            let sound = pieces.flatMap { SampleEngine.samples(of: $0) }
            let repeated = try #require(
                SampleEngine.repeated(in: heard, of: sound), "Something is missing, or out of its order.")
            // A pause repeats the word that it cut.
            #expect(repeated == (row.situation == .paused ? [0] : []))
        }
    }

    private static func model(_ server: FaultServer, _ clock: ManualClock) throws -> ModelServer {
        let limits = ModelServer.Limits(connect: .seconds(1_000_000), firstToken: .seconds(5), idle: .seconds(5))
        return ModelServer(
            ModelServer.Configuration(address: try ServerAddress(server.url), limits: limits), clock: clock)
    }

    private static func asking(_ question: String, _ model: ModelServer) -> Answer.Source {
        { deliver in
            try await model.answer(ModelRequest(model: "tiny", messages: [.init(.user, question)]), deliver: deliver)
        }
    }

    /// Waits until the answer has failed.
    ///
    /// - Parameter clock: whose time passes meanwhile.
    private static func wait(for code: Fault.Code?, in log: EventLog, passing clock: ManualClock?) async throws {
        guard let code else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let clock { group.addTask { await clock.pass(reach: .seconds(10)) } }
            try await log.wait(forNotice: code.rawValue)
            group.cancelAll()
        }
    }

    /// An Ollama that answers one question as far as `answer` and its fault allow, and all others at once.
    private static func script(_ row: Row, _ answer: StagedAnswer) -> FaultServer.Script {
        OllamaWire.server { request, connection in
            guard request.text.contains("Why?") else {
                return try await connection.send(OllamaWire.chat(tokens: [StagedAnswer.beginning, StagedAnswer.rest]))
            }
            answer.isAsked.open()
            try await answer.mayBegin.opened()
            if row.situation == .thinking { return try await fail(row.failure, on: connection, hasBegun: false) }
            try await connection.send(OllamaWire.head + OllamaWire.chat(StagedAnswer.beginning))
            try await answer.mayEnd.opened()
            guard row.situation == .draining else { return try await fail(row.failure, on: connection, hasBegun: true) }
            try await connection.send(
                OllamaWire.chat(StagedAnswer.rest) + OllamaWire.chatDone() + HTTPWire.lastChunk)
        }
    }

    private static func fail(_ failure: Failure, on connection: FaultServer.Connection, hasBegun: Bool) async throws {
        let error = #"{"error":"the model crashed"}"#
        switch failure {
        case .refuses: break
        case .hangsUp: try await connection.cut()
        case .resets: try await connection.reset()
        case .hangs: try await connection.staySilent()
        case .reportsAnError:
            try await connection.send(
                hasBegun
                    ? HTTPWire.chunk(error + "\n") + HTTPWire.lastChunk
                    : HTTPWire.reply(error, status: "500 Internal Server Error"))
        case .sendsNonsense:
            try await connection.send(hasBegun ? HTTPWire.chunk("<html>\n") : "SSH-2.0-OpenSSH_9.2\r\n")
        }
    }
}
