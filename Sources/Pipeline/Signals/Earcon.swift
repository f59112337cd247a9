// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

/// The generated sound of an ``AudibleSignal``. They differ in melody, not just in pitch, so that they are distinct on any
/// loudspeaker: listening rises, thinking stays on its tone, failure falls and is rougher, and the chime rises and falls.
struct Earcon {
    private struct Tone {
        /// In Hz.
        var pitch: Double
        var duration: Duration
        /// Silence after it.
        var gap = Duration.zero
        /// Amplitude of the third harmonic relative to the fundamental, which makes the tone rough.
        var roughness = 0.0
    }

    /// Relative to full scale, at a volume of 100 percent: about as loud as speech.
    private static let amplitude = 0.15
    /// Without a ramp, the beginning and end of a tone would click.
    private static let attack = Duration.milliseconds(8)
    private static let release = Duration.milliseconds(40)

    private let tones: [Tone]

    init(_ signal: AudibleSignal) {
        tones =
            switch signal {
            case .listening:
                [
                    Tone(pitch: 587.3, duration: .milliseconds(90)),
                    Tone(pitch: 880, duration: .milliseconds(130)),
                ]
            case .thinking:
                [
                    Tone(pitch: 440, duration: .milliseconds(70), gap: .milliseconds(60)),
                    Tone(pitch: 440, duration: .milliseconds(70)),
                ]
            case .failure:
                [
                    Tone(pitch: 392, duration: .milliseconds(140), gap: .milliseconds(20), roughness: 0.4),
                    Tone(pitch: 261.6, duration: .milliseconds(240), roughness: 0.4),
                ]
            case .announcement:
                [
                    Tone(pitch: 523.3, duration: .milliseconds(110)),
                    Tone(pitch: 784, duration: .milliseconds(110)),
                    Tone(pitch: 659.3, duration: .milliseconds(180)),
                ]
            }
    }

    /// - Parameter volume: in percent, as for the voice.
    func samples(in format: PCMFormat, volume: Int) -> [Int16] {
        let amplitude = Self.amplitude * Double(volume) / 100 * Double(Int16.max)
        return tones.flatMap { tone in
            let frames = format.frames(in: tone.duration)
            let sound = (0..<frames).map { frame in
                let turns = 2 * Double.pi * tone.pitch * Double(frame) / Double(format.rate)
                let wave = (sin(turns) + tone.roughness * sin(3 * turns)) / (1 + tone.roughness)
                return Int16(amplitude * Self.envelope(at: frame, of: frames, format) * wave)
            }
            return sound + Array(repeating: 0, count: format.frames(in: tone.gap))
        }
    }

    /// A raised-cosine ramp at both ends, from 0 to 1.
    private static func envelope(at frame: Int, of frames: Int, _ format: PCMFormat) -> Double {
        let rise = Double(frame) / Double(format.frames(in: attack))
        let fall = Double(frames - 1 - frame) / Double(format.frames(in: release))
        return 0.5 - 0.5 * cos(Double.pi * min(1, rise, fall))
    }
}
