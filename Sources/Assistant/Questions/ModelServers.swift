// SPDX-License-Identifier: GPL-3.0-or-later
package import LanguageModel
import Utterance

/// The model servers in order of preference, and the ones among them that failed lately.
package struct ModelServers: Sendable {
    /// A server that answers while those before it don't.
    package struct Fallback: Sendable {
        var server: ModelServer
        /// `nil`: one that is installed.
        var model: String?
    }

    /// A server, and the model that is asked there where none is named.
    struct Candidate: Sendable {
        let server: ModelServer
        let model: String?
        let isPreferred: Bool
        let chosen: ChosenModel

        var address: ServerAddress { server.configuration.address }
    }

    let candidates: [Candidate]
    let failed: FailedServers

    /// The server that is asked first; `nil`: the demo.
    package var preferred: ModelServer? { candidates.first?.server }

    /// Without a server, the demo answers.
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

    /// In the order in which to ask them: those that failed lately come last.
    var inOrder: [Candidate] {
        let resting = candidates.map { failed.isResting($0.address) }
        let pairs = zip(candidates, resting)
        return pairs.filter { !$0.1 }.map(\.0) + pairs.filter(\.1).map(\.0)
    }

    /// Asks one server after another until one answers.
    ///
    /// Once text has been delivered, no other server is asked: the listener would hear the beginning twice. That a server
    /// was replaced is told once, and so is its return.
    ///
    /// - Parameter ask: asks the candidate; what it throws that doesn't concern the server is thrown on.
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
    /// Whether another server may answer the same question.
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
    /// The code by which the daemon knows that the preferred server is to be watched.
    package static let takesOverCode = "model_server_failed"

    fileprivate static func takesOver(_ address: ServerAddress, after fault: Fault) -> Notice {
        Notice(takesOverCode, "\(fault.message) The server at \(address) answers meanwhile.")
    }

    fileprivate static func answersAgain(_ address: ServerAddress) -> Notice {
        Notice("model_server_back", "The model server at \(address) answers again.")
    }
}
