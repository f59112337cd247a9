// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

extension Fault {
    private static let log =
        "its log tells why: journalctl -u utter, journalctl --user -u utter, or the terminal where utter serve ran."

    /// No daemon was found.
    package static let noDaemon = Fault(.daemonUnreachable, "No daemon is running here; start \(startingIt)")

    /// An option was given that only the daemon can follow.
    package static func noDaemon(for option: String) -> Fault {
        Fault(.daemonUnreachable, "\(option) needs a daemon, and none is running here; start \(startingIt)")
    }

    private static let startingIt =
        "one with utter serve, sudo systemctl start utter, or on a desktop systemctl --user start utter."

    /// The daemon ended before it answered.
    static let daemonWent = Fault(
        .daemonUnreachable, "The daemon ended before it answered; \(log)")

    /// The daemon ended while it was watched.
    package static let daemonEnded = Fault(
        .daemonUnreachable, "The daemon has ended; \(log)")

    /// The daemon ended in the middle of an answer.
    package static let daemonDied = Fault(
        .daemonUnreachable,
        "The daemon ended in the middle of the answer; what had arrived was kept; \(log)")

    /// The event of the answer's end was lost.
    package static let endLost = Fault(
        .outputFailed,
        "The end of the answer was lost, since its events were read too slowly; utter status says what the daemon does."
    )

    /// The answer was spoken, but part of its text was lost.
    package static let textLost = Fault(
        .outputFailed,
        "Part of the answer's text is missing here, since its events were read too slowly; what was spoken is not.")

    static func nobody(at path: String) -> Fault {
        Fault(
            .daemonUnreachable,
            "No daemon answers at \(path), which \(DaemonSocket.variable) names; start it with utter serve, or unset "
                + "\(DaemonSocket.variable).")
    }

    static func notPermitted(_ path: String) -> Fault {
        Fault(
            .daemonUnreachable,
            "You may not talk to the daemon at \(path); join the group utter and log in again: "
                + "sudo usermod -aG utter $USER")
    }

    static func unusable(_ path: String, cause: String) -> Fault {
        Fault(
            .daemonUnreachable,
            "The daemon's socket \(path) can't be used (\(cause)); does \(DaemonSocket.variable) name the right one?")
    }

    /// Something else than the daemon answers.
    static func noDaemonOfOurs(at path: String, _ reply: String) -> Fault {
        Fault(
            .daemonUnreachable,
            "What answers at \(path) is not Utter's daemon (\(reply)); does \(DaemonSocket.variable) name the right "
                + "socket?")
    }

    /// The daemon's reply can't be decoded.
    static func daemonNotUnderstood(_ path: String) -> Fault {
        Fault(
            .daemonUnreachable,
            "The daemon at \(path) sent a reply that this version does not understand; restart it, so that both have the "
                + "same version: systemctl restart utter")
    }
}
