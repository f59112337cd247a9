// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Utterance

extension TextStage {
    /// What was asked for, if the answer is a signal.
    func signalOpening(_ cut: inout Cut) async throws {
        guard let opening = parameters.signals.opening, isHeard else { return }
        queue?.prepare()
        try await send(opening, &cut)
    }

    /// Tells the listener that they have to wait, if it is time.
    func signalPatience(_ cut: inout Cut) async throws {
        guard let wake = cut.patience.wakeAt, wake <= clock.now, let ahead = queue?.ahead else { return }
        switch cut.patience.due(at: clock.now, ahead: ahead) {
        case nil: return
        case .earcon: try await send(.thinking, &cut)
        case .sentence: try await send(.thinking, saying: StillThinking.sentence(in: cut.stream.language), &cut)
        }
    }

    /// The listener hears that something failed; who reads gets the fault itself.
    func signal(_ fault: Fault, _ cut: inout Cut) async throws {
        guard isHeard else { return }
        let signals = parameters.signals
        let isSaid = signals.speaksFaults && signals.faultLimit?.permits(fault.code) ?? true
        if signals.earcons { try await send(.failure, &cut) }
        if isSaid {
            try await send(.failure, saying: SpokenFault.sentence(for: fault.code, in: cut.stream.language), &cut)
        }
    }

    /// - Parameter sentence: `nil`: the earcon sounds.
    private func send(
        _ signal: AudibleSignal, saying sentence: (text: String, language: String)? = nil, _ cut: inout Cut
    ) async throws {
        let piece = Piece(signal, number: cut.signals, saying: sentence, at: journal.summary.textBytes)
        cut.signals += 1
        try await queue?.send(piece)
    }
}
