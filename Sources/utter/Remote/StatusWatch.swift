// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Pipeline
import ServiceClient
import Utterance

/// The daemon's status, shown anew whenever something happens: on a terminal in place, elsewhere one after the other.
struct StatusWatch {
    let daemon: DaemonClient
    var isTerminal = Console.outputIsTerminal

    /// Runs until the daemon ends.
    ///
    /// - Throws: `Fault(.daemonUnreachable)`; `Fault(.outputFailed)`.
    func run() async throws {
        var sentences = SoundingSentences()
        var shown = ""
        // The stream first: what happens while the status is asked for is not missed.
        let events = try await daemon.events()
        shown = try await show(sentences, after: shown)
        for try await event in events {
            guard sentences.take(event) else { continue }
            shown = try await show(sentences, after: shown)
        }
        throw Fault.daemonEnded
    }

    /// - Returns: what is shown now.
    private func show(_ sentences: SoundingSentences, after shown: String) async throws -> String {
        let status = try await daemon.status()
        let report = StatusReport(status, sentence: status.speaking.flatMap { sentences.sentence(of: $0) })
        let text = isTerminal ? report.text(columns: TerminalSize.current.columns) : report.text
        guard text != shown else { return shown }
        try Console.write((isTerminal ? Self.wiping(shown) : shown.isEmpty ? "" : "\n") + text)
        return text
    }

    /// Goes back to where `shown` began, and clears all behind.
    private static func wiping(_ shown: String) -> String {
        let lines = shown.count { $0 == "\n" }
        return lines == 0 ? "" : "\u{1B}[\(lines)A\r\u{1B}[J"
    }
}

/// What each answer says at the moment, from its events.
struct SoundingSentences {
    private struct Answer {
        var pieces: [Int: String] = [:]
        var sounding: Int?
    }

    private var answers: [String: Answer] = [:]

    /// - Returns: whether there is something new to show.
    mutating func take(_ event: DeviceEvent) -> Bool {
        // What an answer says now may be among what was lost.
        if case .missed = event { answers = [:] }
        guard case .answer(let event) = event else { return true }
        switch event.kind {
        case .piece(let piece):
            answers[event.answer, default: Answer()].pieces[piece.index] = piece.text
            return false
        case .soundStart(let index): answers[event.answer, default: Answer()].sounding = index
        case .heard(let index): answers[event.answer]?.pieces[index] = nil
        case .finished, .stopped, .failed: answers[event.answer] = nil
        case .accepted, .paused, .resumed: break
        default: return false
        }
        return true
    }

    /// What is being heard of an answer.
    func sentence(of answer: String) -> String? {
        answers[answer].flatMap { answer in answer.sounding.flatMap { answer.pieces[$0] } }
    }
}
