// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
package import LanguageModel

/// A source that starts before there is an answer to take its text, so that the voice can start while the request is
/// under way.
package struct PrefetchedSource: Sendable {
    private let source: Answer.Source
    private let events = BoundedChannel<ModelEvent>(capacity: 64 * 1024, weigh: \.weight)
    private let summary = Promise<ModelSummary?>()

    package init(_ source: @escaping Answer.Source) {
        self.source = source
    }

    /// Runs the source, at most 64 KiB of text ahead of the answer. Cancel it once the answer has ended.
    package func run() async {
        do {
            summary.fulfill(try await source { [events] in try await events.send($0) })
            events.finish()
        } catch {
            events.finish(throwing: error)
        }
    }

    /// The answer's source: delivers what has already arrived, and what follows.
    package func bring(
        to deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary? {
        defer { events.leave() }
        while let event = try await events.receive() { try await deliver(event) }
        return try await summary.value()
    }
}

extension ModelEvent {
    /// In bytes; an event without text takes as much memory as one with a short text.
    fileprivate var weight: Int {
        guard case .text(let text) = self else { return MemoryLayout<Self>.size }
        return max(text.utf8.count, MemoryLayout<Self>.size)
    }
}
