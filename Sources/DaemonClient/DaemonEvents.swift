// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import HTTP
import Utterance

/// The daemon's events as they come, until the connection ends in any way. Releasing the sequence closes the connection,
/// which stops the answer that was requested on it, unless that is detached.
package struct DaemonEvents: AsyncSequence, Sendable {
    package typealias Element = DeviceEvent

    /// Longer than any event of the daemon.
    private static let longestEvent = 16 << 20

    let body: HTTPBody
    let daemon: DaemonClient

    package struct AsyncIterator: AsyncIteratorProtocol {
        var parts: HTTPBody.AsyncIterator
        let daemon: DaemonClient
        var reader = SSEReader(limit: DaemonEvents.longestEvent)
        var ready: ArraySlice<ServerSentEvent> = []

        /// - Throws: `Fault(.daemonUnreachable)` if it can't be understood; what the body of the request threw;
        ///   `CancellationError`.
        package mutating func next() async throws -> DeviceEvent? {
            while true {
                if let event = ready.popFirst() {
                    do { return try DeviceEvent(name: event.name, json: event.data) } catch {
                        throw Fault.daemonNotUnderstood(daemon.socket)
                    }
                }
                let part: [UInt8]?
                do { part = try await parts.next() } catch is ConnectionFailure { return nil }
                guard let part else { return nil }
                do { try reader.read(part) { ready.append($0) } } catch {
                    throw Fault.daemonNotUnderstood(daemon.socket)
                }
            }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(parts: body.makeAsyncIterator(), daemon: daemon)
    }
}
