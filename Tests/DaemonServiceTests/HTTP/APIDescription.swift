// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import LanguageModel
import Utterance

@testable import Settings

/// docs/openapi.yaml, and as much of OpenAPI and JSON Schema as it uses.
struct APIDescription: Sendable {
    private let root: JSONValue

    init(_ yaml: String) throws {
        root = try YAMLDocument.parse(Array(yaml.utf8), source: "openapi.yaml").map(Self.value) ?? .null
    }

    /// The one in the repository.
    static let written = Result {
        let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return try APIDescription(String(contentsOfFile: "/\(folder)/docs/openapi.yaml", encoding: .utf8))
    }

    private static func value(of node: Node) -> JSONValue {
        switch node.value {
        case .scalar("true", isPlain: true): true
        case .scalar("false", isPlain: true): false
        case .scalar(let text, let isPlain): isPlain ? Int(text).map { .integer($0) } ?? .string(text) : .string(text)
        case .sequence(let nodes): .array(nodes.map(value))
        case .mapping(let entries): .object(Dictionary(entries.map { ($0.key, value(of: $0.value)) }) { $1 })
        }
    }

    /// The paths with their methods.
    var endpoints: [String: Set<String>] {
        (root["paths"]?.members ?? [:]).mapValues { item in
            Set((item.members ?? [:]).keys.filter { $0 != "parameters" }.map { $0.uppercased() })
        }
    }

    /// What is wrong with a reply to a request; empty if it is as described.
    func complaints(_ method: String, _ target: String, _ reply: Reply) -> [String] {
        let response = response(method, target, reply.status)
        guard let content = response["content"] else { return reply.body.isEmpty ? [] : ["a body"] }
        if method == "HEAD" { return [] }
        let type = String((reply.headers["content-type"] ?? "").prefix { $0 != ";" })
        guard let schema = content[type]?["schema"] else { return ["the type \(type)"] }
        guard type == "application/json" else { return [] }
        guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(reply.body)) else { return ["no JSON"] }
        return complaints(json, schema, "")
    }

    private func response(_ method: String, _ target: String, _ status: Int) -> JSONValue {
        let path = String(target.prefix { $0 != "?" })
        let key = path.hasPrefix("/v1/sessions/") ? "/v1/sessions/{name}" : path
        let name = method == "HEAD" ? "get" : method.lowercased()
        let responses = root["paths"]?[key]?[name]?["responses"]
        let response = responses?[String(status)] ?? (status < 400 ? nil : responses?["default"])
        // What can't be done there is an error like all others.
        return resolved(response ?? ["$ref": "#/components/responses/Error"])
    }

    private func resolved(_ value: JSONValue) -> JSONValue {
        guard case .string(let reference)? = value["$ref"] else { return value }
        return reference.dropFirst(2).split(separator: "/").reduce(root) { $0[String($1)] ?? .null }
    }

    private func complaints(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        let schema = resolved(schema)
        if let choices = schema["anyOf"]?.elements {
            return choices.contains { complaints(value, $0, place).isEmpty } ? [] : ["\(place): none of anyOf"]
        }
        if let choices = schema["enum"]?.elements { return choices.contains(value) ? [] : ["\(place): not in enum"] }
        let types = schema["type"]?.elements ?? schema["type"].map { [$0] } ?? []
        guard types.isEmpty || types.contains(.string(value.typeName)) else { return ["\(place): a \(value.typeName)"] }
        if let elements = value.elements, let items = schema["items"] {
            return elements.enumerated().flatMap { complaints($1, items, "\(place)[\($0)]") }
        }
        guard let members = value.members else { return [] }
        let missing = (schema["required"]?.elements ?? []).filter { name in
            !members.keys.contains { .string($0) == name }
        }
        return missing.map { "\(place): no \($0)" }
            + members.flatMap { name, member -> [String] in
                let other = schema["additionalProperties"]
                if let property = schema["properties"]?[name] {
                    return complaints(member, property, "\(place).\(name)")
                }
                return other == false ? ["\(place): \(name) is not described"] : []
            }
    }
}

extension JSONValue {
    fileprivate var members: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }
    fileprivate var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    fileprivate subscript(key: String) -> JSONValue? { members?[key] }

    fileprivate var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
