// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import TestSupport
import Testing

@Suite("A stream of bytes", .timeLimit(.minutes(10)))
struct ByteStreamTests {
    private let hello = Array("{\"type\":\"hello\"}\n".utf8)

    @Test func `carries bytes both ways, until the connection ends`() async throws {
        let script: FaultServer.Script = { _, connection in
            for part in ["one", "two", "three"] { try await connection.send(part) }
        }
        try await FaultServer.run(script) { server in
            let stream = try await ByteStream.connect(
                to: .tcp(host: "127.0.0.1", port: server.port, isSecure: false), within: .seconds(100))
            stream.send(hello)
            #expect(try await stream.received.collect(upTo: 100) == Array("onetwothree".utf8))
            #expect(try await server.request().method == "hello")
        }
    }

    @Test func `is closed when nobody reads it any more`() async throws {
        try await FaultServer.run { _, connection in
            try await connection.staySilent()
        } while: { server in
            do {
                let stream = try await ByteStream.connect(
                    to: .tcp(host: "127.0.0.1", port: server.port, isSecure: false), within: .seconds(100))
                stream.send(hello)
                _ = try await server.request()
            }
            _ = try await server.disconnect()
        }
    }

    @Test func `reports why there is no connection`() async throws {
        await #expect(throws: ConnectionFailure.refused) {
            try await ByteStream.connect(to: .tcp(host: "127.0.0.1", port: 1, isSecure: false), within: .seconds(100))
        }
    }

    @Test func `reads no more than its reader takes`() async throws {
        let sent = Gate()
        try await FaultServer.run { _, connection in
            try await connection.send([UInt8](repeating: 1, count: 64 * 1024 * 1024))
            sent.open()
        } while: { server in
            let stream = try await ByteStream.connect(
                to: .tcp(host: "127.0.0.1", port: server.port, isSecure: false), within: .seconds(100))
            stream.send(hello)
            var count = 0
            for try await bytes in stream.received {
                if count == 0 { #expect(!sent.isSet) }
                count += bytes.count
            }
            #expect(count == 64 * 1024 * 1024)
        }
    }
}
