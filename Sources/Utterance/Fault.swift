// SPDX-License-Identifier: GPL-3.0-or-later

/// An error: a code for programs, and a sentence for people that names the cause and the cure.
package struct Fault: Error, Sendable, Hashable, Codable {
    /// Stable names. The command line maps them to exit codes, the daemon to HTTP statuses.
    package enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        case usage
        case inputInvalid = "input_invalid"
        case inputUnreadable = "input_unreadable"
        case configurationInvalid = "configuration_invalid"

        case modelUnreachable = "model_unreachable"
        case modelSilent = "model_silent"
        case modelStalled = "model_stalled"
        case modelNotFound = "model_not_found"
        case modelNoneInstalled = "model_none_installed"
        case modelRefused = "model_refused"
        case modelUnauthorized = "model_unauthorized"
        case modelBusy = "model_busy"
        case modelOutOfMemory = "model_out_of_memory"
        case modelFailed = "model_failed"
        case modelProtocol = "model_protocol"
        /// The stream ended without the server's end marker: the answer is incomplete.
        case modelTruncated = "model_truncated"
        /// The model's answer had nothing that could be spoken.
        case answerEmpty = "answer_empty"
        /// The model reasoned but never answered.
        case answerOnlyReasoning = "answer_only_reasoning"

        case voiceUnknown = "voice_unknown"
        case speechFailed = "speech_failed"

        /// Sound from another program broke off, or can't be played.
        case soundInvalid = "sound_invalid"

        case deviceUnknown = "device_unknown"
        case deviceMissing = "device_missing"
        case deviceBusy = "device_busy"
        case deviceFailed = "device_failed"

        /// Something else is being said, and the request doesn't want to wait.
        case speakerBusy = "speaker_busy"
        /// Only important announcements are said at this time of the day.
        case quietHours = "quiet_hours"
        /// Too many requests are waiting.
        case queueFull = "queue_full"
        /// The daemon is stopping.
        case daemonStopping = "daemon_stopping"
        /// There is no daemon, something else answers, or the daemon exited in the middle of an answer.
        case daemonUnreachable = "daemon_unreachable"

        case outputUnwritable = "output_unwritable"
        case outputFailed = "output_failed"
        case internalError = "internal_error"
    }

    package var code: Code
    /// One sentence: what happened, and what to do about it. Free of control characters.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message.printable
    }

    /// Decodes a fault from a daemon, and makes its message as printable as that of a local one.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(try fields.decode(Code.self, forKey: .code), try fields.decode(String.self, forKey: .message))
    }
}

extension Fault: CustomStringConvertible {
    package var description: String { message }
}

/// A message for the user that is not an error.
package struct Notice: Sendable, Hashable, Codable {
    /// A stable name in snake_case, such as `truncated`, `demo_model`, `no_device`.
    package var code: String
    /// One sentence, free of control characters.
    package var message: String

    package init(_ code: String, _ message: String) {
        self.code = code
        self.message = message.printable
    }

    /// Decodes a notice from a daemon, and makes its message as printable as that of a local one.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(try fields.decode(String.self, forKey: .code), try fields.decode(String.self, forKey: .message))
    }
}
