// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Utterance

/// What the source delivers to the text stage.
enum Incoming: Sendable {
    case text(String)
    /// The model is reasoning, in a separate field.
    case thinking
    /// The source's text is complete. Indirect because it is large and comes once, while thousands of texts may be
    /// waiting.
    indirect case complete(ModelSummary?)

    /// Its UTF-8 bytes, but at least the size of a string.
    var weight: Int {
        switch self {
        case .text(let text): max(text.utf8.count, Self.leastWeight)
        case .thinking, .complete: Self.leastWeight
        }
    }

    private static let leastWeight = MemoryLayout<String>.size
}

/// Passes the source's text to the text channel. A fault follows the text that came before it.
struct ReceivingStage: Sendable {
    let source: Answer.Source
    let texts: BoundedChannel<Incoming>
    let recorder: EventRecorder

    func run() async throws -> Fault? {
        do {
            let summary = try await source { [texts, recorder] event in
                switch event {
                case .text(let text): try await texts.send(.text(text))
                case .thinking: try await texts.send(.thinking)
                case .notice(let notice): recorder.add(.notice(notice))
                case .connected: break
                }
            }
            try await texts.send(.complete(summary))
            texts.finish()
        } catch is BoundedChannel<Incoming>.ReceiverLeft {
            // The answer is long enough; throwing has closed the source.
        } catch let fault as Fault {
            texts.finish(throwing: fault)
        }
        return nil
    }
}
