// SPDX-License-Identifier: GPL-3.0-or-later

extension Settings {
    typealias Problem = SettingsError.Problem

    /// Applies a file's values. Returns the problems with invalid ones, which are skipped.
    mutating func apply(file root: Node) -> [Problem] {
        guard let entries = root.entries else {
            return [Problem(at: root.place, "must contain sections such as \"model:\", not \(root.shown)")]
        }
        var problems: [Problem] = []
        for entry in entries {
            if entry.key == "personas" {
                apply(personas: entry.value, problems: &problems)
            } else if let section = Self.sections.first(where: { $0.name == entry.key }) {
                let read = Self.apply(
                    entry.value, of: section.name, fields: section.fields, to: &self, problems: &problems)
                for (field, node) in read { origins[section.path(field)] = node.place }
            } else {
                problems.append(
                    Self.unknown(entry, among: Self.sections.map(\.name) + ["personas"]))
            }
        }
        return problems
    }

    /// Applies the variables that begin with `UTTER_` and a section's name.
    mutating func apply(environment: [String: String]) -> [Problem] {
        var problems: [Problem] = []
        var known: [String] = []
        for section in Self.sections {
            for field in section.fields {
                let variable = section.variable(field)
                known.append(variable)
                guard let text = environment.named(variable) else { continue }
                do throws(Problem) {
                    let node = try Self.node(variable: variable, text: text, isYAML: field.isMap)
                    try field.read(node, &self)
                    origins[section.path(field)] = Place(variable: variable)
                } catch {
                    problems.append(error)
                }
            }
        }
        let prefixes = Self.sections.map { "UTTER_\($0.name.uppercased())_" }
        known += Self.secretVariables
        known += model.fallbackServers.indices.map { Self.fallbackKeyVariable($0 + 1) }
        known += speech.voiceServers.indices.map { Self.voiceKeyVariable($0 + 1) }
        for variable in environment.keys.sorted() where !known.contains(variable) {
            guard prefixes.contains(where: variable.hasPrefix) else { continue }
            problems.append(
                Problem(at: Place(variable: variable), "no such setting\(variable.suggestion(from: known))"))
        }
        return problems
    }

    /// Utter's variables that are not settings, since secrets don't belong in a file that is shown.
    package static let modelKeyVariable = "UTTER_MODEL_API_KEY"
    /// - Parameter number: the fallback server's number, from 1.
    package static func fallbackKeyVariable(_ number: Int) -> String { "\(modelKeyVariable)_\(number)" }
    package static func voiceKeyVariable(_ number: Int) -> String { "UTTER_SPEECH_API_KEY_\(number)" }
    package static let serverTokenVariable = "UTTER_SERVER_TOKEN"
    package static let mqttPasswordVariable = "UTTER_MQTT_PASSWORD"
    private static let secretVariables = [modelKeyVariable, serverTokenVariable, mqttPasswordVariable]

    /// Problems with valid values that contradict each other.
    func contradictions() -> [Problem] {
        var problems: [Problem] = []
        if playback.period > playback.buffer / 2 {
            problems.append(
                Problem(
                    at: origins["playback.period_ms"] ?? origins["playback.buffer_ms"],
                    "playback.period_ms must be at most half of playback.buffer_ms"))
        }
        if personas[model.persona] == nil {
            problems.append(
                Problem(
                    at: origins["model.persona"],
                    "no persona is called \(model.persona.quotedForYAML)"
                        + model.persona.suggestion(from: personas.keys.sorted())))
        }
        return problems
    }

    private mutating func apply(personas node: Node, problems: inout [Problem]) {
        if node.isNothing { return }
        guard let entries = node.entries else {
            problems.append(Problem(at: node.place, "personas must be a map of names, not \(node.shown)"))
            return
        }
        for entry in entries {
            guard !entry.key.isEmpty, entry.key.allSatisfy({ !$0.isWhitespace }) else {
                problems.append(Problem(at: entry.keyPlace, "a persona's name must be a word"))
                continue
            }
            let path = "personas.\(entry.key)"
            var persona = personas[entry.key] ?? Persona()
            let read = Self.apply(
                entry.value, of: path, fields: Self.personaFields, to: &persona, problems: &problems)
            for (field, node) in read { origins["\(path).\(field.name)"] = node.place }
            personas[entry.key] = persona
        }
    }

    /// Reads the keys of a section or a persona into `root`. Returns the fields that were read, with their nodes.
    private static func apply<Root>(
        _ node: Node, of path: String, fields: [Field<Root>], to root: inout Root, problems: inout [Problem]
    ) -> [(Field<Root>, Node)] {
        if node.isNothing { return [] }
        guard let entries = node.entries else {
            problems.append(Problem(at: node.place, "\(path) must be a map of keys, not \(node.shown)"))
            return []
        }
        var read: [(Field<Root>, Node)] = []
        for entry in entries {
            guard let field = fields.first(where: { $0.name == entry.key }) else {
                problems.append(unknown(entry, among: fields.map(\.name)))
                continue
            }
            do throws(SettingsError.Problem) {
                try field.read(entry.value, &root)
                read.append((field, entry.value))
            } catch {
                problems.append(Problem(at: error.place, "\(path).\(field.name) \(error.message)"))
            }
        }
        return read
    }

    private static func unknown(_ entry: Node.Entry, among names: [String]) -> Problem {
        let home = sections.first { $0.fields.contains { $0.name == entry.key } }
        let cure = home.map { "; it belongs in \($0.name.quotedForYAML)" } ?? entry.key.suggestion(from: names)
        return Problem(at: entry.keyPlace, "unknown key \(entry.key.quotedForYAML)\(cure)")
    }

    private static func node(variable: String, text: String, isYAML: Bool) throws(Problem) -> Node {
        guard isYAML else { return Node(variable: variable, text: text) }
        return try YAMLDocument.parse(Array(text.utf8), source: variable) ?? Node(variable: variable, text: text)
    }
}
