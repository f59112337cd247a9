// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts the silence off both ends of a piece of sound, and brings pieces to one loudness.
///
/// Servers make each request as loud as it can be, so short pieces come too loud or too soft beside long ones. Neural
/// voices end in noise and not in silence, so what counts as sound is measured against the piece itself.
struct Levelling {
    /// Loudness where the piece sounds, as a part of full scale: that of eSpeak NG, −19.5 dB.
    private static let loudness = 0.106
    /// The highest sample, −0.3 dB.
    private static let peak = 0.966 * 32_768
    /// A frame below this part of the loudest frame doesn't count as sound (−46 dB); one above ``certain`` does (−30 dB).
    private static let softest = 0.005
    private static let certain = 0.0316
    /// A frame this much above the noise is sound.
    private static let aboveNoise = 3.0
    /// Frames that are kept before and after the sound, for its soft beginning and end.
    private static let margin = 2
    private static let frameTime = 0.005

    private let samples: [Int16]
    private let length: Int
    /// The loudness of each frame of 5 ms.
    private let frames: [Double]
    private let loudest: Double

    init(_ samples: [Int16], rate: Int) {
        self.samples = samples
        let length = max(1, Int(Double(rate) * Self.frameTime))
        self.length = length
        frames = stride(from: 0, to: samples.count, by: length).map { start in
            let frame = samples[start..<min(start + length, samples.count)]
            return (frame.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(frame.count)).squareRoot()
        }
        loudest = frames.max() ?? 0
    }

    /// The samples that are heard; empty if none are.
    var trimmed: [Int16] {
        // Samples of at most 1 are silence.
        guard loudest > 1 else { return [] }
        let noise = min(frames.sorted()[frames.count / 20] * Self.aboveNoise, loudest * Self.certain)
        let threshold = max(noise, loudest * Self.softest)
        guard let first = frames.firstIndex(where: { $0 > threshold }),
            let last = frames.lastIndex(where: { $0 > threshold })
        else { return [] }
        let start = max(0, first - Self.margin) * length
        return Array(samples[start..<min(samples.count, (last + 1 + Self.margin) * length)])
    }

    /// The samples at the usual loudness.
    ///
    /// - Parameter volume: in percent.
    func levelled(volume: Int) -> [Int16] {
        guard loudest > 1, volume > 0 else { return [] }
        let sounding = frames.filter { $0 > loudest * Self.certain }
        let loudness = (sounding.reduce(0) { $0 + $1 * $1 } / Double(sounding.count)).squareRoot() / 32_768
        let highest = Double(samples.reduce(0) { max($0, Int($1).magnitude) })
        let gain = min(Self.loudness / loudness, Self.peak / highest) * Double(volume) / 100
        return samples.map { Int16(max(-32_768, min(32_767, (Double($0) * gain).rounded()))) }
    }
}
