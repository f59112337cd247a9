// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Synchronization

/// Keeps the answers that are under way where they outlast a crash.
final class AnswerJournal: Sendable {
    private struct Contents: Equatable {
        var answers: [String: UnfinishedAnswer] = [:]
        /// Of an earlier process, and not dealt with yet.
        var earlier: ArraySlice<UnfinishedAnswer> = []

        var all: [UnfinishedAnswer] { earlier + Array(answers.values) }
    }

    private let contents = Mutex(Contents())
    private let save: @Sendable ([UnfinishedAnswer]) -> Void

    /// - Parameter save: gets all that are under way after each change; called under a lock, so that the last call has the
    ///   latest state.
    init(save: @escaping @Sendable ([UnfinishedAnswer]) -> Void) {
        self.save = save
    }

    func begin(_ id: String, _ answer: UnfinishedAnswer) {
        change { $0.answers[id] = answer }
    }

    /// Called from the answer's stages.
    func note(_ event: Event) {
        contents.withLock { contents in
            if contents.answers[event.answer]?.note(event.kind) == true { save(contents.all) }
        }
    }

    /// The model has finished with so many bytes of text.
    func complete(_ id: String, length: Int) {
        change { $0.answers[id]?.complete(length: length) }
    }

    /// The answer has ended.
    ///
    /// - Returns: it, if it was kept.
    @discardableResult
    func end(_ id: String) -> UnfinishedAnswer? {
        change { $0.answers.removeValue(forKey: id) }
    }

    /// Deals with the answers of an earlier process, one after the other. Each stays in the journal until its turn comes;
    /// afterwards the journal holds only what `body` has begun.
    func takeOver<Result>(
        _ earlier: [UnfinishedAnswer], _ body: (UnfinishedAnswer) -> Result?
    ) -> [Result] {
        guard !earlier.isEmpty else { return [] }
        contents.withLock { $0.earlier = earlier[...] }
        defer { contents.withLock { save($0.all) } }
        return earlier.compactMap { answer in
            contents.withLock { $0.earlier = $0.earlier.dropFirst() }
            return body(answer)
        }
    }

    private func change<Result: Sendable>(_ body: (inout Contents) -> Result) -> Result {
        contents.withLock { contents in
            let former = contents
            let result = body(&contents)
            if contents != former { save(contents.all) }
            return result
        }
    }
}
