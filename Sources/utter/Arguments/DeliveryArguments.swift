import ArgumentParser
// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import ServiceClient
import Utterance

/// How the daemon takes a request.
struct DeliveryArguments: ParsableArguments {
    @Option(help: "While something else is being said: interrupt it, queue behind it, or reject this.")
    var policy: Policy?

    @Flag(help: "The same as --policy queue.")
    var queue = false

    @Option(help: "important is never interrupted; progress is dropped when anything else is said; or normal.")
    var priority: Priority?

    @Flag(help: "Print the answer's name and leave it to the daemon; utter stop NAME stops it.")
    var detach = false

    @Flag(help: "Bring the text, and do not speak it.")
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
