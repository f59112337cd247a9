// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore
import NIOPosix

/// One request to a daemon and its reply, byte for byte.
package enum HTTPExchange {
    package struct Reply: Sendable {
        /// All that came, head and framing included.
        package let text: String

        package var status: Int? { text.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) } }
    }

    /// Sends a request to the unix socket at `path`.
    ///
    /// - Parameters:
    ///   - request: such as `POST /v1/ask`.
    ///   - until: hangs up as soon as the reply holds this; `nil`: reads it to its end.
    package static func send(
        _ request: String, json: String? = nil, headers: [String] = [], to path: String, until: String? = nil
    ) async throws -> Reply {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: message(request, json, headers)))
            var bytes = ByteBuffer()
            for try await part in inbound {
                bytes.writeImmutableBuffer(part)
                if let until, String(buffer: bytes).contains(until) { break }
            }
            return Reply(text: String(buffer: bytes))
        }
    }

    private static func message(_ request: String, _ json: String?, _ headers: [String]) -> String {
        var lines = ["\(request) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
        if let json { lines += ["Content-Type: application/json", "Content-Length: \(json.utf8.count)"] }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (json ?? "")
    }
}
