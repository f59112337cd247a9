// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Turns what went wrong with a server into a fault that names cause and cure.
struct FaultMapper: Sendable {
    var provider: Provider
    var address: ServerAddress
    var model: String

    var dialect: any Dialect { provider.dialect }

    /// What a server complained about, in its reply or in the middle of an answer.
    ///
    /// Servers word their errors freely and change the words: only parts that have lasted are compared.
    func fault(_ complaint: ServerError) -> Fault {
        let message = complaint.message.lowercased()
        func says(_ signs: [String]) -> Bool { signs.contains(where: message.contains) }

        if says(Self.signsOfFullMemory), !says(Self.signsOfBadModel) { return outOfMemory(complaint) }
        if complaint.isAboutContext { return tooLong(complaint) }
        switch complaint.status {
        case 401: return unauthorized(complaint)
        case 403: return forbidden(complaint)
        case 429: return busy(complaint)
        case 503: return message.contains("loading") ? stillLoading : busy(complaint)
        case 529: return busy(complaint)
        default: break
        }
        // Anthropic's, in the middle of an answer, where there is no status any more.
        if ["overloaded_error", "rate_limit_error"].contains(complaint.kind) { return busy(complaint) }
        if message.contains("model"), says(["not found", "does not exist"]) { return modelNotFound }
        if complaint.kind == "not_found_error", message.hasPrefix("model:") { return modelNotFound }
        switch complaint.status {
        case .some(300..<400), 404, 405: return wrongPath
        case .some(400..<500): return refused(complaint)
        default: break
        }
        if says(["must be of type"]) { return refused(complaint) }  // Ollama calls that a 500
        if says(["unexpected eof"]) { return died(complaint) }
        return complaint.isForeign ? gateway(complaint) : failed(complaint)
    }

    /// From Ollama, its runner llama.cpp, CUDA, and what the kernel's OOM killer leaves behind.
    private static let signsOfFullMemory = [
        "requires more system memory", "out of memory", "cudamalloc failed", "unable to allocate",
        "failed to allocate", "signal: killed", "process has terminated", "has unexpectedly stopped",
    ]

    /// The same runner, ended by a file that it can't read.
    private static let signsOfBadModel = ["error loading model", "unknown model architecture", "unsupported model"]

    /// The server's words as a part of a sentence.
    private func words(of complaint: ServerError) -> String {
        guard !complaint.message.isEmpty else { return complaint.status.map { "HTTP \($0)" } ?? "an error" }
        let message = complaint.message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return message.hasSuffix(".") ? String(message.dropLast()) : message
    }

    private func outOfMemory(_ complaint: ServerError) -> Fault {
        let context = dialect.contextOption.map { "a smaller --option \($0), " } ?? ""
        return Fault(
            .modelOutOfMemory,
            "\(dialect.name) has not enough memory for \(model) (\(words(of: complaint))): use a smaller model, "
                + "\(context)or free memory.")
    }

    private func tooLong(_ complaint: ServerError) -> Fault {
        let cure =
            dialect.contextOption.map { "ask something shorter, begin a new conversation, or raise --option \($0)" }
            ?? "ask something shorter, or begin a new conversation"
        return Fault(
            .modelRefused,
            "The conversation is longer than the model's context (\(words(of: complaint))): \(cure).")
    }

    private func died(_ complaint: ServerError) -> Fault {
        Fault(
            .modelFailed,
            "\(dialect.name) lost its model in the middle of the answer (\(words(of: complaint))), often for want of memory; "
                + "what came was kept. Look into the server's log.")
    }

    private func failed(_ complaint: ServerError) -> Fault {
        Fault(.modelFailed, "\(dialect.name) failed: \(words(of: complaint)). Look into the server's log.")
    }

    private var modelNotFound: Fault {
        dialect.managesModels
            ? Fault(.modelNotFound, "The model \"\(model)\" is not installed: run `ollama pull \(model)`.")
            : Fault(
                .modelNotFound,
                "The server at \(address) has no model \"\(model)\": `utter models` lists what it has.")
    }

    private var wrongPath: Fault {
        Fault(
            .modelProtocol,
            "The server at \(address) does not offer this kind of question: \(dialect.adviceOnPath).")
    }

    private func unauthorized(_ complaint: ServerError) -> Fault {
        Fault(
            .modelUnauthorized,
            "The server at \(address) wants a valid key (\(words(of: complaint))): set UTTER_MODEL_API_KEY.")
    }

    private func forbidden(_ complaint: ServerError) -> Fault {
        if complaint.message.isEmpty {
            return Fault(
                .modelRefused,
                "The server at \(address) refuses this host name (HTTP 403): use its IP address, or set OLLAMA_HOST "
                    + "and OLLAMA_ORIGINS where it runs.")
        }
        return Fault(.modelUnauthorized, "The server at \(address) forbids this: \(words(of: complaint)).")
    }

    private func busy(_ complaint: ServerError) -> Fault {
        Fault(.modelBusy, "\(dialect.name) is too busy (\(words(of: complaint))): ask again in a moment.")
    }

    private var stillLoading: Fault {
        Fault(.modelBusy, "\(dialect.name) is still loading its model: ask again in a moment.")
    }

    private func refused(_ complaint: ServerError) -> Fault {
        Fault(
            .modelRefused,
            "\(dialect.name) refused the request: \(words(of: complaint)). Check the model and its options.")
    }

    private func gateway(_ complaint: ServerError) -> Fault {
        Fault(
            .modelFailed,
            "Something between here and the model answered for the server at \(address): \(words(of: complaint)).")
    }

    /// A line of a stream that is no JSON.
    func notJSON(_ bytes: [UInt8]) -> Fault {
        let start = String(decoding: bytes.prefix(60), as: UTF8.self)
        return Fault(
            .modelProtocol,
            "The server at \(address) sent what no model server sends (\"\(start)\"): check the address.")
    }
}
