// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
package import Utterance

/// A request is invalid.
package struct InvalidRequest: Error {
    /// A stable name in snake_case.
    package var code = "invalid_request"
    /// The field that is wrong, if it is a single one.
    package var field: String?
    /// One sentence: what is wrong and what to do about it.
    package let message: String

    package init(_ message: String) {
        self.message = message
    }

    /// - Parameter problem: the rest of the sentence after the field's name.
    package init(_ field: String, _ problem: String, code: String = "invalid_request") {
        self.code = code
        self.field = field
        message = "\(field) \(problem)"
    }
}

/// The fields of a request's JSON object or query, taken one by one; ``end()`` rejects those that nobody took.
package struct RequestFields {
    private var values: [String: JSONValue]
    private var known: [String] = []
    private var isQuery = false

    package init(_ values: [String: JSONValue]) {
        self.values = values
    }

    /// - Parameter bytes: an empty body counts as an empty object.
    /// - Throws: ``InvalidRequest`` if they are not a JSON object in UTF-8.
    package init(parsing bytes: [UInt8]) throws(InvalidRequest) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw InvalidRequest("The body is not UTF-8.")
        }
        if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
            values = [:]
        } else if let values = try? JSONDecoder().decode([String: JSONValue].self, from: Data(bytes)) {
            self.values = values
        } else if (try? JSON.decode([String: JSONValue].self, from: bytes)) != nil {
            throw InvalidRequest(
                "A string in the body holds half of a character, such as \\ud83d alone, or a raw control character; "
                    + "escape both halves, and line breaks as \\n.")
        } else {
            throw InvalidRequest("The body is not a JSON object.")
        }
    }

    /// The fields of a query, such as `policy=queue&detach=true`: all are text, and converted to the type asked for.
    ///
    /// - Throws: ``InvalidRequest`` if one occurs twice.
    package init(query: String?) throws(InvalidRequest) {
        values = [:]
        for part in (query ?? "").split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(pair[0]).percentDecoded
            let value = pair.count == 2 ? String(pair[1]).percentDecoded : ""
            guard values.updateValue(.string(value), forKey: key) == nil else {
                throw InvalidRequest(key, "is there twice.")
            }
        }
        isQuery = true
    }

    /// Any value; `nil` for a null, too.
    package mutating func value(_ key: String) -> JSONValue? {
        known.append(key)
        let value = values.removeValue(forKey: key)
        return value == .null ? nil : value
    }

    package mutating func text(_ key: String) throws(InvalidRequest) -> String? {
        switch value(key) {
        case nil: return nil
        case .string(let text): return text
        case .some: throw InvalidRequest(key, "has to be a string.")
        }
    }

    /// - Parameter limit: the most Unicode scalars; a single character may hold any number of them.
    package mutating func neededText(_ key: String, atMost limit: Int) throws(InvalidRequest) -> String {
        guard let text = try text(key), text.contains(where: { !$0.isWhitespace }) else {
            throw InvalidRequest(key, "is missing or blank.")
        }
        guard text.utf8.count <= limit || text.unicodeScalars.count <= limit else {
            throw InvalidRequest(key, "has more than \(limit) characters; send it in parts.", code: "too_long")
        }
        return text
    }

    package mutating func integer(_ key: String) throws(InvalidRequest) -> Int? {
        switch value(key) {
        case nil: return nil
        case .integer(let number): return number
        case .string(let text) where isQuery && Int(text) != nil: return Int(text)
        case .some: throw InvalidRequest(key, "has to be a whole number.")
        }
    }

    package mutating func flag(_ key: String) throws(InvalidRequest) -> Bool? {
        switch value(key) {
        case nil: return nil
        case .bool(let flag): return flag
        case .string(let text) where isQuery && Bool(text) != nil: return Bool(text)
        case .some: throw InvalidRequest(key, "has to be true or false.")
        }
    }

    package mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Choice.Type = Choice.self
    ) throws(InvalidRequest) -> Choice? {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidRequest(key, "has to be one of: \(names).")
        }
        return choice
    }

    package mutating func object(_ key: String) throws(InvalidRequest) -> [String: JSONValue] {
        switch value(key) {
        case nil: return [:]
        case .object(let members): return members
        case .some: throw InvalidRequest(key, "has to be an object.")
        }
    }

    package mutating func texts(_ key: String) throws(InvalidRequest) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in try object(key) {
            guard case .string(let text) = value else { throw InvalidRequest("\(key).\(name)", "has to be a string.") }
            texts[name] = text
        }
        return texts
    }

    /// The fields that nobody took.
    package var rest: [String: JSONValue] { values }

    /// - Throws: ``InvalidRequest`` naming a field that nobody took, and the one that was probably meant.
    package func end() throws(InvalidRequest) {
        guard let unknown = values.keys.min() else { return }
        let hint = known.suggestion(for: unknown)
        throw InvalidRequest("There is no member \(unknown).\(hint) There is: \(known.joined(separator: ", ")).")
    }
}
