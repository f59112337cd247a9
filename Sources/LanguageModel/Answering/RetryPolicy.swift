// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What to do when a server says no before the first word. After it, nothing is ever asked again: the listener would
/// hear the beginning twice.
struct RetryPolicy: Sendable {
    enum Step: Sendable, Hashable {
        /// The complaint stands.
        case giveUp
        /// Ask again without a word about thinking.
        case withoutThink(Notice)
        /// Ask again after a while; the notice is there the first time.
        case again(after: Duration, Notice?)
    }

    let diagnosis: FaultMapper
    let limits: ModelServer.Limits

    private var loading = Duration.zero
    private var busy = Duration.zero
    private var pause = Duration.seconds(1)

    init(diagnosis: FaultMapper, limits: ModelServer.Limits) {
        self.diagnosis = diagnosis
        self.limits = limits
    }

    /// - Parameter retryAfter: the server's own wish, which can make a pause longer, not shorter: one that wishes none
    ///   would be asked without end.
    mutating func step(after complaint: ServerError, retryAfter: Duration?, asksToThink: Bool) -> Step {
        if asksToThink, complaint.isAboutThinking {
            return .withoutThink(diagnosis.cannotThink)
        }
        if complaint.isAboutLoading {
            let isFirst = loading == .zero
            let pause = max(retryAfter ?? .zero, .seconds(1))
            loading += pause
            if let limit = limits.firstToken, loading > limit { return .giveUp }
            return .again(after: pause, isFirst ? diagnosis.notice(.loading) : nil)
        }
        if complaint.isAboutLoad {
            let isFirst = busy == .zero
            let pause = max(retryAfter ?? .zero, self.pause)
            self.pause *= 2
            busy += pause
            if busy > limits.busy { return .giveUp }
            return .again(after: pause, isFirst ? diagnosis.busyNotice : nil)
        }
        return .giveUp
    }
}

extension ServerError {
    /// Every server words it in its own way; the strict ones complain about the parameter's name.
    fileprivate var isAboutThinking: Bool {
        guard let status, status == 400 || status == 422 else { return false }
        let message = message.lowercased()
        return ["thinking", "reasoning", "effort", "chat_template_kwargs"].contains(where: message.contains)
    }

    /// llama.cpp and LocalAI, while they start.
    fileprivate var isAboutLoading: Bool {
        status == 503 && message.lowercased().contains("loading")
    }

    /// A full queue, too many questions, or (529, Anthropic's) too many of everybody's.
    fileprivate var isAboutLoad: Bool {
        status.map([429, 503, 529].contains) ?? false
    }
}
