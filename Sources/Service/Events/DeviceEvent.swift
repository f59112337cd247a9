// SPDX-License-Identifier: GPL-3.0-or-later
package import Pipeline

/// One thing that the device does, for those who watch it.
package enum DeviceEvent: Sendable, Equatable {
    /// A request was taken; its answer's own events follow, at once or when its turn comes.
    case queued(Queued)
    /// What happens to an answer.
    case answer(Event)
    /// Somebody changed how the device sounds.
    case controls(Controls)

    /// Who is to speak, and why.
    package struct Queued: Sendable, Equatable, Encodable {
        package var answer: String
        /// `nil` for what is only said.
        package var session: String?
        /// The prompt, or the beginning of the text that is to be said.
        package var prompt: String
        package var priority: Priority
        /// Answers that speak before it.
        package var ahead: Int

        package init(answer: String, session: String?, prompt: String, priority: Priority, ahead: Int) {
            self.answer = answer
            self.session = session
            self.prompt = prompt
            self.priority = priority
            self.ahead = ahead
        }
    }
}
