// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore
import NIOPosix

/// One request to a daemon and its reply, byte for byte.
package enum HTTPExchange {
    package struct Reply: Sendable {
        /// Everything that was received, including the head and framing.
        package let bytes: [UInt8]

        package var text: String { String(decoding: bytes, as: UTF8.self) }

        package var status: Int? { text.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) } }

        /// The body, without the marks between the chunks.
        package var body: [UInt8] {
            let end = bytes.indices.first { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) }
            guard let end else { return [] }
            var rest = bytes[(end + 4)...]
            guard text.lowercased().contains("transfer-encoding: chunked") else { return Array(rest) }
            var body: [UInt8] = []
            while let mark = rest.firstIndex(of: UInt8(ascii: "\r")) {
                let size = Int(String(decoding: rest[..<mark], as: UTF8.self), radix: 16) ?? 0
                body += rest.dropFirst(mark - rest.startIndex + 2).prefix(size)
                rest = rest.dropFirst(mark - rest.startIndex + size + 4)
            }
            return body
        }
    }

    /// Sends a request to the unix socket at `path`.
    ///
    /// - Parameters:
    ///   - request: for example `POST /v1/ask`.
    ///   - until: hangs up as soon as the reply contains this; `nil`: reads the reply to its end.
    package static func send(
        _ request: String, json: String? = nil, headers: [String] = [], to path: String, host: String = "localhost",
        until: String? = nil
    ) async throws -> Reply {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(100))
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: message(request, json, ["Host: \(host)"] + headers)))
            var bytes = ByteBuffer()
            for try await part in inbound {
                bytes.writeImmutableBuffer(part)
                if let until, String(buffer: bytes).contains(until) { break }
            }
            return Reply(bytes: Array(bytes.readableBytesView))
        }
    }

    /// Keeps this many connections to the unix socket at `path` open, without requests.
    package static func holdConnections(_ count: Int, to path: String, while body: () async throws -> Void) async throws
    {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        var channels: [any Channel] = []
        for _ in 0..<count { channels.append(try await bootstrap.connect(unixDomainSocketPath: path).get()) }
        try await body()
        for channel in channels { try? await channel.close() }
    }

    private static func message(_ request: String, _ json: String?, _ headers: [String]) -> String {
        var lines = ["\(request) HTTP/1.1", "Connection: close"] + headers
        if let json { lines += ["Content-Type: application/json", "Content-Length: \(json.utf8.count)"] }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (json ?? "")
    }
}
