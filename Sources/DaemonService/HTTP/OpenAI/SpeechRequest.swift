// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Utterance

/// A request to `/v1/audio/speech`.
struct SpeechRequest: Sendable {
    enum Format: String, Sendable, CaseIterable {
        case wav
        case pcm
    }

    let text: String
    /// `nil`: the daemon's.
    let voice: String?
    /// A factor for the daemon's rate.
    let speed: Double
    let format: Format

    /// OpenAI's own voices, which clients name without having asked for a list: they mean the daemon's voice.
    private static let foreignVoices: Set = [
        "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer",
        "verse",
    ]

    /// Fields that mean nothing here, such as `model`, are accepted.
    ///
    /// - Throws: `InvalidRequest`.
    init(_ fields: inout RequestFields, limits: RequestLimits) throws(InvalidRequest) {
        text = try fields.neededText("input", atMost: limits.promptCharacters)
        voice = try fields.text("voice").flatMap { Self.foreignVoices.contains($0) ? nil : $0 }
        let name = try fields.text("response_format") ?? Format.wav.rawValue
        guard let format = Format(rawValue: name) else {
            throw InvalidRequest(
                "response_format", "\(name) is not supported; ask for wav, or pcm (16 bit, mono, little endian).")
        }
        self.format = format
        let speed = fields.value("speed")
        guard speed == nil || speed?.double.map({ $0 > 0 && $0.isFinite }) == true else {
            throw InvalidRequest("speed", "has to be a number above 0.")
        }
        self.speed = speed?.double ?? 1
        guard fields.value("stream_format") != "sse" else {
            throw InvalidRequest("stream_format", "has to be audio; the sound is streamed as it is.")
        }
    }

    /// The nearest rate that eSpeak NG has.
    func rate(_ usual: Int) -> Int {
        let rates = VoiceRanges.rate
        let rate = (Double(usual) * speed).rounded()
        return Int(min(max(rate, Double(rates.lowerBound)), Double(rates.upperBound)))
    }
}
