// SPDX-License-Identifier: GPL-3.0-or-later
import Settings
package import Utterance

/// Values for the variables of a persona's template.
package struct TemplateVariables {
    package private(set) var values: [String: String] = [:]

    init(values: [String: String]) {
        self.values = values
    }

    /// Parses the arguments of `--set`, each `name=text`.
    ///
    /// - Throws: `Fault(.usage)` for an argument in another form, and for a name that is given twice.
    package init(_ arguments: [String]) throws(Fault) {
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

    /// Returns `prompt` in the template of the persona in the settings.
    ///
    /// - Throws: `Fault(.usage)`, naming a variable that is missing or that the template doesn't have.
    func fill(_ settings: Settings, prompt: String) throws(Fault) -> String {
        let name = settings.model.persona
        let template = settings.personas[name]?.template ?? .bare
        do throws(PromptTemplate.Mistake) {
            return try template.filled(prompt: prompt, values: values)
        } catch {
            switch error {
            case .missing(let variable):
                throw Fault(
                    .usage,
                    "The persona \(name) needs a value for {\(variable)}: add --set \(variable)=TEXT, in JSON \"variables\"."
                )
            case .unknown(let variable):
                let variables = template.variables.map { "{\($0)}" }
                let known = variables.isEmpty ? "none to set" : variables.joined(separator: ", ")
                throw Fault(
                    .usage, "The template of the persona \(name) has no variable {\(variable)}; it has \(known).")
            }
        }
    }
}
