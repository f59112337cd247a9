// SPDX-License-Identifier: GPL-3.0-or-later
import Settings
import Utterance

/// What was given for the template of a persona.
struct TemplateVariables {
    private(set) var values: [String: String] = [:]

    init(values: [String: String]) {
        self.values = values
    }

    /// What `--set name=text` gave.
    ///
    /// - Throws: `Fault(.usage)` for what is not `name=text`, and for a name that stands twice.
    init(_ arguments: [String]) throws(Fault) {
        for argument in arguments {
            guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else {
                throw Fault(
                    .usage, "\"\(argument)\" sets no variable: write --set NAME=TEXT, such as --set topic=rivers.")
            }
            let name = String(argument[..<equals])
            guard values.updateValue(String(argument[equals...].dropFirst()), forKey: name) == nil else {
                throw Fault(.usage, "--set gives \(name) twice; leave one out.")
            }
        }
    }

    /// `prompt` in the template of the persona that the settings choose.
    ///
    /// - Throws: `Fault(.usage)` naming a variable that is missing, or that the template does not have.
    func fill(_ settings: Settings, prompt: String) throws(Fault) -> String {
        let name = settings.model.persona
        let template = settings.personas[name]?.template ?? .bare
        do throws(PromptTemplate.Mistake) {
            return try template.filled(prompt: prompt, values: values)
        } catch {
            throw Self.fault(error, of: name, variables: template.variables)
        }
    }

    private static func fault(_ mistake: PromptTemplate.Mistake, of persona: String, variables: [String]) -> Fault {
        switch mistake {
        case .missing(let name):
            return Fault(
                .usage,
                "The persona \(persona) needs a value for {\(name)}: add --set \(name)=TEXT, in JSON \"variables\".")
        case .unknown(let name):
            let known = variables.isEmpty ? "none to set" : variables.map { "{\($0)}" }.joined(separator: ", ")
            return Fault(.usage, "The template of the persona \(persona) has no variable {\(name)}; it has \(known).")
        }
    }
}
