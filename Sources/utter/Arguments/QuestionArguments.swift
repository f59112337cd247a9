import ArgumentParser
// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import LanguageModel
import ServiceClient
import Settings
import Utterance

/// How a model is asked. What is not given is as the settings say, this process's or the daemon's.
struct QuestionArguments: ParsableArguments {
    @Option(
        name: .customLong("option"), parsing: .singleValue,
        help: ArgumentHelp(
            "An option of the model server, such as temperature=0.7; repeatable.", valueName: "key=value"))
    var options: [String] = []

    @Option(help: "A persona of the configuration.")
    var persona: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "A variable of the persona's template, such as topic=rivers; repeatable.", valueName: "name=text"))
    var variables: [String] = []

    /// Lays the persona over the settings.
    ///
    /// - Throws: `Fault(.usage)` if there is none of that name.
    func apply(to settings: inout Settings) throws(Fault) {
        if let persona { try settings.use(persona: persona) }
    }

    /// The question as the daemon is asked it.
    ///
    /// - Throws: `Fault(.usage)` for options and variables that are none.
    func question(_ prompt: String, session: String?, delivery: Delivery) throws -> AskRequest {
        var question = AskRequest(prompt: prompt)
        question.session = session ?? AskRequest.usualSession
        question.persona = persona
        question.variables = try TemplateVariables(variables).values
        let options = try options.map(ModelOptions.parse)
        question.options = Dictionary(options.map { ($0.name, $0.value) }) { $1 }
        question.delivery = delivery
        return question
    }
}
