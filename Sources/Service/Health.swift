// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore
import NIOPosix
import Pipeline
import Speech

/// Whether the daemon still does its work: what answers on each of the threads that everything else needs.
package enum Health {
    /// - Returns: when the speaker, the speech engine and the network's loop have each taken a turn; never if one hangs.
    package static func check(_ speaker: Speaker) async -> Bool {
        _ = await speaker.status
        await speaker.player.engine.respond()
        return (try? await MultiThreadedEventLoopGroup.singleton.any().submit {}.get()) != nil
    }
}
