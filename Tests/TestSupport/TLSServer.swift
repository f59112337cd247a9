// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Subprocess
import Synchronization
import SystemPackage

/// OpenSSL's own TLS server on this machine, with a certificate that nobody trusts. It serves one connection.
package struct TLSServer: Sendable {
    package let port: Int
    /// The path of the certificate.
    package let certificate: String
    private let writer: StandardInputWriter
    private let received: Received

    private final class Received: Sendable {
        private let text = Mutex("")
        private let arrivals = AsyncStream.makeStream(of: Void.self)

        func add(_ more: String) {
            text.withLock { $0 += more }
            arrivals.continuation.yield()
        }

        func end() {
            arrivals.continuation.finish()
        }

        func wait<Value>(for find: (String) -> Value?) async -> Value? {
            if let value = find(text.withLock { $0 }) { return value }
            for await _ in arrivals.stream {
                if let value = find(text.withLock { $0 }) { return value }
            }
            return nil
        }
    }

    package struct NotStarted: Error {}

    /// Runs a server in `folder`, where it leaves its key and its certificate for `localhost` and 127.0.0.1.
    package static func run<Result: Sendable>(
        in folder: String, while body: @Sendable (TLSServer) async throws -> Result
    ) async throws -> Result {
        let (key, certificate) = ("\(folder)/key.pem", "\(folder)/certificate.pem")
        _ = try await Subprocess.run(
            .name("openssl"),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key,
                "-out", certificate,
            ], output: .discarded, error: .discarded)
        let outcome = try await Subprocess.run(
            .name("openssl"),
            arguments: ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key],
            input: .inputWriter, output: .sequence, error: .discarded
        ) { execution in
            let received = Received()
            let output = execution.standardOutput
            return try await withThrowingTaskGroup(of: Void.self) { group in
                defer { try? execution.send(signal: .terminate) }
                group.addTask {
                    for try await bytes in output {
                        received.add(unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) })
                    }
                    received.end()
                }
                let port = await received.wait { text in
                    text.firstMatch(of: /ACCEPT \S+:(\d+)\n/).flatMap { Int($0.1) }
                }
                guard let port else { throw NotStarted() }
                return try await body(
                    TLSServer(
                        port: port, certificate: certificate, writer: execution.standardInputWriter, received: received)
                )
            }
        }
        return outcome.closureResult
    }

    /// Waits until `text` was received.
    package func received(_ text: String) async -> Bool {
        await received.wait { $0.contains(text) ? true : nil } ?? false
    }

    package func send(_ text: String) async throws {
        _ = try await writer.write(Array(text.utf8))
    }
}
