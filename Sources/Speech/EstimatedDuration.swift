// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

extension VoiceParameters {
    /// Returns about how long the runs of a piece will sound: accurate to a third, and very cheap.
    ///
    /// For estimating how much sound is ahead while pieces wait to be synthesized. The times were measured with eSpeak
    /// NG 1.51 at 175 words per minute, and scale with the rate.
    package func estimatedDuration(of runs: [SpokenRun]) -> Duration {
        guard !runs.isEmpty else { return .zero }
        var milliseconds = 0
        var words = 0
        for run in runs {
            let estimate = Estimate(run.text)
            milliseconds += estimate.milliseconds
            words += estimate.words
        }
        guard words > 0 else { return .zero }
        milliseconds += Estimate.beginAndEnd + (words - 1) * wordGapMilliseconds
        let scaled = milliseconds * 175 / rate
        return .milliseconds(scaled) + PieceSound.gapBetweenRuns * (runs.count - 1)
    }
}

extension VoiceParameters {
    /// Returns about how long a stretch of text sounds at 175 words per minute, including the longest pause that its
    /// marks make; for comparing stretches with each other.
    package static func usualTime(of text: String) -> Duration {
        let estimate = Estimate(text)
        return .milliseconds(estimate.milliseconds + estimate.pause)
    }
}

/// The time that a text takes at 175 words per minute.
private struct Estimate {
    /// The first and last sounds of a piece are longer.
    static let beginAndEnd = 100

    private(set) var milliseconds = 0
    private(set) var words = 0
    /// What its last marks would add if more text followed.
    private(set) var pause = 0

    init(_ text: String) {
        var isInWord = false
        for scalar in text.unicodeScalars {
            let duration = Self.duration(of: scalar)
            if duration > 0 {
                // A pause is made only if more text follows.
                milliseconds += duration + (milliseconds > 0 ? pause : 0)
                pause = 0
                if !isInWord { words += 1 }
                isInWord = true
            } else {
                isInWord = isInWord && !scalar.properties.isWhitespace
                pause = max(pause, Self.pause(after: scalar))
            }
        }
    }

    /// How long a character sounds, in ms.
    private static func duration(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x30...0x39: 330
        case 0x41...0x5A, 0x61...0x7A: 60
        case 0x23...0x26, 0x2B, 0x3D, 0x40: 350  // # $ % & + = @
        case 0x00...0xA0: 0
        case 0x0590...0x08FF: 95  // Hebrew, Arabic: few vowels are written
        case 0x0900...0x0FFF: 85  // India, Thailand, Tibet: vowels are marks of their own
        case 0x2000...0x206F, 0x3000...0x3004, 0x3006...0x3020, 0xFF00...0xFF0F, 0xFF1A...0xFF20: 0
        case 0x3040...0x30FF: 115  // Kana
        case 0xAC00...0xD7AF: 165  // Hangul
        case _ where scalar.properties.isIdeographic: 265
        case _ where scalar.properties.isAlphabetic: 60
        default: 0
        }
    }

    /// How long the pause is that a character makes, in ms.
    private static func pause(after scalar: Unicode.Scalar) -> Int {
        switch scalar {
        case ",", "，", "、", "،": 200
        case ";", ":", "；", "：", "—", "؛": 250
        case ".", "!", "?", "…", "。", "！", "？", "؟", "।": 320
        default: 0
        }
    }
}
