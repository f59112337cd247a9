// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// Events of the daemon, as they come, until the connection ends in whatever way. Letting go of them closes it, which
/// stops the answer that was asked for by it unless that is detached.
package struct ServiceEvents: AsyncSequence, Sendable {
    package typealias Element = ServiceEvent

    let body: HTTPBody
    let daemon: DaemonClient

    package struct AsyncIterator: AsyncIteratorProtocol {
        var parts: HTTPBody.AsyncIterator
        let daemon: DaemonClient
        var reader = EventReader()
        var ready: ArraySlice<EventReader.Message> = []

        /// - Throws: `Fault(.daemonUnreachable)` if it can't be understood; what the body of the request threw;
        ///   `CancellationError`.
        package mutating func next() async throws -> ServiceEvent? {
            while true {
                if let message = ready.popFirst() {
                    do { return try ServiceEvent(message) } catch { throw Fault.daemonNotUnderstood(daemon.socket) }
                }
                let part: [UInt8]?
                do { part = try await parts.next() } catch is ConnectionFailure { return nil }
                guard let part else { return nil }
                do { ready = try reader.read(part)[...] } catch {
                    throw Fault.daemonNotUnderstood(daemon.socket)
                }
            }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(parts: body.makeAsyncIterator(), daemon: daemon)
    }
}
