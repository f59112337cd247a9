// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Pipeline
import ServiceClient
import Utterance

/// What the daemon is to speak.
enum DaemonRequest: Sendable {
    case ask(AskRequest)
    case say(String, Delivery)
    /// Standard input, as it comes.
    case sayInput(Delivery)
    case signal(AudibleSignal)

    /// - Returns: the answer's events.
    /// - Throws: `Fault` if the daemon does not take the request, or can't be reached.
    func send(to daemon: DaemonClient) async throws -> ServiceEvents {
        switch self {
        case .ask(let question): return try await daemon.ask(question)
        case .say(let text, let delivery): return try await daemon.say(text, delivery)
        case .signal(let signal): return try await daemon.signal(signal)
        case .sayInput(let delivery):
            let input = try StandardInput()
            return try await daemon.say(AsyncThrowingStream { try await input.read() }, delivery)
        }
    }
}
