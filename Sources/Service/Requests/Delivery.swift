// SPDX-License-Identifier: GPL-3.0-or-later

/// How a request wants to be spoken.
package struct Delivery: Sendable, Hashable {
    package var policy: Policy
    package var priority: Priority
    /// A voice's name; `nil`: the one in force.
    package var voice: String?
    /// Words per minute; `nil`: the one in force.
    package var rate: Int?
    /// `false`: the text is wanted, not the sound.
    package var speaks: Bool
    /// It goes on when the client hangs up.
    package var isDetached: Bool
    /// The result is to hold all of the answer's text, however long it is.
    package var wantsText: Bool

    package init(
        policy: Policy, priority: Priority = .normal, voice: String? = nil, rate: Int? = nil, speaks: Bool = true,
        isDetached: Bool = false, wantsText: Bool = false
    ) {
        self.policy = policy
        self.priority = priority
        self.voice = voice
        self.rate = rate
        self.speaks = speaks
        self.isDetached = isDetached
        self.wantsText = wantsText
    }
}
