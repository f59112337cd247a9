// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import Testing

/// Bytes that are not HTTP, or not quite: the connection may end, with or without a status, and nothing else happens.
@Suite("Malformed requests", .timeLimit(.minutes(10)))
struct MalformedRequestTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        /// The status; `nil`: the connection is closed without one, or the request is refused.
        var status: Int?

        init(_ description: String, _ text: String, _ status: Int? = 400) {
            self.init(description, Array(text.utf8), status)
        }

        init(_ description: String, _ bytes: [UInt8], _ status: Int? = 400) {
            testDescription = description
            self.bytes = bytes
            self.status = status
        }
    }

    private static let head = "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"

    static let samples: [Sample] = [
        Sample("noise", (0...255).map { UInt8($0) }),
        Sample("TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]),
        Sample("zeros", [UInt8](repeating: 0, count: 1000)),
        Sample("no version", "GET /healthz\r\n\r\n"),
        Sample("another protocol", "GET /healthz FTP/1.1\r\nHost: localhost\r\n\r\n"),
        Sample("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Sample("no path", "GET  HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        Sample("a zero in the path", "GET /health\0z HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        Sample("a zero in a header", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n"),
        Sample("a header without a name", "GET /healthz HTTP/1.1\r\nHost: localhost\r\n: a\r\n\r\n"),
        Sample("a blank in a header's name", "GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n"),
        Sample("folded header", "GET /healthz HTTP/1.1\r\nHost: localhost\r\n continued\r\n\r\n"),
        Sample(
            "a long header", "GET / HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n"
        ),
        Sample("a long path", "GET /\(String(repeating: "a", count: 1_000_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        Sample(
            "10,000 headers",
            "GET / HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "X: a\r\n", count: 10_000) + "\r\n"),
        Sample("negative length", head + "Content-Length: -1\r\n\r\nOne."),
        Sample("two lengths", head + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nOne."),
        Sample("a list of lengths", head + "Content-Length: 4, 4\r\n\r\nOne."),
        Sample("a length in hexadecimal", head + "Content-Length: 0x4\r\n\r\nOne."),
        Sample("a length beyond all", head + "Content-Length: 99999999999999999999\r\n\r\nOne."),
        Sample(
            "length and chunks",
            head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/status HTTP/1.1\r\n\r\n"),
        Sample(
            "chunks and length",
            head + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /v1/status HTTP/1.1\r\n\r\n"),
        Sample("chunks that are not last", head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        Sample("an unknown coding", head + "Transfer-Encoding: xchunked\r\n\r\n4\r\nOne.\r\n0\r\n\r\n", 501),
        Sample("a coding within another", head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        Sample("an unknown method", "BREW /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        Sample("a path in another encoding", "GET /\u{E9} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        Sample("two hosts", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"),
        Sample("no host", "GET /healthz HTTP/1.1\r\n\r\n", 421),
        Sample("HTTP/1.0", "GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n", 200),
        Sample("bare line feeds", "GET /healthz HTTP/1.1\nHost: localhost\n\n", nil),
        Sample("an empty line before", "\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 200),
        Sample("absolute form", "GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 200),
        Sample("CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", 421),
        Sample(
            "upgrade", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", 200),
        Sample(
            "invalid UTF-8", Array("GET /".utf8) + [0xFF, 0xFE] + Array(" HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8),
            nil),
        Sample("half a request", "GET /healthz HT", nil),
    ]

    @Test("are refused, and the next client is served as ever", arguments: samples)
    func refused(_ sample: Sample) async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                // The server may close before all is sent.
                try? await client.send(sample.bytes)
                client.finishSending()
                let reply = await client.reply()
                if let status = sample.status { #expect(reply?.status == status) }
                if let reply, reply.status >= 400 { #expect(reply.errorCode != nil) }
                // What is hidden behind the request is none.
                #expect(await client.reply() == nil)
            }
            #expect(try await served.send("GET", "/healthz").status == 200)
            #expect(served.stage.hub.position.number == 0)
        }
    }

    @Test(
        "whose chunks are none end what is said of them",
        arguments: ["zz\r\nOne.\r\n", "-4\r\nOne.\r\n", "4\r\nOne.Two.\r\n", "FFFFFFFFFFFFFFFFF\r\nOne."])
    func chunks(body: String) async throws {
        try await ServedStage.with { served in
            try await RawClient.with(served.tcp) { client in
                try await client.send(Self.head + "Transfer-Encoding: chunked\r\n\r\n" + body)
                await client.rest()
            }
            try await served.stage.event("stopped")
            #expect(try await served.send("GET", "/healthz").status == 200)
        }
    }
}
