// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import DaemonAPI
import LanguageModel
import Settings
import Utterance

/// How to ask a model. Options that are left out default to the settings of this process or the daemon.
struct QuestionArguments: ParsableArguments {
    @Option(
        name: .customLong("option"), parsing: .singleValue,
        help: ArgumentHelp(
            "An option of the model server, such as temperature=0.7; repeatable.", valueName: "key=value"))
    var options: [String] = []

    @Option(help: "A persona from the configuration.", completion: Completions.personas)
    var persona: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "A variable of the persona's template, such as topic=rivers; repeatable.", valueName: "name=text"))
    var variables: [String] = []

    /// Applies the persona to the settings.
    ///
    /// - Throws: `Fault(.usage)` if there is no such persona.
    func apply(to settings: inout Settings) throws(Fault) {
        if let persona { try settings.use(persona: persona) }
    }

    /// The question in the form that the daemon accepts.
    ///
    /// - Throws: `Fault(.usage)` for invalid options and variables.
    func question(_ prompt: String, session: String?, delivery: Delivery) throws -> AskRequest {
        var question = AskRequest(prompt: prompt)
        question.session = session ?? AskRequest.usualSession
        question.persona = persona
        question.variables = try TemplateVariables(variables).values
        question.options = try ModelOptions.parse(options)
        question.delivery = delivery
        return question
    }
}
