// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Settings
import Utterance

/// One answer from the command line, in this process: the parts made from the settings, joined, run to the end.
struct ForegroundAnswer {
    let settings: Settings
    /// A WAV file's name, `-` for standard output, `nil` for the device.
    let output: String?
    let style: Presenter.Style
    let showsTimeline: Bool

    /// - Parameters:
    ///   - sourceName: who is waited for, in the status line.
    ///   - question: what the source answers; `nil`: it is a text that is read.
    func speak(
        _ source: @escaping Answer.Source, from sourceName: String, answering question: String? = nil
    ) async throws {
        try await withThrowingTaskGroup { group in
            // The voice takes longer to start than the request to be sent.
            let prefetched = PrefetchedSource(source)
            group.addTask { await prefetched.run() }
            defer { group.cancelAll() }
            try await speak(prefetched, from: sourceName, answering: question)
        }
    }

    private func speak(
        _ source: PrefetchedSource, from sourceName: String, answering question: String?
    ) async throws {
        let engine = try await SpeechEngines.start(settings.voiceParameters)
        let status = StatusLine()
        let presenter = Presenter(style: style, showsTimeline: showsTimeline, status: status, awaited: sourceName)
        let destination = SoundDestination(parameters: settings.playbackParameters, file: output)
        let answer = OwnAnswer(
            source: source.bring,
            player: Player(engine: engine, output: try destination.makeOutput(), fallback: destination.fallback),
            parameters: settings.answerParameters(for: question))
        try await AnswerRun(presenter: presenter, status: status).run(answer)
    }
}
