// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

/// Everything that real servers sent, and what Anthropic's documentation says its server sends (Captures/), yields what
/// Captures/expected.json says.
///
/// `UTTER_RECORD_CAPTURES=1 swift test --filter CaptureTests` rewrites that file. Read it before committing it.
@Suite("A capture of a server")
struct CaptureTests {
    @Test("exists, and so does its expectation")
    func complete() {
        #expect(Capture.all.count == 157)
        #expect(Set(Capture.answers.map(\.name)) == Set(Outcome.expected.keys))
    }

    @Test("gives the expected answer or fault over HTTP, sent whole", arguments: Capture.answers)
    func whole(capture: Capture) async throws {
        #expect(try await replay(capture, by: capture.bytes.count) == Outcome.expected[capture.name])
    }

    @Test("gives the same when it arrives in small packets", arguments: Capture.answers.filter(\.isShort), [7, 1])
    func smallPackets(capture: Capture, count: Int) async throws {
        #expect(try await replay(capture, by: count) == Outcome.expected[capture.name])
    }

    /// Includes the long ones, but without a packet per byte.
    @Test("is decoded to the same in parts", arguments: Capture.answers.filter(\.isSuccess), [7, 1])
    func pieces(capture: Capture, count: Int) {
        #expect(decoded(capture, by: count) == decoded(capture, by: capture.bytes.count))
    }

    /// At every byte of every capture, the readers are in the same state whether what came before arrived at once or
    /// byte by byte; so everything after that is read the same.
    @Test("leaves its readers in the same state wherever it is split", arguments: Capture.answers.filter(\.isSuccess))
    func splits(capture: Capture) throws {
        switch capture.provider {
        case .openAI, .anthropic:
            try expectOneState(SSEReader(limit: LineReader.longestLine), capture) { try $0.read($1) { _ in } }
        case .ollama, .ollamaGenerate: try expectOneState(LineReader(), capture) { try $0.read($1) { _ in } }
        }
    }

    private func expectOneState<Reader: Equatable>(
        _ reader: Reader, _ capture: Capture, read: (inout Reader, [UInt8]) throws -> Void
    ) throws {
        var (lineStart, byByte) = (reader, reader)
        for line in capture.body.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = Array(line) + [0x0A]
            for split in 1...line.count {
                var inOnePiece = lineStart
                try read(&inOnePiece, Array(line[..<split]))
                try read(&byByte, [line[split - 1]])
                guard inOnePiece == byByte else {
                    Issue.record("split after \(split) bytes of \(String(decoding: line, as: UTF8.self))")
                    return
                }
            }
            lineStart = byByte
        }
    }

    private func decoded(_ capture: Capture, by count: Int) -> [ReplyElement] {
        var decoder = capture.provider.dialect.decoder(mapper: capture.mapper)
        let body = capture.body
        let elements = stride(from: 0, to: body.count, by: count).flatMap { start in
            decoder.decode(Array(body[start..<min(start + count, body.count)]))
        }
        return elements + decoder.end()
    }

    /// Serves the capture's bytes unchanged, in writes of `count`, and requests it.
    private func replay(_ capture: Capture, by count: Int) async throws -> Outcome {
        try await FaultServer.run { _, connection in
            if !capture.bytes.isEmpty { try await connection.send(capture.bytes, by: count) }
        } while: { server in
            let listener = Listener()
            // Doesn't wait for a server that is loading or busy: only its error matters here.
            let limits = ModelServer.Limits(firstToken: .milliseconds(500), busy: .zero)
            let model = try ModelServer(server, capture.provider, limits: limits)
            var outcome = Outcome(text: "")
            do {
                let summary = try await model.answer(.hello, deliver: listener.hear)
                outcome.finish = summary.finish.name
            } catch let fault as Fault {
                outcome.fault = fault.code.rawValue
                outcome.message = fault.message.replacing(":\(server.port)", with: ":PORT")
            }
            outcome.text = listener.text
            outcome.thinking = listener.thinking.isEmpty ? nil : listener.thinking
            return outcome
        }
    }

    /// After an intended change, `UTTER_RECORD_CAPTURES=1` rewrites the expectations. Read them before committing.
    @Test("is expected as recorded")
    func record() async throws {
        guard isRecording else { return }
        var outcomes: [String: Outcome] = [:]
        for capture in Capture.answers {
            outcomes[capture.name] = try await replay(capture, by: capture.bytes.count)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(outcomes).write(to: URL(filePath: "\(Capture.folder)/expected.json"))
    }
}

private let isRecording = ProcessInfo.processInfo.environment["UTTER_RECORD_CAPTURES"] != nil

extension Capture {
    fileprivate var isShort: Bool { bytes.count < 3_000 }
    fileprivate var isSuccess: Bool { status == 200 }

    fileprivate var mapper: FaultMapper {
        FaultMapper(provider: provider, address: .ollamaDefault, model: "tiny")
    }
}

extension ModelSummary.Finish {
    var name: String {
        switch self {
        case .stop: "stop"
        case .length: "length"
        case .other(let reason): reason
        }
    }
}
