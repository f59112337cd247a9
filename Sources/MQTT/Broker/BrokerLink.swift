// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Glibc
import Synchronization
import Threads
import Utterance

/// A connection to a broker that is reestablished whenever it is lost, until it is closed. It has a separate thread,
/// since libmosquitto blocks while it connects.
package final class BrokerLink: Sendable {
    package enum Event: Sendable, Hashable {
        /// The broker has accepted the connection, and was asked for the subscriptions.
        ///
        /// - Parameter wasTold: whether a failure was reported before.
        case connected(wasTold: Bool)
        case message(IncomingMessage)
        /// Messages came faster than they were taken, and this many are lost.
        case messagesLost(Int)
        /// There is no connection; it is tried again.
        ///
        /// - Parameter isNews: whether the failure differs from the last one.
        case failed(BrokerFailure, isNews: Bool)
    }

    private struct Outbox {
        var messages: [OutgoingMessage] = []
        var isClosing = false
    }

    private enum Phase {
        case away, connected, ended
    }

    /// How often an idle connection is checked; shorter than the keep-alive time.
    private static let tick = Duration.seconds(5)
    /// How long the last messages may take when the connection is closed.
    private static let closingLimit = Duration.seconds(1)

    private let options: BrokerOptions
    private let clock = MonotonicClock()
    private let outbox = Mutex(Outbox())
    private let inbox = Watched(BrokerInbox())
    private let phase = Watched(Phase.away)
    private let wake = EventDescriptor()

    /// Starts its thread.
    package init(_ options: BrokerOptions) {
        self.options = options
        startThread(name: "mqtt") { [self] in run() }
    }

    /// Waits for what happens next.
    ///
    /// - Throws: `CancellationError`.
    package func next() async throws -> Event {
        try await inbox.wait { $0.take() }
    }

    /// Sends a message, or drops it while there is no connection.
    ///
    /// Messages wait for a slow broker, but not for long: pings wait in the same queue, and the connection ends if one isn't
    /// answered in time.
    package func publish(_ message: OutgoingMessage) {
        guard phase.current == .connected else { return }
        outbox.withLock { $0.messages.append(message) }
        wake.signal()
    }

    /// Closes the connection in order, if there is one, and ends the thread. Returns soon.
    package func close() async {
        outbox.withLock { $0.isClosing = true }
        wake.signal()
        // While there is no connection the thread may be in a call that blocks; nobody needs to wait for that.
        await phase.waitRegardless { $0 == .connected ? nil : () }
    }

    // MARK: - The thread

    private func run() {
        var policy = ReconnectPolicy()
        while !isClosing {
            var accepted: Moment?
            do throws(BrokerFailure) {
                try hold(&policy, &accepted)
                break
            } catch {
                phase.change { $0 = .away }
                let retry = policy.failed(error, after: accepted?.duration(to: clock.now))
                if retry.wait > .zero {
                    inbox.change { $0.add(.failed(error, isNews: retry.isNews)) }
                }
                pause(retry.wait)
            }
        }
        phase.change { $0 = .ended }
    }

    private var isClosing: Bool { outbox.withLock(\.isClosing) }

    /// Connects and serves the connection; returns once it was closed on request.
    ///
    /// - Parameter accepted: when the broker accepted it.
    private func hold(_ policy: inout ReconnectPolicy, _ accepted: inout Moment?) throws(BrokerFailure) {
        let connection = try MosquittoConnection(options)
        try connection.connect(policy.version)
        let limit = clock.now.advanced(by: options.answerLimit)
        while true {
            try wait(for: connection, atMost: accepted == nil ? .seconds(1) : Self.tick)
            if accepted == nil, connection.isAccepted {
                accepted = clock.now
                try connection.subscribe()
                outbox.withLock { $0.messages = [] }
                phase.change { $0 = .connected }
                let wasTold = policy.connected()
                inbox.change { $0.add(.connected(wasTold: wasTold)) }
            }
            let messages = connection.takeMessages()
            if !messages.isEmpty { inbox.change { inbox in messages.forEach { inbox.add($0) } } }
            let (outgoing, isClosing) = outbox.withLock { outbox in
                defer { outbox.messages = [] }
                return (outbox.messages, outbox.isClosing)
            }
            if accepted == nil {
                if isClosing { return }
                guard clock.now < limit else { throw .silent }
            } else {
                for message in outgoing { try connection.publish(message) }
                if isClosing { return try end(connection) }
            }
        }
    }

    /// Waits until there is something to read or write, or somebody wakes the thread, and handles it.
    private func wait(
        for connection: borrowing MosquittoConnection, atMost time: Duration
    ) throws(BrokerFailure) {
        let wanted = Int16(POLLIN) | (connection.wantsToWrite ? Int16(POLLOUT) : 0)
        var descriptors = [
            pollfd(fd: connection.socket, events: wanted, revents: 0),
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe poll(&descriptors, 2, CInt(time.inMilliseconds))
        if descriptors[1].revents != 0 { wake.clear() }
        if descriptors[0].revents & Int16(POLLOUT) != 0 { try connection.write() }
        if descriptors[0].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 { try connection.read() }
        try connection.keepAlive()
    }

    private func end(_ connection: borrowing MosquittoConnection) throws(BrokerFailure) {
        if let will = options.will { try connection.publish(will) }
        let limit = clock.now.advanced(by: Self.closingLimit)
        while connection.wantsToWrite, clock.now < limit { try wait(for: connection, atMost: .milliseconds(100)) }
        connection.disconnect()
    }

    /// Sleeps, unless the link is closing.
    private func pause(_ time: Duration) {
        let end = clock.now.advanced(by: time)
        while !isClosing, clock.now < end {
            var descriptor = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
            // Rounded up, so that it doesn't spin through the last millisecond.
            _ = unsafe poll(&descriptor, 1, CInt(clock.now.duration(to: end).inMilliseconds) + 1)
            if descriptor.revents != 0 { wake.clear() }
        }
    }
}

extension BrokerLink {
    /// Connects once, and closes the connection.
    ///
    /// - Returns: why it failed; `nil` if it worked.
    package static func trial(_ options: BrokerOptions, within limit: Duration) async throws -> BrokerFailure? {
        let link = BrokerLink(options)
        do {
            let outcome = try await withLimit(limit, clock: MonotonicClock()) { try await link.firstFailure() }
            await link.close()
            guard let outcome else { return .silent }
            return outcome
        } catch {
            await link.close()
            throw error
        }
    }

    /// - Returns: `nil` once the broker has accepted the connection.
    private func firstFailure() async throws -> BrokerFailure? {
        while true {
            switch try await next() {
            case .connected: return nil
            case .failed(let failure, _): return failure
            case .message, .messagesLost: break
            }
        }
    }
}
