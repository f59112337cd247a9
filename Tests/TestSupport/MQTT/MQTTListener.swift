// SPDX-License-Identifier: GPL-3.0-or-later
import Threads

/// What `mosquitto_sub` receives of a broker's messages, for tests to wait for.
package final class MQTTListener: Sendable {
    package struct Message: Sendable, Hashable {
        package let topic: String
        package let isRetained: Bool
        package let payload: [UInt8]

        package var text: String { String(decoding: payload, as: UTF8.self) }

        /// - Parameter line: topic, flag and payload in hexadecimal digits.
        fileprivate init?(_ line: String) {
            let parts = line.split(separator: "|", omittingEmptySubsequences: false)
            guard parts.count == 3 else { return nil }
            topic = String(parts[0])
            isRetained = parts[1] == "1"
            let digits = Array(parts[2].utf8)
            payload = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
            }
        }
    }

    package struct Ended: Error {
        package let messages: [String]
    }

    private let child: ChildProcess
    private let received = Received<[Message]>([])

    /// Listens to all topics of a broker that runs; returns when it has subscribed.
    package init(_ broker: MosquittoBroker) async throws {
        let ready = "test/listens"
        child = try ChildProcess(
            ["/usr/bin/mosquitto_sub", "-h", "127.0.0.1", "-p", "\(broker.port)", "-F", "%t|%r|%x", "-t", "#"],
            takesSignals: true)
        startThread(name: "mosquitto_sub") { [received, child] in
            var line: [UInt8] = []
            while let byte = child.readByte() {
                guard byte == UInt8(ascii: "\n") else {
                    line.append(byte)
                    continue
                }
                if let message = Message(String(decoding: line, as: UTF8.self)) {
                    received.change { $0.append(message) }
                }
                line = []
            }
            received.end()
        }
        // What is kept comes to every new subscriber.
        try await broker.publish(ready, "yes", "-r")
        try await wait { $0.contains { $0.topic == ready } ? () : nil }
    }

    deinit {
        child.terminate()
    }

    /// All that came.
    package var messages: [Message] { received.contents }

    /// The first message with this topic that holds a text, as soon as it is there.
    @discardableResult
    package func message(_ topic: String, holding text: String = "", after count: Int = 0) async throws -> Message {
        try await wait { messages in
            messages.dropFirst(count).first { $0.topic == topic && $0.text.contains(text) }
        }
    }

    /// The last message with this topic, as soon as it holds a text.
    @discardableResult
    package func last(_ topic: String, holding text: String) async throws -> Message {
        try await wait { messages in
            messages.last { $0.topic == topic }.flatMap { $0.text.contains(text) ? $0 : nil }
        }
    }

    private func wait<Found>(for find: ([Message]) -> Found?) async throws -> Found {
        guard let found = try await received.wait(for: find) else {
            throw Ended(messages: messages.map { "\($0.topic): \($0.text)" })
        }
        return found
    }
}
