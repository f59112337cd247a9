// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonClient
import Synchronization
import Threads
import Utterance

/// Passes Model Context Protocol messages, one per line, from standard input to the daemon, and its replies to standard
/// output.
final class MCPBridge: Sendable {
    /// In bytes. The daemon's own limit is lower.
    private static let longestLine = 1 << 20

    /// The calls that have not been answered, by their ID; finishing a call's stream cancels it.
    private let calls = Mutex<[JSONValue: AsyncStream<Never>.Continuation]>([:])
    private let findDaemon: @Sendable () throws(Fault) -> DaemonClient?

    init(findDaemon: @escaping @Sendable () throws(Fault) -> DaemonClient?) {
        self.findDaemon = findDaemon
    }

    /// Runs until standard input has ended and all calls are answered.
    ///
    /// - Throws: `Fault` if standard input or output can't be used; `CancellationError`.
    func run() async throws {
        let input = try StandardInput()
        let (replies, output) = AsyncStream.makeStream(of: [UInt8].self)
        try await withThrowingTaskGroup { group in
            group.addTask(executorPreference: ThreadTaskExecutor(name: "utter-console")) {
                for await reply in replies {
                    // Between JSON tokens, LF is only whitespace; in strings it is escaped.
                    try Console.write(String(decoding: reply.filter { $0 != 0x0A }, as: UTF8.self) + "\n")
                }
            }
            group.addTask { [self] in
                defer { output.finish() }
                try await withThrowingDiscardingTaskGroup { calls in
                    var lines = ByteLines(limit: Self.longestLine)
                    while let bytes = try await input.read() {
                        for line in try lines.append(bytes) { start(line, in: &calls, output) }
                    }
                    start(lines.rest, in: &calls, output)
                }
            }
            for try await _ in group {}
        }
    }

    private func start(
        _ line: [UInt8], in group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ output: AsyncStream<[UInt8]>.Continuation
    ) {
        guard line.contains(where: { $0 > 0x20 }) else { return }
        // The daemon rejects anything that is not JSON.
        let message = (try? JSON.object(line)) ?? .null
        if message["method"] == "notifications/cancelled", let id = message["params"]?["requestId"] {
            calls.withLock { $0[id] }?.finish()
            return
        }
        let id = message["id"]
        let (stop, continuation) = AsyncStream.makeStream(of: Never.self)
        if let id { calls.withLock { $0[id] = continuation } }
        group.addTask { [self] in
            defer {
                if let id { calls.withLock { $0[id] = nil } }
            }
            if let reply = await reply(to: line, id, until: stop) { output.yield(reply) }
        }
    }

    /// - Returns: `nil` for a notification, and for a call that was cancelled.
    private func reply(to line: [UInt8], _ id: JSONValue?, until stop: AsyncStream<Never>) async -> [UInt8]? {
        await withTaskGroup { [self] group in
            group.addTask { [self] in
                do { return try await send(line) } catch let fault as Fault {
                    return id.flatMap { Self.failure(fault, of: $0) }
                } catch { return nil }
            }
            group.addTask {
                for await _ in stop {}
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// Finds the daemon each time, since it may have been restarted.
    private func send(_ line: [UInt8]) async throws -> [UInt8]? {
        guard let daemon = try findDaemon() else { throw Fault.noDaemon }
        return try await daemon.callTools(line)
    }

    private static func failure(_ fault: Fault, of id: JSONValue) -> [UInt8]? {
        // JSON-RPC 2.0 reserves the codes from -32000 down to -32099 for implementations.
        let reply: JSONValue = [
            "jsonrpc": "2.0", "id": id, "error": ["code": -32000, "message": .string(fault.message)],
        ]
        return try? JSON.encode(reply)
    }
}

/// Splits bytes into lines at LF. JSON strings may contain other line breaks, such as U+2028.
private struct ByteLines {
    let limit: Int
    /// The last line, which has not ended yet.
    private(set) var rest: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Appends bytes.
    ///
    /// - Returns: the lines that `bytes` complete, without their ends.
    /// - Throws: `Fault(.inputInvalid)` if a line is too long.
    mutating func append(_ bytes: [UInt8]) throws(Fault) -> [[UInt8]] {
        rest += bytes
        var lines = rest.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        rest = lines.removeLast()
        guard lines.allSatisfy({ $0.count <= limit }), rest.count <= limit else {
            throw Fault(.inputInvalid, "A message is longer than \(limit / 1_048_576) MiB.")
        }
        return lines
    }
}
