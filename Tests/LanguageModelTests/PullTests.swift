// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Synchronization
import TestSupport
import Testing
import Utterance

@Suite("Pulling a model", .timeLimit(.minutes(10)))
struct PullTests {
    private final class Statuses: Sendable {
        private let list = Mutex<[PullStatus]>([])
        let first = Gate()
        var all: [PullStatus] { list.withLock { $0 } }

        @Sendable func take(_ status: PullStatus) {
            list.withLock { $0.append(status) }
            first.open()
        }
    }

    private static let lines = [
        #"{"status":"pulling manifest"}"#,
        #"{"status":"pulling dde5aa3fc5ff","digest":"sha256:dde5","total":2019377376}"#,
        #"{"status":"pulling dde5aa3fc5ff","digest":"sha256:dde5","total":2019377376,"completed":1503232}"#,
        #"{"status":"verifying sha256 digest"}"#,
        #"{"status":"success"}"#,
    ].map { $0 + "\n" }

    @Test(
        "reports its progress, however the lines are split, and ends with the server's success",
        arguments: [1, 7, 1000])
    func whole(cut: Int) async throws {
        try await FaultServer.run { _, connection in
            let head = HTTPWire.head(type: "application/x-ndjson", isChunked: false)
            try await connection.send(Array((head + Self.lines.joined()).utf8), by: cut)
            try await connection.staySilent()
        } while: { server in
            let statuses = Statuses()
            try await ModelServer(server).pull("llama3.2:1b") { statuses.take($0) }
            #expect(statuses.all.map(\.completed) == [nil, nil, 1_503_232, nil])
            #expect(statuses.all[2].total == 2_019_377_376)
            #expect(statuses.all[3].status == "verifying sha256 digest")
            let request = try await server.request()
            #expect(request.path == "/api/pull")
            #expect(request.text == #"{"model":"llama3.2:1b","stream":true}"#)
        }
    }

    @Test("that is cancelled hangs up, so that the server stops")
    func cancelled() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.head + HTTPWire.chunk(Self.lines[0]))
            try await connection.staySilent()
        } while: { server in
            let statuses = Statuses()
            let model = try ModelServer(server)
            let task = Task { try await model.pull("x") { statuses.take($0) } }
            try await statuses.first.opened()
            task.cancel()
            _ = try await server.disconnect()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test(
        "fails with a cause and a cure",
        arguments: [
            (#"{"error":"pull model manifest: file does not exist"}"#, Fault.Code.modelNotFound, "ollama.com/library"),
            (#"{"error":"max retries exceeded: EOF"}"#, .modelFailed, "(max retries exceeded: EOF)"),
            (#"{"error":"write /root/.ollama: no space left on device"}"#, .modelFailed, "disk is full"),
            ("<html>", .modelFailed, "<html>"),
            ("", .modelTruncated, "continues from where it was"),
        ])
    func fails(line: String, code: Fault.Code, words: String) async throws {
        try await FaultServer.run { _, connection in
            let last = line.isEmpty ? "" : HTTPWire.chunk(line + "\n")
            try await connection.send(
                OllamaWire.head + HTTPWire.chunk(Self.lines[0]) + last + HTTPWire.lastChunk)
        } while: { server in
            let fault = try await fault { try await ModelServer(server).pull("nix") { _ in } }
            #expect(fault.code == code)
            #expect(fault.message.contains(words))
        }
    }

    @Test("that is rejected with a status is a fault too, and so is a broken connection")
    func refused() async throws {
        try await FaultServer.run { _, connection in
            let body = #"{"error":"pull model manifest: file does not exist"}"#
            try await connection.send(HTTPWire.reply(body, status: "500 Internal Server Error"))
        } while: { server in
            let fault = try await fault { try await ModelServer(server).pull("nix") { _ in } }
            #expect(fault.code == .modelNotFound)
        }
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.head + HTTPWire.chunk(Self.lines[0]))
        } while: { server in
            let fault = try await fault { try await ModelServer(server).pull("x") { _ in } }
            #expect(fault.code == .modelTruncated)
        }
        try await FaultServer.run { _, connection in
            let head = ["HTTP/1.1 500 Internal Server Error", "Content-Length: 100", "", #"{"error":"fi"#]
            try await connection.send(head.joined(separator: "\r\n"))
        } while: { server in
            let fault = try await fault { try await ModelServer(server).pull("x") { _ in } }
            #expect(fault.code == .modelFailed)
        }
    }

    @Test("that gets no more bytes of a file ends after the idle limit", arguments: ["", #"{"status":"pull"#])
    func stalled(halfLine: String) async throws {
        let (statuses, isSilent) = (Statuses(), Gate())
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.head + HTTPWire.chunk(Self.lines[2]))
            try await statuses.first.opened()
            if !halfLine.isEmpty { try await connection.send(HTTPWire.chunk(halfLine)) }
            isSilent.open()
            try await connection.staySilent()
        } while: { server in
            let clock = ManualClock()
            let model = try ModelServer(server, limits: .init(idle: .seconds(1)), clock: clock)
            async let stall = fault {
                try await model.pull("x") {
                    statuses.take($0)
                    try await isSilent.opened()
                }
            }
            try await isSilent.opened()
            // The test doesn't depend on how often the pull checks the clock.
            async let _: Void = clock.pass()
            let fault = try await stall
            #expect(fault.code == .modelStalled)
        }
    }

    @Test("is only possible with Ollama")
    func others() async throws {
        let address = try ServerAddress("http://127.0.0.1:1")
        let server = ModelServer(.init(provider: .openAI, address: address))
        let fault = try await fault { try await server.pull("x") { _ in } }
        #expect(fault.code == .usage)
    }
}
