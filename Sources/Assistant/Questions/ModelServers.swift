// SPDX-License-Identifier: GPL-3.0-or-later
package import LanguageModel
import Utterance

/// The model servers in order of preference, and which of them failed recently.
package struct ModelServers: Sendable {
    /// A server that answers while those before it don't.
    package struct Fallback: Sendable {
        var server: ModelServer
        /// `nil`: one of the installed models.
        var model: String?
    }

    /// A server, and the model to ask there if none is named.
    struct Candidate: Sendable {
        let server: ModelServer
        let model: String?
        let isPreferred: Bool
        let chosen: ChosenModel

        var address: ServerAddress { server.configuration.address }
    }

    let candidates: [Candidate]
    let failed: FailedServers

    /// The server that is asked first; `nil` for the demo.
    package var preferred: ModelServer? { candidates.first?.server }

    /// Without servers, the demo answers.
    init(
        _ preferred: ModelServer? = nil, fallbacks: [Fallback] = [], chosen: ChosenModel = ChosenModel(),
        failed: FailedServers = .shared
    ) {
        let first = preferred.map { Candidate(server: $0, model: nil, isPreferred: true, chosen: chosen) }
        let others = fallbacks.map {
            Candidate(server: $0.server, model: $0.model, isPreferred: false, chosen: ChosenModel())
        }
        candidates = [first].compactMap(\.self) + others
        self.failed = failed
    }

    /// Whether one of them has answered before.
    var wereFound: Bool { candidates.contains { $0.chosen.wasFound } }

    /// The servers in the order in which to ask them: those that failed recently come last.
    var inOrder: [Candidate] {
        let resting = candidates.map { failed.isResting($0.address) }
        let pairs = zip(candidates, resting)
        return pairs.filter { !$0.1 }.map(\.0) + pairs.filter(\.1).map(\.0)
    }

    /// Asks one server after another until one answers.
    ///
    /// Once text has been delivered, no other server is asked, since the listener would hear the beginning twice. A
    /// notice announces once that another server took over, and once that the first is back.
    ///
    /// - Parameter ask: asks the candidate. Its errors that are not about the server are rethrown.
    /// - Throws: the fault of the first server that was asked, if none answers.
    func answer(
        _ deliver: @escaping @Sendable (ModelEvent) async throws -> Void,
        ask: (Candidate, @escaping @Sendable (ModelEvent) async throws -> Void) async throws -> ModelSummary
    ) async throws -> ModelSummary {
        guard candidates.count > 1 else {
            guard let only = candidates.first else { throw CancellationError() }
            return try await ask(only, deliver)
        }
        var first: Fault?
        let order = inOrder
        for (index, candidate) in order.enumerated() {
            let progress = AnswerProgress()
            do {
                return try await ask(candidate) { [failed] event in
                    if case .text = event, progress.begins(), failed.remove(candidate.address) {
                        try await deliver(.notice(.answersAgain(candidate.address)))
                    }
                    try await deliver(event)
                }
            } catch let fault as Fault
                where (fault.isAboutServer || !candidate.isPreferred && fault.code == .modelNotFound)
                && !progress.hasBegun
            {
                first = first ?? fault
                let isNew = failed.insert(candidate.address)
                if isNew, index + 1 < order.count {
                    try await deliver(.notice(.takesOver(order[index + 1].address, after: fault)))
                }
            }
        }
        throw first ?? CancellationError()
    }
}

extension Fault {
    /// Whether another server may be able to answer the same question.
    fileprivate var isAboutServer: Bool {
        switch code {
        case .modelUnreachable, .modelFailed, .modelBusy, .modelSilent, .modelProtocol, .modelUnauthorized,
            .modelNoneInstalled, .modelTruncated, .modelOutOfMemory:
            true
        default: false
        }
    }
}

extension Notice {
    /// The code that tells the daemon to watch the preferred server.
    package static let takesOverCode = "model_server_failed"

    fileprivate static func takesOver(_ address: ServerAddress, after fault: Fault) -> Notice {
        Notice(takesOverCode, "\(fault.message) The server at \(address) answers in the meantime.")
    }

    fileprivate static func answersAgain(_ address: ServerAddress) -> Notice {
        Notice("model_server_back", "The model server at \(address) answers again.")
    }
}
