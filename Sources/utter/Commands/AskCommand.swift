// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import DaemonClient
import LanguageModel
import Utterance

struct AskCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask the model and speak its answer while it is generated.",
        discussion: """
            The answer's text streams to standard output; status and notices go to standard error. Without a prompt on \
            the command line, it is read from standard input. Ctrl-C stops the answer.

            If neither a model server nor a model was named and no server answers, a built-in demo speaks. If there is no sound device, the \
            answer is written to a WAV file.

            If a daemon is running, it answers and remembers the conversation; Ctrl-C then stops its answer.

            Examples:
              utter ask "Why is the sky blue?"
              utter ask --persona story --rate 150 "A hedgehog and a fox"
              utter ask -o answer.wav "Why is the sky blue?"
              utter ask - < question.txt
            """)

    @Argument(help: "The prompt; if it is - or missing, standard input is read.")
    var prompt: [String] = []
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Model") var asking: QuestionArguments
    @OptionGroup(title: "Sound") var sound: SoundArguments
    @OptionGroup(title: "Display") var display: DisplayArguments
    @OptionGroup(title: "Daemon") var session: SessionArguments
    @OptionGroup(title: "Daemon") var delivery: DeliveryArguments
    @OptionGroup(title: "Daemon") var standalone: StandaloneArguments
    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        let style = try display.style(output: sound.output)
        let daemon = try standalone.daemon(
            localOnly: model.given + sound.given + config.given, daemonOnly: session.given + delivery.given)
        if let daemon { try await ask(daemon, style) } else { try await ask(style) }
    }

    private func ask(_ daemon: DaemonClient, _ style: Presenter.Style) async throws {
        let question = try asking.question(
            try await PromptInput.read(prompt), session: session.session, delivery: delivery.options(sound.voice))
        if delivery.detach { return try Console.write(try await daemon.leave(question).printable + "\n") }
        try await AnswerRun(style: style, showsTimeline: display.timeline)
            .speak(.ask(question), daemon, from: "the model")
    }

    private func ask(_ style: Presenter.Style) async throws {
        var settings = model.apply(to: try config.load())
        try asking.apply(to: &settings)
        try sound.apply(to: &settings)
        let prompt = try await PromptInput.read(prompt)
        let question = try Question(prompt, settings, options: asking.options, variables: asking.variables)
        try await ModelOffer(settings: settings).make()
        try await AnswerRun(style: style, showsTimeline: display.timeline).speak(
            question.source, settings, output: sound.output, from: question.modelName, answering: prompt)
    }
}
