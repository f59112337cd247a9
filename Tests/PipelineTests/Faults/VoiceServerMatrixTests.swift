// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import HTTP
import Speech
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import Pipeline
@testable import VoiceServers

/// Faults of a voice server × what is going on, for both protocols: what is heard and who says it, what is reported, that
/// the next answer is heard, and that the server speaks again once it works.
@Suite(
    "A voice server in the middle of an answer", .serialized,
    .enabled("needs a C compiler, for the driver") { try await FaultyDevice.isAvailable },
    .timeLimit(.minutes(15)))
struct VoiceServerMatrixTests {
    enum Interface: String, CaseIterable, Sendable {
        case wyoming
        case openAI
    }

    enum Failure: String, Sendable {
        /// It is gone, and connections are refused.
        case refuses
        /// It takes the text and sends nothing.
        case hangs
        /// It closes the connection in the middle of a piece.
        case closes
        case reportsAnError
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let interface: Interface
        let failure: Failure
        let situation: Situation
        /// How many sentences of the answer the server says; the other engine says the rest.
        let served: Int

        var testDescription: String { "\(interface.rawValue), \(failure.rawValue), \(situation.rawValue)" }
    }

    /// While nothing is asked of a server, it can only go away. That is so when all of the answer has been made, too.
    private static let faults: [(Failure, Situation, served: Int)] = [
        (.refuses, .idle, 0), (.refuses, .thinking, 0), (.refuses, .speaking, 1), (.refuses, .paused, 1),
        (.refuses, .draining, 3),
        (.hangs, .thinking, 0), (.hangs, .speaking, 1), (.hangs, .paused, 1),
        (.closes, .thinking, 0), (.closes, .speaking, 1), (.closes, .paused, 1),
        (.reportsAnError, .thinking, 0), (.reportsAnError, .speaking, 1), (.reportsAnError, .paused, 1),
    ]

    static let rows = Interface.allCases.flatMap { interface in
        faults.map { Row(interface: interface, failure: $0.0, situation: $0.1, served: $0.served) }
    }

    private static let failed = ["voice_server_failed"]

    @Test("has a fault: each sentence is heard once, the fault is reported once, and so is its end", arguments: rows)
    func row(_ row: Row) async throws {
        let voice = ScriptedVoice(row.interface)
        let port = try ReservedPort()
        try await FaultServer.run(port: port.port, voice.script) { server in
            let clock = ManualClock()
            let engine = VoiceServerEngine(base: SampleEngine(), servers: [voice.server(server)], clock: clock)
            let heard = try await FaultStage.run(engine, voice: VoiceParameters()) { stage in
                try await engine.isReady()
                let answer = StagedAnswer()
                let spoken = try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await voice.isHanging.opened()
                        // The limit of the request that hangs.
                        await clock.sleepers(1)
                        clock.advance(by: .seconds(600))
                    }
                    defer { group.cancelAll() }
                    return try await stage.speak(row.situation, answer, FaultStage.source(answer)) { _ in
                        voice.fail(row.failure)
                        if row.failure == .refuses { try await server.stopListening() }
                    }
                }
                expectWhole(spoken, notices: row.served == 3 ? [] : Self.failed)
                expectWhole(try await stage.speak(), notices: row.served == 3 ? Self.failed : [])

                voice.fail(nil)
                if row.failure == .refuses { try await server.listenAgain() }
                // It is tried again after a second.
                await clock.sleepers(1)
                clock.advance(by: .seconds(1))
                try await engine.isReady()
                expectWhole(try await stage.speak(), notices: ["voice_server_back"])
            }
            let all = StagedAnswer.sentences
            let before = row.situation == .idle ? all : []
            #expect(voice.spoken == ["Hello."] + before + all.prefix(row.served) + ["Hello."] + all)
            for (index, sentence) in all.enumerated() {
                // In the answer after the fault, and in the one that it hit.
                let count = index < row.served ? 1 : 2
                #expect(heard.count(of: SampleEngine.samples(of: sentence)) == count, "\(sentence)")
            }
        }
    }
}

