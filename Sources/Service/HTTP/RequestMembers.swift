// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import HTTPTypes
import LanguageModel
import Utterance

/// The members of a request's JSON object, taken one by one; ``end()`` complains of those that nobody took.
struct RequestMembers {
    private var values: [String: JSONValue]
    private var known: [String] = []
    private var isQuery = false

    /// - Parameter bytes: nothing counts as an object without members.
    /// - Throws: ``APIError`` if they are not a JSON object in UTF-8.
    init(parsing bytes: [UInt8]) throws(APIError) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw .invalid("The body is not UTF-8.")
        }
        if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
            values = [:]
        } else if let values = try? JSONDecoder().decode([String: JSONValue].self, from: Data(bytes)) {
            self.values = values
        } else {
            throw .invalid("The body is not a JSON object.")
        }
    }

    /// The members of a query, such as `policy=queue&detach=true`: all are text, and read as what they are to be.
    ///
    /// - Throws: ``APIError`` if one is there twice.
    init(query: String?) throws(APIError) {
        values = [:]
        for part in (query ?? "").split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(pair[0]).percentDecoded
            let value = pair.count == 2 ? String(pair[1]).percentDecoded : ""
            guard values.updateValue(.string(value), forKey: key) == nil else {
                throw .invalid("\(key) is there twice.")
            }
        }
        isQuery = true
    }

    private mutating func take(_ key: String) -> JSONValue? {
        known.append(key)
        let value = values.removeValue(forKey: key)
        return value == .null ? nil : value
    }

    mutating func text(_ key: String) throws(APIError) -> String? {
        switch take(key) {
        case nil: return nil
        case .string(let text): return text
        case .some: throw .invalid("\(key) has to be a string.")
        }
    }

    /// - Parameter limit: Unicode scalars: of one character there may be any number.
    mutating func neededText(_ key: String, atMost limit: Int) throws(APIError) -> String {
        guard let text = try text(key), text.contains(where: { !$0.isWhitespace }) else {
            throw .invalid("\(key) is missing or blank.")
        }
        guard text.utf8.count <= limit || text.unicodeScalars.count <= limit else {
            throw APIError(
                .contentTooLarge, "too_long", "\(key) has more than \(limit) characters; send it in parts.")
        }
        return text
    }

    mutating func integer(_ key: String) throws(APIError) -> Int? {
        switch take(key) {
        case nil: return nil
        case .integer(let number): return number
        case .string(let text) where isQuery && Int(text) != nil: return Int(text)
        case .some: throw .invalid("\(key) has to be a whole number.")
        }
    }

    mutating func flag(_ key: String) throws(APIError) -> Bool? {
        switch take(key) {
        case nil: return nil
        case .bool(let flag): return flag
        case .string(let text) where isQuery && Bool(text) != nil: return Bool(text)
        case .some: throw .invalid("\(key) has to be true or false.")
        }
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Choice.Type = Choice.self
    ) throws(APIError) -> Choice? {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid("\(key) has to be one of: \(names).")
        }
        return choice
    }

    mutating func object(_ key: String) throws(APIError) -> [String: JSONValue] {
        switch take(key) {
        case nil: return [:]
        case .object(let members): return members
        case .some: throw .invalid("\(key) has to be an object.")
        }
    }

    mutating func texts(_ key: String) throws(APIError) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in try object(key) {
            guard case .string(let text) = value else { throw .invalid("\(key).\(name) has to be a string.") }
            texts[name] = text
        }
        return texts
    }

    /// What is left, as it is.
    mutating func rest() -> [String: JSONValue] {
        defer { values = [:] }
        return values
    }

    /// - Throws: ``APIError`` naming a member that nobody took, and the one that may have been meant.
    func end() throws(APIError) {
        guard let unknown = values.keys.min() else { return }
        let hint = known.nearest(to: unknown).map { " Did you mean \($0)?" } ?? ""
        throw .invalid("There is no member \(unknown).\(hint) There is: \(known.joined(separator: ", ")).")
    }
}
