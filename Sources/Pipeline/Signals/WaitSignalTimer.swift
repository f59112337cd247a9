// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Decides when to tell the listener that the answer is taking a while. Pure; used by the text stage.
struct WaitSignalTimer: Sendable {
    /// What is due.
    enum Due: Sendable, Equatable {
        case earcon
        case sentence
    }

    /// Soon enough to confirm the question, late enough not to sound before a quick answer.
    private static let untilEarcon = Duration.seconds(1)

    private let sounds: Bool
    private let stillThinking: Duration?
    /// When the listener last heard something, as far as is known.
    private var quietSince: Moment
    private var untilSentence: Duration?
    private var hasSounded = false

    /// - Parameter start: when the question was asked.
    init(_ parameters: SignalParameters, start: Moment) {
        let isQuestion = parameters.question != nil
        sounds = isQuestion && parameters.earcons
        stillThinking = isQuestion ? parameters.stillThinking : nil
        quietSince = start
        untilSentence = stillThinking
    }

    /// When to call ``due(at:ahead:)``; `nil`: not before more was heard.
    var wakeAt: Moment? {
        var waits: [Duration] = []
        if sounds, !hasSounded { waits.append(Self.untilEarcon) }
        if let untilSentence { waits.append(untilSentence) }
        return waits.min().map { quietSince.advanced(by: $0) }
    }

    /// Records that some of the answer will be heard until `moment`.
    mutating func hear(until moment: Moment) {
        quietSince = moment
        untilSentence = stillThinking
        hasSounded = false
    }

    /// Returns what to tell the listener now.
    ///
    /// - Parameter ahead: the sound that they will hear before it. If there is any, there is no need to tell them.
    mutating func due(at now: Moment, ahead: Duration) -> Due? {
        guard let wakeAt, now >= wakeAt else { return nil }
        guard ahead <= .zero else {
            hear(until: now.advanced(by: ahead))
            return nil
        }
        if let wait = untilSentence, now >= quietSince.advanced(by: wait) {
            untilSentence = wait * 2
            hasSounded = true
            return .sentence
        }
        hasSounded = true
        return .earcon
    }
}
