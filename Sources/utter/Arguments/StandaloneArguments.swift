// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ServiceClient
import Utterance

/// Whether the daemon speaks or this process.
struct StandaloneArguments: ParsableArguments {
    @Flag(
        help: """
            Speak in this process even where a daemon runs. Options that choose the model server, the output or the \
            configuration imply it.
            """)
    var standalone = false

    /// The daemon that is to speak; `nil`: this process does.
    ///
    /// - Parameters:
    ///   - own: options that were given and that the daemon can't follow, such as `--url`.
    ///   - foreign: options that were given and that only the daemon can follow, such as `--detach`.
    /// - Throws: `Fault(.usage)` if both were; `Fault(.daemonUnreachable)` if there is a daemon that can't be talked to,
    ///   or none and it is needed.
    func daemon(own: [String], foreign: [String]) throws(Fault) -> DaemonClient? {
        if let option = (standalone ? ["--standalone"] : own).first {
            guard let needy = foreign.first else { return nil }
            throw Fault(.usage, "\(needy) is for the daemon, and \(option) speaks without it; leave one out.")
        }
        let daemon = try DaemonClient.find(in: ProcessEnvironment.variables)
        if daemon == nil, let needy = foreign.first {
            throw Fault(
                .daemonUnreachable,
                "\(needy) needs a daemon, and none is running here; start it with utter serve or systemctl start utter."
            )
        }
        return daemon
    }
}
