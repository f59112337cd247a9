// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Pipeline
import Playback
import Settings
import Speech
import Utterance

/// One answer from the command line, in this process: the parts made from the settings, joined, run to the end.
struct ForegroundAnswer {
    let settings: Settings
    /// A WAV file's name, `-` for standard output, `nil` for the device.
    let output: String?
    let style: Presenter.Style
    let showsTimeline: Bool

    /// - Parameter sourceName: who is waited for, in the status line.
    func speak(_ source: @escaping Answer.Source, from sourceName: String) async throws {
        let synthesizer = try await Synthesizer.start(settings.voiceParameters)
        let status = StatusLine()
        let presenter = Presenter(style: style, showsTimeline: showsTimeline, status: status, awaited: sourceName)
        let output = try makeOutput()
        try await AnswerRun(presenter: presenter, status: status).run { handler in
            Answer(
                id: AnswerID.make(), source: source, synthesizer: synthesizer, output: output,
                fallback: fallback, parameters: settings.answerParameters, handler: handler)
        }
    }

    private func makeOutput() throws(Fault) -> any SoundOutput {
        switch output {
        case nil: return ALSAOutput(settings.playbackParameters)
        case "-":
            guard Console.isOpen(STDOUT_FILENO) else {
                throw Fault(.outputFailed, "Standard output is closed; name a file with --output.")
            }
            return WAVFileOutput(descriptor: STDOUT_FILENO)
        case let path?: return WAVFileOutput(path: path)
        }
    }

    /// Without any sound device, and none named, the answer goes to a file that is named to the user.
    private var fallback: Answer.Fallback? {
        guard output == nil, settings.playback.device == PlaybackParameters().device else { return nil }
        return {
            let path = FallbackFile.path()
            let message = "There is no sound device here; the sound goes to \(path)."
            return (WAVFileOutput(path: path), Notice("no_device", message))
        }
    }
}
