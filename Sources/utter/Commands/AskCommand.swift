// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import LanguageModel
import Pipeline
import Utterance

struct AskCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask the model and speak its answer while it is generated.",
        discussion: """
            The answer's text streams to standard output; status and notices go to standard error. Without a prompt on \
            the command line it is read from standard input. Ctrl-C stops the answer.

            Where no model server was named and none answers, a built-in demo speaks. Where there is no sound device, \
            the answer is written to a WAV file.
            """)

    @Argument(help: "The prompt; - or nothing: standard input.")
    var prompt: [String] = []
    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "A variable of the persona's template, such as topic=rivers; repeatable.", valueName: "name=text"))
    var variables: [String] = []
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Sound") var sound: SoundArguments
    @OptionGroup(title: "Display") var display: DisplayArguments
    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        var settings = try config.load()
        try model.apply(to: &settings)
        try sound.apply(to: &settings)
        let style = try display.style(output: sound.output)
        let question = try Question(
            prompt: try await PromptInput.read(prompt), settings: settings, options: model.options,
            variables: variables)
        try await ModelOffer(settings: settings).make()
        let run = ForegroundAnswer(
            settings: settings, output: sound.output, style: style, showsTimeline: display.timeline)
        try await run.speak(question.source, from: question.modelName)
    }
}
