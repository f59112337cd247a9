// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials

extension UtterProgram {
    /// What a running program has printed so far, which tests can wait for.
    final class Transcript: Sendable {
        struct Text: Sendable {
            var output: [UInt8] = []
            var errors: [UInt8] = []
            var events: [Event] = []
            var strayLines: [String] = []
            /// Where the line that has not ended yet begins in `output`.
            fileprivate var lineStart = 0
        }

        struct Ended: Error, CustomStringConvertible {
            var errors: String
            var description: String { "utter ended before what was waited for; it said: \(errors)" }
        }

        private let received = Received(Text())

        var text: Text { received.contents }

        func add(output bytes: [UInt8]) {
            received.change { text in
                text.output += bytes
                text.readEvents()
            }
        }

        func add(errors bytes: [UInt8]) {
            received.change { $0.errors += bytes }
        }

        func end() {
            received.end()
        }

        /// Waits until `find` finds what it is looking for.
        @discardableResult
        func wait<Found>(for find: (Text) -> Found?) async throws -> Found {
            guard let found = try await received.wait(for: find) else {
                throw Ended(errors: String(decoding: text.errors, as: UTF8.self))
            }
            return found
        }

        func waitForEnd() async throws {
            _ = try await received.wait { _ in Void?.none }
        }
    }

    /// A line of `--events`.
    package struct Event: Sendable, Decodable {
        package let event: String
        package let answer: String
        package let seq: Int
        package let ms: Double
        package let index: Int?
        package let text: String?
        package let spoken: String?
        package let voice: String?
        package let start: Int?
        package let end: Int?
        package let code: String?
        package let message: String?
        package let heardEnd: Int?
        package let signal: String?
        package let pieces: Int?
        package let textBytes: Int?
        package let underruns: Int?

        private enum CodingKeys: String, CodingKey {
            case event, answer, seq, ms, index, text, spoken, voice, start, end, code, message, signal, pieces,
                underruns
            case heardEnd = "heard_end"
            case textBytes = "text_bytes"
        }
    }
}

extension UtterProgram.Transcript.Text {
    /// Reads the complete lines as events, if they should be: text and sound are not.
    fileprivate mutating func readEvents() {
        guard output.first == UInt8(ascii: "{") else { return }
        while let end = output[lineStart...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = Array(output[lineStart..<end])
            lineStart = end + 1
            if let event = try? JSONDecoder().decode(UtterProgram.Event.self, from: Data(line)) {
                events.append(event)
            } else {
                strayLines.append(String(decoding: line, as: UTF8.self))
            }
        }
    }
}
