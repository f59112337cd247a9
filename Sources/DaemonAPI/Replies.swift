// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// A value that is written as `null` if there is none.
@propertyWrapper
package struct Nullable<Value: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
    package var wrappedValue: Value?

    package init(wrappedValue: Value?) {
        self.wrappedValue = wrappedValue
    }

    package init(from decoder: any Decoder) throws {
        wrappedValue = try decoder.singleValueContainer().decode(Value?.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension KeyedDecodingContainer {
    /// Another version may leave it out.
    func decode<Value>(_ type: Nullable<Value>.Type, forKey key: Key) throws -> Nullable<Value> {
        try decodeIfPresent(type, forKey: key) ?? Nullable(wrappedValue: nil)
    }
}

/// The state of the daemon: `GET /v1/status`.
package struct DaemonStatus: Sendable, Hashable, Codable {
    /// How an answer sounds where no control is set.
    package struct Configured: Sendable, Hashable, Codable {
        /// In percent.
        package var volume: Int
        /// Words per minute.
        package var rate: Int
        package var voice: String

        package init(volume: Int, rate: Int, voice: String) {
            (self.volume, self.rate, self.voice) = (volume, rate, voice)
        }
    }

    /// The answer that is being spoken.
    @Nullable package var speaking: String?
    /// The question that it answers, or the beginning of the text that it says; at most ``longestPrompt`` characters.
    @Nullable package var prompt: String?
    package var paused: Bool
    /// Answers that wait, the next one first.
    package var waiting: [String]
    /// Answers that an important one has cut, and that continue after it.
    package var suspended: [String]
    /// As ``Controls``.
    @Nullable package var volume: Int?
    @Nullable package var rate: Int?
    @Nullable package var voice: String?
    package var muted: Bool
    /// `nil` if the settings can't be used.
    @Nullable package var configured: Configured?
    package var sessions: Int
    /// The model that answers; `nil`: one that is installed.
    @Nullable package var model: String?
    /// The address of its server; `nil` while that is not known.
    @Nullable package var modelServer: String?
    @Nullable package var speaker: Speaker?
    package var ready: Bool
    /// Why an answer would not start at once, in one sentence; `nil` if it would.
    @Nullable package var missing: String?
    /// The same as a stable name in snake_case.
    @Nullable package var missingCode: String?
    /// `nil` if no MQTT broker is configured.
    @Nullable package var broker: BrokerStatus?
    package var version: String
    package var uptime: Int
    /// Answers since the start, by how they ended.
    package var finished: Int
    package var stopped: Int
    package var failed: Int

    private static let longestPrompt = 200

    package init(
        speaking: String?, prompt: String? = nil, paused: Bool, waiting: [String], suspended: [String],
        controls: Controls,
        configured: Configured?, sessions: Int, model: String?, modelServer: String?, speaker: Speaker?,
        missing: Notice?, broker: BrokerStatus? = nil, version: String, uptime: Int,
        finished: Int, stopped: Int, failed: Int
    ) {
        (self.speaking, self.paused, self.waiting, self.suspended) = (speaking, paused, waiting, suspended)
        self.prompt = prompt.map { String($0.prefix(Self.longestPrompt)) }
        (volume, rate, voice, muted) = (controls.volume, controls.rate, controls.voice, controls.isMuted)
        (self.configured, self.sessions, self.model) = (configured, sessions, model)
        (self.modelServer, self.speaker) = (modelServer, speaker)
        (ready, self.version, self.uptime) = (missing == nil, version, uptime)
        (self.missing, missingCode, self.broker) = (missing?.message, missing?.code, broker)
        (self.finished, self.stopped, self.failed) = (finished, stopped, failed)
    }

    private enum CodingKeys: String, CodingKey {
        case speaking, prompt, paused, waiting, suspended, volume, rate, voice, muted, configured, sessions
        case model, speaker, ready, missing, broker, version, finished, stopped, failed
        case modelServer = "model_server"
        case uptime = "uptime_s"
        case missingCode = "missing_code"
    }
}

/// The answers that `POST /v1/stop` stopped.
package struct StopReply: Sendable, Codable {
    package var stopped: [String]

    package init(stopped: [String]) {
        self.stopped = stopped
    }
}

/// The answer that is being spoken: `POST /v1/pause`, `POST /v1/resume`.
package struct PauseReply: Sendable, Codable {
    @Nullable package var answer: String?

    package init(answer: String?) {
        self.answer = answer
    }
}

/// A request was taken; its client doesn't wait for the end.
package struct AcceptedReply: Sendable, Codable {
    package var answer: String
    package var session: String?
    /// What the client should know at once, such as that its text is not said again.
    package var notice: Notice?

    package init(answer: String, session: String?, notice: Notice? = nil) {
        (self.answer, self.session, self.notice) = (answer, session, notice)
    }
}

/// The reply to every invalid or failed request.
package struct ErrorReply: Sendable, Codable {
    package struct Problem: Sendable, Codable {
        /// A stable name in snake_case.
        package var code: String
        /// One sentence: what is wrong and what to do about it.
        package var message: String
    }

    package var error: Problem

    package init(code: String, message: String) {
        error = Problem(code: code, message: message)
    }
}
