// SPDX-License-Identifier: GPL-3.0-or-later
import AsyncHTTPClient
import NIOCore
import Utterance

/// Events of the daemon, as they come, until the connection ends in whatever way. Letting go of them closes it, which
/// stops the answer that was asked for by it unless that is detached.
package struct ServiceEvents: AsyncSequence, Sendable {
    package typealias Element = ServiceEvent

    let parts: HTTPClientResponse.Body
    let daemon: DaemonClient

    package struct AsyncIterator: AsyncIteratorProtocol {
        var parts: HTTPClientResponse.Body.AsyncIterator
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
                let part: ByteBuffer?
                do { part = try await parts.next() } catch {
                    try Task.checkCancellation()
                    if let fault = error as? Fault { throw fault }
                    return nil
                }
                guard let part else { return nil }
                do { ready = try reader.read(part.readableBytesView)[...] } catch {
                    throw Fault.daemonNotUnderstood(daemon.socket)
                }
            }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(parts: parts.makeAsyncIterator(), daemon: daemon)
    }
}
