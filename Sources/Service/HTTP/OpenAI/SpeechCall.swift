// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import LanguageModel
import Speech
import Utterance

/// A request to `/v1/audio/speech`.
struct SpeechCall: Sendable {
    enum Format: String, Sendable, CaseIterable {
        case wav
        case pcm
    }

    let text: String
    /// `nil`: the daemon's.
    let voice: String?
    /// Times the daemon's rate.
    let speed: Double
    let format: Format

    /// OpenAI's own voices, which clients name without being told: the daemon's voice is meant.
    private static let foreignVoices: Set = [
        "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer",
        "verse",
    ]

    /// Members that mean nothing here, such as `model`, are accepted.
    ///
    /// - Throws: ``OpenAIError``, ``APIError``.
    init(_ members: inout RequestFields, limits: ServiceLimits) throws {
        text = try members.neededText("input", atMost: limits.promptCharacters)
        voice = try members.text("voice").flatMap { Self.foreignVoices.contains($0) ? nil : $0 }
        let name = try members.text("response_format") ?? Format.wav.rawValue
        guard let format = Format(rawValue: name) else {
            throw OpenAIError.invalid(
                "response_format", "\(name) can't be made here; use wav, or pcm (16 bit, mono, little endian).")
        }
        self.format = format
        let rest = members.rest()
        switch rest["speed"] ?? .null {
        case .null: speed = 1
        case .integer(let factor) where factor > 0: speed = Double(factor)
        case .number(let factor) where factor > 0 && factor.isFinite: speed = factor
        default: throw OpenAIError.invalid("speed", "has to be a number above 0.")
        }
        guard rest["stream_format"] != "sse" else {
            throw OpenAIError.invalid("stream_format", "has to be audio; the sound is streamed as it is.")
        }
    }

    /// The nearest rate that eSpeak NG has.
    func rate(_ usual: Int) -> Int {
        let rates = VoiceRanges.rate
        let rate = (Double(usual) * speed).rounded()
        return Int(min(max(rate, Double(rates.lowerBound)), Double(rates.upperBound)))
    }
}