/// A voice server that says each text as a tone, or fails.
private final class ScriptedVoice: Sendable {
    private struct State {
        var failure: VoiceServerMatrixTests.Failure?
        var spoken: [String] = []
    }

    private let interface: VoiceServerMatrixTests.Interface
    private let state = Mutex(State())
    /// Opened when it hangs.
    let isHanging = Gate()

    init(_ interface: VoiceServerMatrixTests.Interface) {
        self.interface = interface
    }

    /// The texts that it has said.
    var spoken: [String] { state.withLock(\.spoken) }

    /// - Parameter failure: how it fails from now on; `nil`: it works.
    func fail(_ failure: VoiceServerMatrixTests.Failure?) {
        state.withLock { $0.failure = failure }
    }

    func server(_ server: FaultServer) -> VoiceServer {
        let address = HTTPServer.tcp(host: "127.0.0.1", port: server.port, isSecure: false)
        let interface: VoiceServer.Interface =
            switch interface {
            case .wyoming: .wyoming(address)
            case .openAI: .openAI(HTTPURL(address, path: "/v1"), key: nil, model: "tts-1", rate: 22_050)
            }
        var voice = VoiceServer(
            name: "voices", interface: interface, address: server.url, voice: "joe", languages: ["en"])
        // A busy machine may take seconds to connect.
        voice.connectLimit = .seconds(600)
        return voice
    }

    var script: FaultServer.Script {
        { request, connection in
            switch request.path {
            case "describe": try await connection.send(WyomingWire.info([("joe", "en_US")]))
            case "/v1/audio/voices": try await connection.send(HTTPWire.reply("{}", status: "404 Not Found"))
            default: try await self.speak(request, connection)
            }
        }
    }

    private func speak(_ request: FaultServer.Request, _ connection: FaultServer.Connection) async throws {
        let sound = tone(seconds: 0.2)
        let failure = state.withLock { state in
            if state.failure == nil { state.spoken.append(request.text(in: interface)) }
            return state.failure
        }
        switch (failure, interface) {
        case (nil, .wyoming): try await connection.send(WyomingWire.sound(sound))
        case (nil, .openAI): try await connection.send(Self.reply(sound, of: sound.count))
        case (.hangs, _):
            isHanging.open()
            try await connection.staySilent()
        case (.refuses, _): break
        case (.closes, .wyoming):
            try await connection.send(
                WyomingWire.event("audio-start", WyomingWire.format()) + WyomingWire.chunks(sound))
        case (.closes, .openAI): try await connection.send(Self.reply(sound, of: sound.count * 2))
        case (.reportsAnError, .wyoming):
            try await connection.send(WyomingWire.event("error", #"{"text": "no voice"}"#))
        case (.reportsAnError, .openAI):
            try await connection.send(HTTPWire.reply(#"{"detail": "no voice"}"#, status: "500 Internal Server Error"))
        }
    }

    /// - Parameter count: the samples that are announced.
    private static func reply(_ samples: [Int16], of count: Int) -> [UInt8] {
        let head = ["HTTP/1.1 200 OK", "Content-Type: audio/pcm", "Content-Length: \(count * 2)", "", ""]
        return Array(head.joined(separator: "\r\n").utf8) + samples.littleEndian
    }
}

extension FaultServer.Request {
    fileprivate func text(in interface: VoiceServerMatrixTests.Interface) -> String {
        let fields = try? JSON.decode(JSONValue.self, from: body)
        return fields?[interface == .wyoming ? "text" : "input"]?.text ?? ""
    }
}

extension VoiceServerEngine {
    /// Waits until its server has spoken.
    fileprivate func isReady() async throws {
        try await servers[0].state.wait { $0.phase == .ready ? () : nil }
    }
}

extension [Int16] {
    /// How often `part` is in it.
    fileprivate func count(of part: [Int16]) -> Int {
        guard let first = part.first else { return 0 }
        return indices.count { self[$0] == first && self[$0...].starts(with: part) }
    }
}
