// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What to do if a server rejects a question before the first word. After that, a question is never repeated, since the
/// listener would hear the beginning twice.
struct RetryPolicy: Sendable {
    enum Step: Sendable, Hashable {
        /// The server error is final.
        case giveUp
        /// Ask again without the thinking option.
        case withoutThink(Notice)
        /// Ask again after a pause; the first time with a notice.
        case again(after: Duration, Notice?)
    }

    let mapper: FaultMapper
    let limits: ModelServer.Limits

    private var loading = Duration.zero
    private var busy = Duration.zero
    private var pause = Duration.seconds(1)

    init(mapper: FaultMapper, limits: ModelServer.Limits) {
        self.mapper = mapper
        self.limits = limits
    }

    /// - Parameter retryAfter: the server's `Retry-After`, which can make a pause longer but not shorter: a server that
    ///   requests no pause would otherwise be asked endlessly.
    mutating func step(after serverError: ServerError, retryAfter: Duration?, asksToThink: Bool) -> Step {
        if asksToThink, serverError.isAboutThinking {
            return .withoutThink(mapper.cannotThink)
        }
        if serverError.isAboutLoading {
            let isFirst = loading == .zero
            let pause = max(retryAfter ?? .zero, .seconds(1))
            loading += pause
            if let limit = limits.firstToken, loading > limit { return .giveUp }
            return .again(after: pause, isFirst ? mapper.notice(.loading) : nil)
        }
        if serverError.isAboutLoad {
            let isFirst = busy == .zero
            let pause = max(retryAfter ?? .zero, self.pause)
            self.pause *= 2
            busy += pause
            if busy > limits.busy { return .giveUp }
            return .again(after: pause, isFirst ? mapper.busyNotice : nil)
        }
        return .giveUp
    }
}

extension ServerError {
    /// Whether the server can't control reasoning. Servers word it differently; strict ones name the parameter.
    fileprivate var isAboutThinking: Bool {
        guard let status, status == 400 || status == 422 else { return false }
        let message = message.lowercased()
        return ["thinking", "reasoning", "effort", "chat_template_kwargs"].contains(where: message.contains)
    }

    /// Whether llama.cpp or LocalAI is still starting.
    fileprivate var isAboutLoading: Bool {
        status == 503 && message.lowercased().contains("loading")
    }

    /// Whether the queue is full, there are too many questions, or the service is overloaded (529, Anthropic's).
    fileprivate var isAboutLoad: Bool {
        status.map([429, 503, 529].contains) ?? false
    }
}
