// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore
import NIOPosix

/// A client that sends exactly the bytes that a test says, and reads what comes as HTTP/1.1. Used by one task.
final class RawClient {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let channel: any Channel
    /// Came, and was not read yet.
    private var bytes: [UInt8] = []
    private var isAtEnd = false
    /// Came in chunks, and was not read as lines yet.
    private var stream: [UInt8] = []

    private init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        _ channel: any Channel
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
        self.channel = channel
    }

    /// Connects while `body` runs.
    static func with<Result>(_ address: SocketAddress, _ body: (RawClient) async throws -> Result) async throws
        -> Result
    {
        let connection = try await ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
            // NIO's own limit of 10 s is none for a busy machine.
            .connectTimeout(.seconds(100))
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await connection.executeThenClose { inbound, outbound in
            try await body(RawClient(inbound, outbound, connection.channel))
        }
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Sends all that it will send, and still reads.
    func finishSending() {
        outbound.finish()
    }

    func hangUp() async throws {
        try await channel.close()
    }

    /// - Returns: whether more came.
    private func readMore() async -> Bool {
        // A reset ends the stream, too.
        guard !isAtEnd, let buffer = try? await inbound.next() else {
            isAtEnd = true
            return false
        }
        bytes += buffer.readableBytesView
        return true
    }

    /// What comes next; `nil` at the connection's end.
    func some() async -> [UInt8]? {
        if bytes.isEmpty, await !readMore() { return nil }
        defer { bytes = [] }
        return bytes
    }

    /// A line without its end; `nil` at the connection's end.
    func line() async -> String? {
        while true {
            if let end = bytes.firstIndex(of: 0x0A) {
                defer { bytes.removeSubrange(...end) }
                return String(decoding: bytes[..<end].filter { $0 != 0x0D }, as: UTF8.self)
            }
            guard await readMore() else { return nil }
        }
    }

    private func read(_ count: Int) async -> [UInt8] {
        while bytes.count < count, await readMore() {}
        defer { bytes.removeFirst(min(count, bytes.count)) }
        return Array(bytes.prefix(count))
    }

    /// All that comes until the server closes.
    @discardableResult
    func rest() async -> [UInt8] {
        while await readMore() {}
        defer { bytes = [] }
        return bytes
    }

    struct Head {
        var status: Int
        /// By their names in lower case.
        var headers: [String: String] = [:]
    }

    /// `nil` if the server closes instead.
    func head() async -> Head? {
        guard let first = await line(), first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3))
        else { return nil }
        var head = Head(status: status)
        while let line = await line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            head.headers[parts[0].lowercased()] = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        }
        return head
    }

    /// The next chunk of a chunked body; `nil` after the last one, or if the connection ends first.
    func chunk() async -> [UInt8]? {
        guard let line = await line(), let count = Int(line, radix: 16) else { return nil }
        let chunk = await read(count)
        _ = await self.line()
        return count == 0 || chunk.count < count ? nil : chunk
    }

    /// A line of a chunked body, without its end; `nil` at the body's end.
    func streamLine() async -> String? {
        while true {
            if let end = stream.firstIndex(of: 0x0A) {
                defer { stream.removeSubrange(...end) }
                return String(decoding: stream[..<end], as: UTF8.self)
            }
            guard let chunk = await chunk() else { return nil }
            stream += chunk
        }
    }

    /// A response with its body.
    func reply(toHead isHead: Bool = false) async -> Reply? {
        guard let head = await head() else { return nil }
        var reply = Reply(status: head.status, headers: head.headers)
        if isHead || head.status == 204 { return reply }
        if let length = head.headers["content-length"].flatMap({ Int($0) }) {
            reply.body = await read(length)
        } else if head.headers["transfer-encoding"] == "chunked" {
            while let chunk = await chunk() { reply.body += chunk }
        } else {
            reply.body = await rest()
        }
        return reply
    }
}
