// SPDX-License-Identifier: GPL-3.0-or-later

import Hummingbird

extension Delivery {
    /// - Parameter policy: unless the request says another.
    /// - Throws: ``APIError``.
    init(_ members: inout RequestMembers, of request: Request, otherwise policy: Policy) throws(APIError) {
        self.init(
            policy: try members.choice("policy") ?? policy, priority: try members.choice("priority") ?? .normal,
            voice: try members.text("voice"), rate: try members.integer("rate"),
            speaks: try members.flag("speak") ?? true, isDetached: try members.flag("detach") ?? false)
        // Who follows the events has the text from them.
        wantsText = !request.wantsEvents && !isDetached
    }
}
