// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import NIOCore

extension FaultServer {
    /// The server's end of one connection.
    package struct Connection: Sendable {
        private let channel: any Channel
        /// The request, once it is complete.
        let request = Signal<Request>()
        /// Set before the server itself closes the connection.
        let wasClosedHere = Gate()
        /// The body of a chunked request as it arrives, including the marks between the chunks; for a single reader.
        package let body: AsyncStream<[UInt8]>
        private let bodyWriter: AsyncStream<[UInt8]>.Continuation

        init(channel: any Channel) {
            self.channel = channel
            (body, bodyWriter) = AsyncStream.makeStream()
        }

        func add(_ bytes: [UInt8]) {
            bodyWriter.yield(bytes)
        }

        func endBody() {
            bodyWriter.finish()
        }

        /// Waits until the body of a chunked request contains `text`.
        package func body(holding text: String) async {
            var received: [UInt8] = []
            for await bytes in body {
                received += bytes
                if String(decoding: received, as: UTF8.self).contains(text) { return }
            }
        }

        /// Writes `bytes` at once, and returns when the kernel has them.
        package func send(_ bytes: [UInt8]) async throws {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        }

        package func send(_ text: String) async throws {
            try await send(Array(text.utf8))
        }

        /// Writes `bytes` in chunks of `count`, each in a separate write.
        package func send(_ bytes: [UInt8], by count: Int) async throws {
            for start in stride(from: 0, to: bytes.count, by: count) {
                try await send(Array(bytes[start..<min(start + count, bytes.count)]))
            }
        }

        /// Closes with FIN, whatever the reply has promised.
        package func cut() async throws {
            wasClosedHere.open()
            try await channel.close().get()
        }

        /// Closes without marking the connection as closed by the server.
        func close() async {
            try? await channel.close().get()
        }

        /// Closes with RST.
        package func reset() async throws {
            guard let socket = channel as? any SocketOptionProvider else { return }
            try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            try await cut()
        }

        /// Sends nothing more until the test is over.
        package func staySilent() async throws {
            try await Gate().opened()
        }
    }
}
