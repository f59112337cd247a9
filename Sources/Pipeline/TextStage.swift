// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Sentences
import Speech
import Utterance

/// Cuts the text into pieces, in time: it knows how much sound lies ahead of the listener.
struct TextStage: Sendable {
    let parameters: AnswerParameters
    let texts: BoundedChannel<Incoming>
    /// Takes the pieces; `nil`: the answer is not to be heard.
    let queue: SpeechQueue?
    let reading: @Sendable ([SpokenRun]) -> PieceReading
    let clock: any MomentClock
    let journal: Journal

    /// - Returns: the source's fault, after what came before it was handed on.
    func run() async throws -> Fault? {
        var options = parameters.text
        options.question = parameters.signals.question
        var cut = Cut(
            stream: SentenceStream(options), patience: Patience(parameters.signals, start: clock.now))
        var fault: Fault?
        do {
            fault = try await cutAll(&cut)
        } catch is SpeechQueue.Closed {
            texts.leave()
        }
        queue?.complete()
        return fault
    }

    /// Where the cutting stands.
    struct Cut {
        var stream: SentenceStream
        /// The model reasons, or did before it wrote.
        var thinks = false
        var hasThought = false
        /// Some of the text is more than blanks.
        var hasInk = false
        var nextIndex = 0
        var patience: Patience
        /// Signals sent.
        var signals = 0
    }

    private func cutAll(_ cut: inout Cut) async throws -> Fault? {
        var fault: Fault?
        var summary: ModelSummary?
        do {
            try await signalOpening(&cut)
            while let incoming = try await next(&cut) {
                switch incoming {
                case .text(let text):
                    cut.thinks = false
                    let events = cut.stream.append(text, at: clock.now, ahead: queue?.ahead)
                    try await handle(events, &cut)
                case .thinking:
                    noteThinking(&cut)
                case .complete(let complete):
                    summary = complete
                }
                try await signalPatience(&cut)
            }
            try Task.checkCancellation()
        } catch let error as Fault {
            fault = error
        }
        try await handle(cut.stream.finish(at: clock.now), &cut)
        fault = fault ?? emptiness(of: cut, summary)
        if let fault {
            try await signal(fault, &cut)
        } else {
            noteEnd(of: cut, summary)
        }
        return fault
    }

    /// The next of the source, while the stream and the listener's patience are asked again whenever they want to be.
    private func next(_ cut: inout Cut) async throws -> Incoming? {
        while let wake = earliest(cut.stream.wakeAt, isHeard ? cut.patience.wakeAt : nil) {
            switch try await texts.receive(before: wake, clock: clock) {
            case .element(let incoming): return incoming
            case .finished: return nil
            case .deadlineReached:
                if let due = cut.stream.wakeAt, due <= clock.now {
                    try await handle(cut.stream.poll(at: clock.now, ahead: queue?.ahead), &cut)
                }
                try await signalPatience(&cut)
            }
        }
        return try await texts.receive()
    }

    private func earliest(_ moments: Moment?...) -> Moment? {
        moments.compactMap(\.self).min()
    }

    /// Whether a listener hears, now or later, what is said.
    var isHeard: Bool { queue?.isHeard ?? false }

    private func handle(_ events: [SentenceEvent], _ cut: inout Cut) async throws {
        for event in events {
            switch event {
            case .reasoning:
                noteThinking(&cut)
            case .text(let text):
                cut.hasInk = cut.hasInk || !text.allSatisfy(\.isWhitespace)
                queue?.prepare()
                journal.add(text: text)
            case .piece(let piece):
                cut.nextIndex = piece.index + 1
                journal.add(piece, reading(piece.runs))
                try await queue?.send(piece)
                if let ahead = queue?.ahead { cut.patience.hear(until: clock.now.advanced(by: ahead)) }
            case .discard:
                journal.add(.discard)
                queue?.discard(before: cut.nextIndex)
            }
        }
    }

    private func noteThinking(_ cut: inout Cut) {
        cut.hasThought = true
        if !cut.thinks { journal.add(.thinking) }
        cut.thinks = true
    }

    /// The fault of a source that ended well and gave nothing.
    private func emptiness(of cut: Cut, _ summary: ModelSummary?) -> Fault? {
        guard !cut.hasInk, let summary else { return nil }
        guard cut.hasThought else {
            return Fault(.answerEmpty, "The model gave an empty answer; ask again, or try another model.")
        }
        let reason = summary.finish == .length ? "until its token limit" : "and then ended"
        return Fault(
            .answerOnlyReasoning,
            "The model only reasoned \(reason), without an answer; raise num_predict or set think to false.")
    }

    private func noteEnd(of cut: Cut, _ summary: ModelSummary?) {
        journal.add(tokens: summary?.outputTokens, generation: summary?.generation)
        if summary?.finish == .length {
            let message = "The answer is cut: the model reached its token limit; raise num_predict for longer answers."
            journal.add(.notice(Notice("truncated", message)))
        }
        if cut.hasInk, cut.nextIndex == 0 {
            let message = "The text holds nothing that can be spoken, only signs."
            journal.add(.notice(Notice("nothing_to_speak", message)))
        }
    }
}
