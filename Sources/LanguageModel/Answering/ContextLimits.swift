// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// How long a conversation may be for each model, as learned from servers that rejected longer ones.
///
/// A server only reports its context length when it rejects a request. Requests are measured in bytes, and the
/// rejection shows how many bytes make a token.
final class ContextLimits: Sendable {
    /// Shared by the process, since each question of a chat has its own ``ModelServer``.
    static let shared = ContextLimits()

    private struct Model: Hashable {
        var name: String
        var address: ServerAddress
    }

    private let limits = Mutex<[Model: Int]>([:])

    /// Returns the request without the oldest exchanges that would make it too long for the server.
    func fitted(_ request: ModelRequest, at address: ServerAddress) -> ModelRequest {
        let limit = limits.withLock { $0[Model(name: request.model, address: address)] }
        return limit.map(request.shortened) ?? request
    }

    /// Returns a shorter request in place of one that was too long, and whether it is the first for this model.
    ///
    /// - Returns: `nil` if nothing can be left out.
    func shortened(
        _ request: ModelRequest, after serverError: ServerError, at address: ServerAddress
    ) -> (request: ModelRequest, isFirst: Bool)? {
        let limit = Self.limit(of: request.contentBytes, serverError.contextUse)
        let shorter = request.shortened(toBytes: limit)
        guard shorter.messages.count < request.messages.count else { return nil }
        let old = limits.withLock { $0.updateValue(limit, forKey: Model(name: request.model, address: address)) }
        return (shorter, old == nil)
    }

    /// Fewer bytes than were rejected, with a quarter of the context left for the answer.
    private static func limit(of bytes: Int, _ use: ServerError.ContextUse?) -> Int {
        guard let use, use.prompt > 0, use.context > 0 else { return bytes / 2 }
        let share = Double(use.context) / Double(use.prompt) * 0.75
        return Int(Double(bytes) * min(share, 0.75))
    }
}

extension ModelRequest {
    /// UTF-8 bytes of all messages.
    fileprivate var contentBytes: Int { messages.reduce(0) { $0 + $1.content.utf8.count } }

    /// Without as many of the oldest exchanges as necessary. Instructions and the question stay, however long they are.
    fileprivate func shortened(toBytes limit: Int) -> ModelRequest {
        var request = self
        while request.contentBytes > limit, let oldest = request.oldestExchange {
            request.messages.removeSubrange(oldest)
        }
        return request
    }

    /// The oldest question with its answer, if another question follows.
    private var oldestExchange: Range<Int>? {
        guard let start = messages.firstIndex(where: { $0.role != .system }),
            let end = messages[start...].dropFirst().firstIndex(where: { $0.role == .user })
        else { return nil }
        return start..<end
    }
}
