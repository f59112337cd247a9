// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// A question whose answer is spoken: `POST /v1/ask`.
package struct AskRequest: Sendable, Hashable {
    package static let usualSession = "default"

    package var prompt: String
    /// The conversation it belongs to; started if there is none of this name.
    package var session: String
    /// `nil`: the session's, or else the one in force.
    package var persona: String?
    /// One that is installed; `nil`: the settings' one.
    package var model: String?
    /// Values for the persona's template.
    package var variables: [String: String]
    /// The model server's options; they override the persona's and the settings'.
    package var options: [String: JSONValue]
    package var delivery: Delivery

    package init(
        prompt: String, session: String = usualSession, persona: String? = nil, model: String? = nil,
        variables: [String: String] = [:], options: [String: JSONValue] = [:], delivery: Delivery = Delivery()
    ) {
        self.prompt = prompt
        self.session = session
        self.persona = persona
        self.model = model
        self.variables = variables
        self.options = options
        self.delivery = delivery
    }

    /// - Parameter limit: the most characters of a prompt.
    /// - Throws: ``InvalidRequest``.
    package init(_ fields: inout RequestFields, limit: Int) throws(InvalidRequest) {
        self.init(
            prompt: try fields.neededText("prompt", atMost: limit),
            session: try fields.text("session") ?? Self.usualSession, persona: try fields.text("persona"),
            model: try fields.text("model"),
            variables: try fields.texts("variables"), options: try fields.object("options"),
            delivery: try Delivery(&fields))
        try fields.end()
    }

    package var json: JSONValue {
        var fields = delivery.fields
        fields["prompt"] = .string(prompt)
        if session != Self.usualSession { fields["session"] = .string(session) }
        fields["persona"] = persona.map { .string($0) }
        fields["model"] = model.map { .string($0) }
        if !variables.isEmpty { fields["variables"] = .object(variables.mapValues { .string($0) }) }
        if !options.isEmpty { fields["options"] = .object(options) }
        return .object(fields)
    }
}

/// A text to speak: `POST /v1/say`.
package struct SayRequest: Sendable, Hashable {
    package var text: String
    package var delivery: Delivery

    package init(text: String, delivery: Delivery) {
        self.text = text
        self.delivery = delivery
    }

    /// - Parameter limit: the most characters of a text.
    /// - Throws: ``InvalidRequest``.
    package init(_ fields: inout RequestFields, limit: Int) throws(InvalidRequest) {
        text = try fields.neededText("text", atMost: limit)
        delivery = try Delivery(ofText: &fields)
        try fields.end()
    }

    package var json: JSONValue { .object(delivery.fields.merging(["text": .string(text)]) { $1 }) }
}

/// A signal to play: `POST /v1/signal`.
package struct SignalRequest: Sendable, Hashable {
    package var signal: AudibleSignal
    package var delivery: Delivery

    package init(_ signal: AudibleSignal) {
        self.signal = signal
        delivery = Delivery()
    }

    /// - Throws: ``InvalidRequest``.
    package init(_ fields: inout RequestFields) throws(InvalidRequest) {
        guard let signal: AudibleSignal = try fields.choice("signal") else {
            throw InvalidRequest("signal is missing.")
        }
        self.signal = signal
        delivery = Delivery(
            policy: try fields.choice("policy"), priority: try fields.choice("priority") ?? .normal,
            isDetached: try fields.flag("detach") ?? false)
        try fields.end()
    }

    package var json: JSONValue { ["signal": .string(signal.rawValue)] }
}
