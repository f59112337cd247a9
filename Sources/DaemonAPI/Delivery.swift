// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What a request does while something else is being said.
package enum Policy: String, Sendable, Hashable, Codable, CaseIterable {
    /// It stops that; queued requests keep waiting.
    case interrupt
    /// It waits until that has been heard.
    case queue
    /// It is rejected.
    case reject
}

/// A request's importance relative to others, modelled on speech-dispatcher's (SSIP's message priorities).
package enum Priority: String, Sendable, Hashable, Codable, CaseIterable {
    /// Never interrupted. A normal answer that it cuts continues after it, at the sentence that was cut.
    case important
    case normal
    /// Dropped when anything else is said; only the last one that has to wait is kept.
    case progress
}

/// How a request is to be spoken.
package struct Delivery: Sendable, Hashable {
    /// `nil`: the default for this kind of request.
    package var policy: Policy?
    package var priority: Priority
    /// A voice's name; `nil`: the one in force.
    package var voice: String?
    /// Words per minute; `nil`: the one in force.
    package var rate: Int?
    /// `false`: the text is wanted, not the sound.
    package var speaks: Bool
    /// It continues after the client hangs up.
    package var isDetached: Bool
    /// For a text: `false` if the person who wants it said is listening, so that it needs no chime and no announcement
    /// rules.
    package var isAnnouncement = true
    /// The result needs all of the answer's text, however long it is. Set by the daemon itself.
    package var wantsText: Bool

    package init(
        policy: Policy? = nil, priority: Priority = .normal, voice: String? = nil, rate: Int? = nil,
        speaks: Bool = true, isDetached: Bool = false, wantsText: Bool = false
    ) {
        self.policy = policy
        self.priority = priority
        self.voice = voice
        self.rate = rate
        self.speaks = speaks
        self.isDetached = isDetached
        self.wantsText = wantsText
    }

    /// - Throws: ``InvalidRequest``.
    package init(_ fields: inout RequestFields) throws(InvalidRequest) {
        self.init(
            policy: try fields.choice("policy"), priority: try fields.choice("priority") ?? .normal,
            voice: try fields.text("voice"), rate: try fields.integer("rate"),
            speaks: try fields.flag("speak") ?? true, isDetached: try fields.flag("detach") ?? false)
    }

    /// Reads the fields of a text, which may say that it is not an announcement.
    ///
    /// - Throws: ``InvalidRequest``.
    package init(ofText fields: inout RequestFields) throws(InvalidRequest) {
        try self.init(&fields)
        isAnnouncement = try fields.flag("announce") ?? true
    }

    /// The fields of a request's JSON that differ from the defaults.
    var fields: [String: JSONValue] {
        var fields: [String: JSONValue] = [:]
        fields["policy"] = policy.map { .string($0.rawValue) }
        if priority != .normal { fields["priority"] = .string(priority.rawValue) }
        fields["voice"] = voice.map { .string($0) }
        fields["rate"] = rate.map { .integer($0) }
        if !speaks { fields["speak"] = false }
        if isDetached { fields["detach"] = true }
        if !isAnnouncement { fields["announce"] = false }
        return fields
    }

    /// The same as the query of a URL, with its `?`; empty if everything is the default.
    package var query: String {
        let given = fields.sorted { $0.key < $1.key }.map { name, value in
            let text =
                switch value {
                case .string(let text): text
                case .integer(let number): "\(number)"
                case .bool(let flag): "\(flag)"
                case .null, .number, .array, .object: ""
                }
            return "\(name)=\(text.percentEncoded)"
        }
        return given.isEmpty ? "" : "?" + given.joined(separator: "&")
    }
}
