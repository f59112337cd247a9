// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Utterance

/// What the source brings, on its way to the text stage.
enum Incoming: Sendable {
    case text(String)
    /// The model reasons in a field of its own.
    case thinking
    /// The source said that its text is complete. Kept apart, since it is large and comes once: thousands of texts wait
    /// in as little memory as they can.
    indirect case complete(ModelSummary?)

    /// UTF-8 bytes that it holds; short text takes no less room than what a string holds within itself.
    var weight: Int {
        switch self {
        case .text(let text): max(text.utf8.count, Self.leastWeight)
        case .thinking, .complete: Self.leastWeight
        }
    }

    private static let leastWeight = MemoryLayout<String>.size
}

/// Reads the source into the text channel. A fault comes after the text that came before it.
struct ReceivingStage: Sendable {
    let source: Answer.Source
    let texts: BoundedChannel<Incoming>
    let journal: Journal

    func run() async throws -> Fault? {
        do {
            let summary = try await source { [texts, journal] event in
                switch event {
                case .text(let text): try await texts.send(.text(text))
                case .thinking: try await texts.send(.thinking)
                case .notice(let notice): journal.add(.notice(notice))
                case .connected: break
                }
            }
            try await texts.send(.complete(summary))
            texts.finish()
        } catch is BoundedChannel<Incoming>.ReceiverLeft {
            // The answer is long enough; the source was closed by the throw.
        } catch let fault as Fault {
            texts.finish(throwing: fault)
        }
        return nil
    }
}
