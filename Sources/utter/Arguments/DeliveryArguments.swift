// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import DaemonAPI
import DaemonClient
import Utterance

/// How the daemon handles a request.
struct DeliveryArguments: ParsableArguments {
    @Option(help: "While something else is being said: interrupt it, queue behind it, or reject this request.")
    var policy: Policy?

    @Flag(help: "The same as --policy queue.")
    var queue = false

    @Option(
        help: "normal; important, which is never interrupted; or progress, which is dropped when anything else is said."
    )
    var priority: Priority?

    @Flag(help: "Print the answer's name and exit while the daemon speaks; utter stop NAME stops it.")
    var detach = false

    @Flag(help: "Return the text only, without speaking it.")
    var noSpeak = false

    func validate() throws {
        guard let policy, queue, policy != .queue else { return }
        throw ValidationError("--queue and --policy \(policy.rawValue) contradict each other; leave one out.")
    }

    /// The options that were given.
    var given: [String] {
        [
            policy == nil ? nil : "--policy", queue ? "--queue" : nil, priority == nil ? nil : "--priority",
            detach ? "--detach" : nil, noSpeak ? "--no-speak" : nil,
        ].compactMap(\.self)
    }

    func options(_ voice: VoiceArguments) throws(Fault) -> Delivery {
        var options = try voice.delivery()
        options.policy = queue ? .queue : policy
        options.priority = priority ?? .normal
        options.speaks = !noSpeak
        return options
    }
}

extension Policy: ExpressibleByArgument {}
extension Priority: ExpressibleByArgument {}

/// Which of the daemon's conversations to continue.
struct SessionArguments: ParsableArguments {
    @Option(
        help: "The daemon's conversation; by default the one called default for ask, and a new one for chat.",
        completion: Completions.sessions)
    var session: String?

    /// The options that were given.
    var given: [String] { session == nil ? [] : ["--session"] }
}

/// Whether the daemon or this process speaks.
struct StandaloneArguments: ParsableArguments {
    @Flag(
        help: """
            Speak in this process even if a daemon is running. Options that choose the model server, the output or the \
            configuration imply it.
            """)
    var standalone = false

    /// The daemon that speaks; `nil` if this process does.
    ///
    /// - Parameters:
    ///   - localOnly: given options that the daemon can't honour, such as `--url`.
    ///   - daemonOnly: given options that only the daemon can honour, such as `--detach`.
    /// - Throws: `Fault(.usage)` if both were given; `Fault(.daemonUnreachable)` if there is a daemon that can't be
    ///   reached, or if one is needed and there isn't one.
    func daemon(localOnly: [String], daemonOnly: [String]) throws(Fault) -> DaemonClient? {
        if let option = (standalone ? ["--standalone"] : localOnly).first {
            guard let daemonOption = daemonOnly.first else { return nil }
            throw Fault(.usage, "\(daemonOption) is for the daemon, and \(option) speaks without it; leave one out.")
        }
        let daemon = try DaemonClient.find(in: ProcessEnvironment.variables)
        if daemon == nil, let option = daemonOnly.first {
            throw Fault.noDaemon(for: option)
        }
        return daemon
    }
}
