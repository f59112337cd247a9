// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

/// Everything that arrived before a connection broke is heard and shown; then comes the fault.
@Suite("A connection that breaks in the middle of a reply")
struct CutConnectionTests {
    enum Ending: CaseIterable {
        case closed, reset
    }

    /// Streamed answers from both servers, long enough to be cut.
    private static let captures = Capture.answers.filter { $0.status == 200 && $0.body.count > 500 }

    @Test("is tested with many captures")
    func number() {
        #expect(Self.captures.count >= 20)
    }

    @Test(
        "loses none of a real server's text, in one packet or in many", arguments: captures, [7, 50, 1 << 20])
    func cut(capture: Capture, count: Int) async throws {
        for part in [1, 2, 3] {
            let cut = capture.cut(after: part, of: 4)
            try await expectAll(of: cut, by: count, .closed)
            // The kernel drops what it has not sent when a connection is reset, so only one packet is sure to arrive.
            if count > cut.bytes.count, cut.bytes.count < 10_000 { try await expectAll(of: cut, by: count, .reset) }
        }
    }

    @Test("is reported as broken, not as foreign, if it breaks inside a line", arguments: Ending.allCases, [40, 1000])
    func line(ending: Ending, count: Int) async throws {
        let line = HTTPWire.chunk(String(OllamaWire.chatLine("Hi").dropLast(20)))
        for head in [OllamaWire.head, HTTPWire.head(type: "application/x-ndjson")] {
            let fault = try await outcome(of: Array((head + line).utf8), by: count, ending).fault
            #expect(fault?.code == .modelTruncated)
        }
    }

    private func expectAll(of capture: Capture, by count: Int, _ ending: Ending) async throws {
        let mapper = FaultMapper(provider: capture.provider, address: .ollamaDefault, model: "tiny")
        var decoder = capture.provider.dialect.decoder(mapper: mapper)
        let sent = decoder.decode(capture.body) + decoder.end()
        let (text, fault) = try await outcome(of: capture.bytes, by: count, ending, capture.provider)
        #expect(text == sent.text)
        if !sent.isSuccess { #expect(fault != nil) }
    }

    /// What a listener hears of an answer if the server sends only `bytes`.
    private func outcome(
        of bytes: [UInt8], by count: Int, _ ending: Ending, _ provider: Provider = .ollama
    ) async throws -> (text: String, fault: Fault?) {
        try await FaultServer.run { _, connection in
            try await connection.send(bytes, by: count)
            if ending == .reset { try await connection.reset() }
        } while: { server in
            let listener = Listener()
            do {
                _ = try await ModelServer(server, provider).answer(.hello, deliver: listener.hear)
                return (listener.text, nil)
            } catch let fault as Fault {
                return (listener.text, fault)
            }
        }
    }
}

extension Capture {
    /// The same, cut in the middle of its body.
    fileprivate func cut(after part: Int, of parts: Int) -> Capture {
        var copy = self
        let start = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound ?? 0
        copy.bytes = Array(bytes[..<(start + (bytes.count - start) * part / parts)])
        return copy
    }
}

extension [ReplyElement] {
    fileprivate var text: String {
        compactMap { element in
            if case .event(.text(let text)) = element { text } else { nil }
        }.joined()
    }

    fileprivate var isSuccess: Bool {
        contains { element in
            if case .success = element { true } else { false }
        }
    }
}
