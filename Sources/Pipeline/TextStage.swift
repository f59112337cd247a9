// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Sentences
import Speech
import Utterance

/// Cuts the text into pieces in time, depending on how much sound is ahead of the listener.
struct TextStage: Sendable {
    let parameters: AnswerParameters
    /// Is heard before the text.
    let sound: Answer.SoundSource?
    let texts: BoundedChannel<Incoming>
    /// Takes the pieces; `nil` if the answer is not to be heard.
    let queue: SpeechQueue?
    let reading: @Sendable ([SpokenRun]) -> PieceReading
    let clock: any MomentClock
    let recorder: EventRecorder

    /// - Returns: the source's fault, once the text before it was passed on.
    func run() async throws -> Fault? {
        var options = parameters.text
        options.question = parameters.signals.question
        var cut = Cut(
            stream: SentenceStream(options), waitTimer: WaitSignalTimer(parameters.signals, start: clock.now))
        var fault: Fault?
        do {
            fault = try await cutAll(&cut)
        } catch is SpeechQueue.Closed {
            texts.leave()
        }
        queue?.complete()
        return fault
    }

    /// The state of cutting.
    struct Cut {
        var stream: SentenceStream
        /// Whether the model is reasoning, and whether it did before it wrote text.
        var thinks = false
        var hasThought = false
        /// Whether some of the text is not whitespace.
        var hasVisibleText = false
        var nextIndex = 0
        var waitTimer: WaitSignalTimer
        /// The number of signals sent.
        var signals = 0
    }

    private func cutAll(_ cut: inout Cut) async throws -> Fault? {
        var fault: Fault?
        var summary: ModelSummary?
        do {
            try await signalOpening(&cut)
            try await sendSound(&cut)
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
                try await signalWait(&cut)
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

    /// Waits for the source's next delivery. Meanwhile, polls the stream and signals the wait when that is due.
    private func next(_ cut: inout Cut) async throws -> Incoming? {
        while let wake = earliest(cut.stream.wakeAt, isHeard ? cut.waitTimer.wakeAt : nil) {
            switch try await texts.receive(before: wake, clock: clock) {
            case .element(let incoming): return incoming
            case .finished: return nil
            case .deadlineReached:
                if let due = cut.stream.wakeAt, due <= clock.now {
                    try await handle(cut.stream.poll(at: clock.now, ahead: queue?.ahead), &cut)
                }
                try await signalWait(&cut)
            }
        }
        return try await texts.receive()
    }

    private func earliest(_ moments: Moment?...) -> Moment? {
        moments.compactMap(\.self).min()
    }

    /// Whether a listener hears the speech, now or later.
    var isHeard: Bool { queue?.isHeard ?? false }

    private func handle(_ events: [SentenceEvent], _ cut: inout Cut) async throws {
        for event in events {
            switch event {
            case .reasoning:
                noteThinking(&cut)
            case .text(let text):
                cut.hasVisibleText = cut.hasVisibleText || !text.allSatisfy(\.isWhitespace)
                queue?.prepare()
                recorder.add(text: text)
            case .piece(let piece):
                if cut.nextIndex == 0 { try await signalChime(&cut) }
                cut.nextIndex = piece.index + 1
                recorder.add(piece, reading(piece.runs))
                try await queue?.send(piece)
                if let ahead = queue?.ahead { cut.waitTimer.hear(until: clock.now.advanced(by: ahead)) }
            case .discard:
                recorder.add(.discard)
                queue?.discard(before: cut.nextIndex)
            }
        }
    }

    private func noteThinking(_ cut: inout Cut) {
        cut.hasThought = true
        if !cut.thinks { recorder.add(.thinking) }
        cut.thinks = true
    }

    /// The fault of a source that ended normally, but without an answer.
    private func emptiness(of cut: Cut, _ summary: ModelSummary?) -> Fault? {
        guard !cut.hasVisibleText, let summary else { return nil }
        guard cut.hasThought else {
            return Fault(.answerEmpty, "The model gave an empty answer; ask again, or try another model.")
        }
        let reason = summary.finish == .length ? "until its token limit" : "and then ended"
        return Fault(
            .answerOnlyReasoning,
            "The model only reasoned \(reason), without an answer; raise num_predict or set think to false.")
    }

    private func noteEnd(of cut: Cut, _ summary: ModelSummary?) {
        recorder.add(tokens: summary?.outputTokens, generation: summary?.generation)
        if summary?.finish == .length {
            let message = "The answer was cut off at the token limit; raise num_predict for longer answers."
            recorder.add(.notice(Notice("truncated", message)))
        }
        if cut.hasVisibleText, cut.nextIndex == 0 {
            let message = "The text contains only symbols, which can't be spoken."
            recorder.add(.notice(Notice("nothing_to_speak", message)))
        }
    }
}

extension TextStage {
    /// Sends the requested signal, if the answer is only a signal.
    func signalOpening(_ cut: inout Cut) async throws {
        guard let opening = parameters.signals.opening, isHeard else { return }
        queue?.prepare()
        try await send(opening, &cut)
    }

    /// Sends the signal that sounds before the text, or before the sound that was given.
    func signalChime(_ cut: inout Cut) async throws {
        if let chime = parameters.signals.chime { try await send(chime, &cut) }
    }

    /// Sends the sound that was given, piece by piece.
    func sendSound(_ cut: inout Cut) async throws {
        guard let sound, let queue else { return }
        queue.prepare()
        while let next = try await sound() {
            if cut.nextIndex == 0 { try await signalChime(&cut) }
            try await queue.send(Piece(next, index: cut.nextIndex))
            cut.nextIndex += 1
        }
    }

    /// Tells the listener to wait, if it is time.
    func signalWait(_ cut: inout Cut) async throws {
        guard let wake = cut.waitTimer.wakeAt, wake <= clock.now, let ahead = queue?.ahead else { return }
        switch cut.waitTimer.due(at: clock.now, ahead: ahead) {
        case nil: return
        case .earcon: try await send(.thinking, &cut)
        case .sentence: try await send(.thinking, saying: StillThinking.sentence(in: cut.stream.language), &cut)
        }
    }

    /// Tells the listener that something failed. Readers get the fault first, as a notice.
    func signal(_ fault: Fault, _ cut: inout Cut) async throws {
        guard isHeard else { return }
        let signals = parameters.signals
        let isSaid = signals.speaksFaults && signals.faultLimit?.permits(fault.code) ?? true
        if signals.earcons { try await send(.failure, &cut) }
        if isSaid {
            // Readers don't have to wait until it was spoken.
            recorder.add(.notice(Notice(fault.code.rawValue, fault.message)))
            try await send(.failure, saying: SpokenFault.sentence(for: fault.code, in: cut.stream.language), &cut)
        }
    }

    /// - Parameter sentence: what is said; `nil`: the earcon.
    private func send(
        _ signal: AudibleSignal, saying sentence: (text: String, language: String)? = nil, _ cut: inout Cut
    ) async throws {
        let piece = Piece(signal, number: cut.signals, saying: sentence, at: recorder.summary.textBytes)
        cut.signals += 1
        try await queue?.send(piece)
    }
}

extension Piece {
    /// A piece of given sound.
    fileprivate init(_ sound: PCMSound, index: Int) {
        self.init(
            index: index, sound: sound, kind: .note, text: "", runs: [], boundary: .sentence, source: 0..<0,
            alignment: Alignment(anchors: [.init(spoken: 0, source: 0)]))
    }
}
