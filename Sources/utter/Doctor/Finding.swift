// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What the doctor found out about one thing.
enum Finding {
    case good(String)
    /// Not as one might want it, but answers are spoken all the same.
    case fair(String)
    case bad(Fault)

    /// - Parameter said: what other lines have said already; it is not said again.
    func line(about subject: String, after said: Set<Fault> = []) -> String {
        let subject = subject + String(repeating: " ", count: max(1, 14 - subject.count))
        return switch self {
        case .good(let text): "  ok    \(subject)\(text)\n"
        case .fair(let text): "  note  \(subject)\(text)\n"
        case .bad(let fault) where said.contains(fault): "  FAIL  \(subject)for the same reason\n"
        case .bad(let fault): "  FAIL  \(subject)\(fault.message)\n"
        }
    }
}

/// One thing to look at.
struct Examination {
    var subject: String
    var examine: () async -> Finding

    /// - Parameter body: what it throws is what is wrong.
    init(_ subject: String, _ body: @escaping () async throws -> Finding) {
        self.subject = subject
        examine = {
            do {
                return try await body()
            } catch {
                return .bad(error as? Fault ?? Fault(.internalError, "Unexpected error: \(error)."))
            }
        }
    }
}
