// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Synchronization

/// Keeps the answers that are under way where they outlast a crash.
final class AnswerJournal: Sendable {
    private let answers = Mutex<[String: UnfinishedAnswer]>([:])
    private let save: @Sendable ([UnfinishedAnswer]) -> Void

    /// - Parameter save: gets all that are under way after each change; called under a lock, so that the last call has the
    ///   latest state.
    init(save: @escaping @Sendable ([UnfinishedAnswer]) -> Void) {
        self.save = save
    }

    func begin(_ id: String, _ answer: UnfinishedAnswer) {
        change { $0[id] = answer }
    }

    /// Called from the answer's stages.
    func note(_ event: Event) {
        answers.withLock { answers in
            if answers[event.answer]?.note(event.kind) == true { save(Array(answers.values)) }
        }
    }

    /// The model has finished with so many bytes of text.
    func complete(_ id: String, length: Int) {
        change { $0[id]?.complete(length: length) }
    }

    /// The answer has ended.
    ///
    /// - Returns: it, if it was kept.
    @discardableResult
    func end(_ id: String) -> UnfinishedAnswer? {
        change { $0.removeValue(forKey: id) }
    }

    private func change<Result: Sendable>(_ body: (inout [String: UnfinishedAnswer]) -> Result) -> Result {
        answers.withLock { answers in
            let former = answers
            let result = body(&answers)
            if answers != former { save(Array(answers.values)) }
            return result
        }
    }
}
