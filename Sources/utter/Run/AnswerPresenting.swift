// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

/// Shows the events of one answer.
protocol AnswerPresenting: Sendable {
    /// - Throws: `Fault(.outputFailed)` if standard output is closed or full.
    mutating func show(_ event: Event) throws
}
