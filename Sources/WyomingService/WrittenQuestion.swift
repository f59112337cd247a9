// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import Pipeline
import Utterance
import WyomingFrames

/// A question that is answered in writing; the client speaks or shows the answer.
struct WrittenQuestion: Sendable {
    private let backend: WyomingBackend
    private let text: String
    private let session: String

    /// Keeps clients' conversations apart from those of the device's own users.
    private static let prefix = "wyoming"

    /// - Parameter event: a `transcript`. Its `context` may name the conversation.
    init(_ event: WyomingEvent, _ backend: WyomingBackend) {
        self.backend = backend
        text = event.data["text"]?.text ?? ""
        let conversation = event.data["context"]?["conversation_id"]?.text ?? ""
        let name = conversation.isEmpty ? Self.prefix : "\(Self.prefix) \(conversation.printable)"
        session = String(name.prefix(Sessions.nameLengths.upperBound))
    }

    /// Answers the question. Cancelling the task stops the answer.
    func answer(_ replies: WyomingReplies) async {
        do {
            let result = try await ask()
            let parameters = try await backend.scheduler.parameters(of: Delivery(policy: .queue))
            let answer = PlainAnswer(result.text, parameters.text).text
            switch result.ending {
            case .finished: try await replies.send("handled", ["text": .string(answer)])
            case .stopped: try await replies.send("not-handled", ["text": .string(answer)])
            case .failed(let fault): try await replies.send("not-handled", ["text": .string(apology(answer, fault))])
            }
        } catch let fault as Fault {
            try? await replies.send("not-handled", ["text": .string(apology("", fault))])
        } catch {
            // The client is gone.
        }
    }

    private func ask() async throws -> AnswerResult {
        guard !text.trimmed.isEmpty else { throw Fault(.usage, "There is no question.") }
        guard text.count <= backend.longestText else {
            throw Fault(.usage, "The question has more than \(backend.longestText) characters.")
        }
        let delivery = Delivery(speaks: backend.speaksAnswers, wantsText: true)
        let admission = try await backend.scheduler.ask(
            AskRequest(prompt: text, session: session, delivery: delivery))
        do { return try await admission.result.value() } catch {
            await backend.scheduler.stop(admission.answer)
            throw error
        }
    }

    /// The part of the answer that arrived, and why there is no more.
    private func apology(_ answer: String, _ fault: Fault) -> String {
        answer.isEmpty ? fault.message : "\(answer) \(fault.message)"
    }
}
