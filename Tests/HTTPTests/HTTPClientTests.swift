// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import TestSupport
import Testing

@Suite("The HTTP client")
struct HTTPClientTests {
    @Test func `sends what a server needs to know, and the body with its length`() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(HTTPWire.reply("{}", more: ["Retry-After: 3"]))
        } while: { server in
            var request = HTTPRequest(.post, server.location("/a?b=c"), headers: [("X-Test", "yes")])
            request.body = .bytes(Array("Grüße".utf8), type: "text/plain")
            let reply = try await HTTPClient().send(request)
            #expect(reply.status == 200)
            #expect(reply.contentType == "application/json")
            #expect(reply.retryAfter == .seconds(3))
            #expect(try await reply.body.collect(upTo: 100) == Array("{}".utf8))
            let seen = try await server.request()
            #expect(seen.method == "POST")
            #expect(seen.path == "/a?b=c")
            #expect(seen.body == Array("Grüße".utf8))
            #expect(seen.headers["host"] == "127.0.0.1:\(server.port)")
            #expect(seen.headers["content-length"] == "7")
            #expect(seen.headers["connection"] == "close")
            #expect(seen.headers["x-test"] == "yes")
        }
    }

    @Test func `reads the reply while a body is still being sent`() async throws {
        let (body, writer) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        try await FaultServer.run { _, connection in
            await connection.body(holding: "one")
            try await connection.send(HTTPWire.head(type: "text/plain") + HTTPWire.chunk("got one"))
            await connection.body(holding: "two")
            try await connection.send(HTTPWire.chunk("got two") + HTTPWire.lastChunk)
        } while: { server in
            writer.yield(Array("one".utf8))
            let request = HTTPRequest(.post, server.location(), body: .stream(body, type: "text/plain"))
            let reply = try await HTTPClient().send(request)
            let parts = reply.body.makeAsyncIterator()
            #expect(try await parts.next() == Array("got one".utf8))
            writer.yield(Array("two".utf8))
            writer.finish()
            #expect(try await parts.next() == Array("got two".utf8))
            #expect(try await parts.next() == nil)
        }
    }

    @Test func `reports what broke a body that was being sent`() async throws {
        struct Broken: Error {}
        let (body, writer) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        try await FaultServer.run { _, connection in
            try await connection.send(HTTPWire.head(type: "text/plain"))
            try await connection.staySilent()
        } while: { server in
            writer.yield(Array("one".utf8))
            let request = HTTPRequest(.post, server.location(), body: .stream(body, type: "text/plain"))
            let reply = try await HTTPClient().send(request)
            writer.finish(throwing: Broken())
            await #expect(throws: Broken.self) { _ = try await reply.body.collect(upTo: 100) }
            _ = try await server.disconnect()
        }
    }

    @Test func `hangs up when nobody wants the reply any more`() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(HTTPWire.head(type: "text/plain") + HTTPWire.chunk("Hi"))
            try await connection.staySilent()
        } while: { server in
            _ = try await HTTPClient().send(HTTPRequest(.get, server.location()))
            _ = try await server.disconnect()
        }
    }

    @Test func `sends a proxy the whole URL of a server, and lets it resolve the name`() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(HTTPWire.reply("{}"))
        } while: { proxy in
            let client = HTTPClient(proxy: proxy.location().server, connectLimit: .seconds(600))
            let url = HTTPURL(.tcp(host: "model.invalid", port: 80, isSecure: false), path: "/x")
            #expect(try await client.send(HTTPRequest(.get, url)).status == 200)
            let seen = try await proxy.request()
            #expect(seen.path == "http://model.invalid:80/x")
            #expect(seen.headers["host"] == "model.invalid")
        }
    }

    @Test(arguments: ["407 No", "403 No", "502 No"])
    func `reports that a proxy refuses the connection`(status: String) async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(HTTPWire.reply("", status: status))
        } while: { proxy in
            let client = HTTPClient(proxy: proxy.location().server, connectLimit: .seconds(600))
            let url = HTTPURL(.tcp(host: "model.invalid", port: 443, isSecure: true), path: "/x")
            let failure = await #expect(throws: ConnectionFailure.self) {
                try await client.send(HTTPRequest(.get, url))
            }
            guard case .other(let reason) = failure else {
                return #expect(Bool(false), "\(String(describing: failure))")
            }
            #expect(reason.contains("proxy"))
            let seen = try await proxy.request()
            #expect(seen.method == "CONNECT")
            #expect(seen.path == "model.invalid:443")
        }
    }

    @Test func `describes everything that can go wrong in a few words`() async throws {
        let closed = try await FaultServer.run { _, _ in
        } while: {
            $0.location()
        }
        await #expect(throws: ConnectionFailure.refused) { try await HTTPClient().send(HTTPRequest(.get, closed)) }
        let nowhere = HTTPURL(.tcp(host: "host.invalid", port: 80, isSecure: false), path: "/")
        await #expect(throws: ConnectionFailure.unknownHost) { try await HTTPClient().send(HTTPRequest(.get, nowhere)) }
        for (reply, failure) in [("", ConnectionFailure.closed), ("SSH-2.0-OpenSSH\r\n\r\n", .foreign)] {
            _ = try await FaultServer.run { _, connection in
                try await connection.send(reply)
            } while: { server in
                await #expect(throws: failure) {
                    try await HTTPClient().send(HTTPRequest(.get, server.location()))
                }
            }
        }
    }
}

extension FaultServer {
    fileprivate func location(_ path: String = "/") -> HTTPURL {
        HTTPURL(.tcp(host: "127.0.0.1", port: port, isSecure: false), path: path)
    }
}
