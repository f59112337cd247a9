// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the part of YAML that a settings file needs: one document of maps, lists and scalars.
///
/// Anchors, aliases, tags, further documents, duplicate keys and deep nesting are rejected: each makes a file mean
/// something other than it seems to.
struct YAMLDocument {
    /// Levels of nested maps and lists.
    static let deepestNesting = 16
    /// In bytes.
    static let largestFile = 1 << 20

    private let events: YAMLEvents

    /// Returns the document's root; `nil` if there is nothing but whitespace and comments.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, at most ``largestFile``.
    ///   - source: the file's path or the variable's name, for messages.
    static func parse(_ bytes: [UInt8], source: String) throws(SettingsError.Problem) -> Node? {
        guard bytes.count <= largestFile else {
            throw SettingsError.Problem(
                at: Place(source: source, line: 1, column: 1), "larger than a settings file can be (1 MiB)")
        }
        return try YAMLDocument(events: YAMLEvents(bytes, source: source)).root()
    }

    private func root() throws(SettingsError.Problem) -> Node? {
        var root: Node?
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd: return root
            case .documentStart where root != nil:
                throw SettingsError.Problem(at: event.place, "a second document; settings must be a single one")
            case .streamStart, .documentStart, .documentEnd: continue
            default: root = try node(event, depth: 0)
            }
        }
    }

    private func node(_ event: YAMLEvent, depth: Int) throws(SettingsError.Problem) -> Node {
        if event.hasAnchor { throw SettingsError.Problem(at: event.place, "anchors (&) are not used here") }
        if event.hasTag { throw SettingsError.Problem(at: event.place, "tags (!) are not used here") }
        guard depth < Self.deepestNesting else { throw SettingsError.Problem(at: event.place, "nested too deeply") }
        switch event.kind {
        case .scalar(let text, let isPlain): return Node(.scalar(text, isPlain: isPlain), at: event.place)
        case .sequenceStart: return Node(.sequence(try sequence(depth: depth)), at: event.place)
        case .mappingStart: return Node(.mapping(try mapping(depth: depth)), at: event.place)
        case .alias:
            throw SettingsError.Problem(
                at: event.place, "aliases (*) are not used here; quote a text that begins with *")
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
            preconditionFailure("libyaml opens and closes in pairs.")
        }
    }

    private func sequence(depth: Int) throws(SettingsError.Problem) -> [Node] {
        var items: [Node] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { return items }
            items.append(try node(event, depth: depth + 1))
        }
    }

    private func mapping(depth: Int) throws(SettingsError.Problem) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { return entries }
            let keyNode = try node(event, depth: depth + 1)
            guard case .scalar(let key, _) = keyNode.value else {
                throw SettingsError.Problem(at: keyNode.place, "a key must be text, not \(keyNode.shown)")
            }
            if let line = lines[key] {
                throw SettingsError.Problem(
                    at: keyNode.place, "key \(key.quotedForYAML) is given twice, first in line \(line)")
            }
            lines[key] = keyNode.place.position?.line
            let value = try node(try events.next(), depth: depth + 1)
            entries.append(Node.Entry(key: key, keyPlace: keyNode.place, value: value))
        }
    }
}
