// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// Maps a server's errors to faults that name the cause and the cure.
struct FaultMapper: Sendable {
    var provider: Provider
    var address: ServerAddress
    var model: String

    var dialect: any Dialect { provider.dialect }

    /// Returns the fault for an error that a server reported, in its reply or in the middle of an answer.
    ///
    /// Servers change the wording of their errors, so only parts that have proven stable are compared.
    func fault(_ serverError: ServerError) -> Fault {
        let message = serverError.message.lowercased()
        func says(_ signs: [String]) -> Bool { signs.contains(where: message.contains) }

        if says(Self.signsOfFullMemory), !says(Self.signsOfBadModel) { return outOfMemory(serverError) }
        if serverError.isAboutContext { return tooLong(serverError) }
        switch serverError.status {
        case 401: return unauthorized(serverError)
        case 403: return forbidden(serverError)
        case 429: return busy(serverError)
        case 503: return message.contains("loading") ? stillLoading : busy(serverError)
        case 529: return busy(serverError)
        default: break
        }
        // Anthropic's errors in the middle of an answer, where there is no status.
        if ["overloaded_error", "rate_limit_error"].contains(serverError.kind) { return busy(serverError) }
        if message.contains("model"), says(["not found", "does not exist"]) { return modelNotFound }
        if serverError.kind == "not_found_error", message.hasPrefix("model:") { return modelNotFound }
        switch serverError.status {
        case .some(300..<400), 404, 405: return wrongPath
        case .some(400..<500): return refused(serverError)
        default: break
        }
        if says(["must be of type"]) { return refused(serverError) }  // Ollama calls that a 500
        if says(["unexpected eof"]) { return died(serverError) }
        return serverError.isForeign ? gateway(serverError) : failed(serverError)
    }

    /// From Ollama, its runner llama.cpp and CUDA, and after the kernel's OOM killer.
    private static let signsOfFullMemory = [
        "requires more system memory", "out of memory", "cudamalloc failed", "unable to allocate",
        "failed to allocate", "signal: killed", "process has terminated", "has unexpectedly stopped",
    ]

    /// From the same runner, if it can't read a model file.
    private static let signsOfBadModel = ["error loading model", "unknown model architecture", "unsupported model"]

    /// The server's message, for use inside a sentence.
    private func words(of serverError: ServerError) -> String {
        guard !serverError.message.isEmpty else { return serverError.status.map { "HTTP \($0)" } ?? "an error" }
        let message = serverError.message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return message.hasSuffix(".") ? String(message.dropLast()) : message
    }

    private func outOfMemory(_ serverError: ServerError) -> Fault {
        let context = dialect.contextOption.map { "a smaller --option \($0), " } ?? ""
        return Fault(
            .modelOutOfMemory,
            "\(dialect.name) does not have enough memory for \(model) (\(words(of: serverError))): use a smaller "
                + "model, \(context)or free memory.")
    }

    private func tooLong(_ serverError: ServerError) -> Fault {
        let cure =
            dialect.contextOption.map { "ask something shorter, begin a new conversation, or raise --option \($0)" }
            ?? "ask something shorter, or begin a new conversation"
        return Fault(
            .modelRefused,
            "The conversation is longer than the model's context (\(words(of: serverError))): \(cure).")
    }

    private func died(_ serverError: ServerError) -> Fault {
        Fault(
            .modelFailed,
            "\(dialect.name) lost its model in the middle of the answer (\(words(of: serverError))), often for lack of memory; "
                + "what had arrived was kept. Check the server's log.")
    }

