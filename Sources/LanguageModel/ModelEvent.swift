// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// An event while an answer arrives.
package enum ModelEvent: Sendable, Hashable {
    /// The connection is established and the request is on its way. The wait for the first word begins.
    case connected
    /// Part of the model's reasoning, from a separate field. Never spoken.
    case thinking(String)
    /// Part of the answer, split by the server, perhaps inside a word, a tag or a grapheme cluster.
    case text(String)
    /// A notice for the user; the answer continues.
    case notice(Notice)
}

/// The statistics of a complete answer.
package struct ModelSummary: Sendable, Hashable {
    /// Why the model stopped.
    package enum Finish: Sendable, Hashable {
        /// The answer was finished.
        case stop
        /// The answer was cut off by the limit on its length (`num_predict`, `max_tokens`), or by the end of the
        /// context.
        case length
        /// Any other reason, such as `load` or `content_filter`.
        case other(String)

        init(reason: String?) {
            switch reason {
            case nil, "", "stop", "eos", "eos_token", "end_turn", "stop_sequence": self = .stop
            case "length", "max_tokens", "model_context_window_exceeded": self = .length
            case .some(let reason): self = .other(reason)
            }
        }
    }

    package var finish: Finish
    package var promptTokens: Int?
    package var outputTokens: Int?
    /// Time the server spent generating.
    package var generation: Duration?

    package init(finish: Finish) {
        self.finish = finish
    }
}
