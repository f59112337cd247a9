// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A tool that a program with a language model is offered.
enum MCPTool: String, CaseIterable {
    case say
    case announce
    case ask
    case stop
    case status

    /// The tool as `tools/list` describes it.
    var description: JSONValue {
        [
            "name": .string(rawValue), "title": .string(title), "description": .string(purpose),
            "inputSchema": [
                "type": "object", "properties": .object(parameters), "required": .array(required),
                "additionalProperties": false,
            ],
            "annotations": [
                "readOnlyHint": .bool(self == .status), "destructiveHint": .bool(self == .stop),
                "openWorldHint": .bool(self == .ask),
            ],
        ]
    }

    private var title: String {
        switch self {
        case .say: "Say"
        case .announce: "Announce"
        case .ask: "Ask the device's model"
        case .stop: "Stop speaking"
        case .status: "Status"
        }
    }

    private var purpose: String {
        switch self {
        case .say: "Speak a text after everything that waits already."
        case .announce:
            "Speak an important text now. What it interrupts continues after it, at the sentence that was cut."
        case .ask: "Ask the device's own language model. Its answer is spoken while it is being written, and returned."
        case .stop: "Stop what is being said and what waits, or one answer of it."
        case .status:
            "What is being said, what waits, how loud and how fast it sounds, and what is missing, if anything."
        }
    }

    /// By name, as JSON Schema.
    var parameters: [String: JSONValue] {
        switch self {
        case .say, .announce:
            Self.voice.merging([
                "text": Self.string("The text, in any language, without markup."),
                "wait": Self.flag("Return only when it has been heard. By default: at once."),
            ]) { $1 }
        case .ask:
            Self.voice.merging([
                "prompt": Self.string("The question."),
                "session": Self.string("The conversation it belongs to. By default: default."),
                "persona": Self.string("Who answers: one of the daemon's personas."),
                "model": Self.string("One of the model server's models."),
                "speak": Self.flag("Whether the answer is spoken. By default: true."),
            ]) { $1 }
        case .stop: ["answer": Self.string("The name of one answer. By default, everything stops.")]
        case .status: [:]
        }
    }

    private var required: [JSONValue] {
        switch self {
        case .say, .announce: ["text"]
        case .ask: ["prompt"]
        case .stop, .status: []
        }
    }

    private static let voice: [String: JSONValue] = [
        "voice": string("A language such as en or zh, or a voice's name. By default, the text decides."),
        "rate": ["type": "integer", "minimum": 80, "maximum": 450, "description": "Words per minute."],
    ]

    private static func string(_ description: String) -> JSONValue {
        ["type": "string", "description": .string(description)]
    }

    private static func flag(_ description: String) -> JSONValue {
        ["type": "boolean", "description": .string(description)]
    }
}