    private func failed(_ serverError: ServerError) -> Fault {
        Fault(.modelFailed, "\(dialect.name) failed: \(words(of: serverError)). Check the server's log.")
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
            "The server at \(address) does not have the requested API: \(dialect.adviceOnPath).")
    }

    private func unauthorized(_ serverError: ServerError) -> Fault {
        Fault(
            .modelUnauthorized,
            "The server at \(address) requires a valid key (\(words(of: serverError))): set UTTER_MODEL_API_KEY.")
    }

    private func forbidden(_ serverError: ServerError) -> Fault {
        if serverError.message.isEmpty {
            return Fault(
                .modelRefused,
                "The server at \(address) refuses this host name (HTTP 403): use its IP address, or set OLLAMA_HOST "
                    + "and OLLAMA_ORIGINS where it runs.")
        }
        return Fault(.modelUnauthorized, "The server at \(address) forbids this: \(words(of: serverError)).")
    }

    private func busy(_ serverError: ServerError) -> Fault {
        Fault(.modelBusy, "\(dialect.name) is too busy (\(words(of: serverError))): ask again in a moment.")
    }

    private var stillLoading: Fault {
        Fault(.modelBusy, "\(dialect.name) is still loading its model: ask again in a moment.")
    }

    private func refused(_ serverError: ServerError) -> Fault {
        Fault(
            .modelRefused,
            "\(dialect.name) refused the request: \(words(of: serverError)). Check the model and its options.")
    }

    private func gateway(_ serverError: ServerError) -> Fault {
        Fault(
            .modelFailed,
            "Something between here and the model answered for the server at \(address): \(words(of: serverError)).")
    }

    /// The reply is compressed, although no compression was requested.
    func compressed(_ coding: String) -> Fault {
        Fault(
            .modelProtocol,
            "The server at \(address) compresses its replies (\(coding.printable)), which delays each word: turn "
                + "compression off in the proxy before it.")
    }

    func redirected(_ location: String) -> Fault {
        Fault(
            .modelProtocol,
            "The server at \(address) redirects to \(location.printable.prefix(200)): if that is right, set model.url to it."
        )
    }

    /// A line of a stream is not JSON.
    func notJSON(_ bytes: [UInt8]) -> Fault {
        let start = String(decoding: bytes.prefix(60), as: UTF8.self)
        return Fault(
            .modelProtocol,
            "The server at \(address) did not reply like a model server (\"\(start)\"): check the address.")
    }
}

extension FaultMapper {
    /// Returns the fault for a failed connection.
    func fault(_ failure: ConnectionFailure) -> Fault {
        switch failure {
        case .refused:
            Fault(
                .modelUnreachable,
                "No model server answers at \(address): \(dialect.waysToStart(isLocal: address.isLoopback)).")
        case .unknownHost:
            Fault(
                .modelUnreachable, "The host \"\(address.host)\" is not known: check the address of the model server.")
        case .noRoute:
            Fault(.modelUnreachable, "There is no route to \(address): is the network up, and the address right?")
        case .timedOut:
            Fault(.modelUnreachable, "No connection to \(address) in time: is that machine on, and the address right?")
        case .closed:
            Fault(
                .modelFailed,
                "The server at \(address) accepted the question and hung up: check its log; it may have crashed or run "
                    + "out of memory.")
        case .foreign:
            Fault(.modelProtocol, "The program at \(address) does not speak HTTP: check the host and the port.")
        case .insecure(let reason):
            Fault(
                .modelUnreachable,
                "No secure connection to \(address) (\(reason)): check the address and its certificate; SSL_CERT_FILE "
                    + "names one of your own.")
        case .other(let reason):
            Fault(.modelUnreachable, "No connection to \(address) (\(reason)): check the address and the server.")
        }
    }

    func connectTimeout(_ limit: Duration) -> Fault {
        Fault(
            .modelUnreachable,
            "No connection to \(address) within \(limit.spoken): is that machine on, and the address right?")
    }

    /// It accepted the question, but now not even its status can be fetched.
    var vanished: Fault {
        Fault(
            .modelUnreachable,
            "\(dialect.name) at \(address) accepted the question, but no longer responds: check whether it is running.")
    }

    func notice(_ state: ModelState) -> Notice {
        switch state {
        case .loading: Notice("model_loading", "\(dialect.name) is loading \(model).")
        case .loaded:
            Notice("model_reading", "\(model) is loaded; it is reading the question, or answering someone else.")
        }
    }

    var busyNotice: Notice {
        Notice("model_busy", "\(dialect.name) is busy; the question waits.")
    }

    var forgets: Notice {
        Notice(
            "context_full",
            "The conversation has outgrown the context of \(model): its oldest questions and answers are left out.")
    }

    var buffers: Notice {
        Notice(
            "reply_buffered",
            "The answer came from \(address) all at once, so speech began late: turn buffering off in the proxy before it "
                + "(nginx: proxy_buffering off).")
    }

    var cannotThink: Notice {
        Notice("think_unsupported", "\(model) has no option for thinking, so it was asked without it.")
    }
}
