// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import Host
import NIOCore
import Settings
import Utterance
import WyomingService

/// The sockets on which the daemon serves Wyoming.
struct ServedWyoming {
    let settings: Settings.Wyoming
    let rules: AccessRules

    struct Served: Sendable {
        var roles: Set<WyomingService.Role>
        var socket: ListeningSocket
    }

    /// - Throws: `Fault(.configurationInvalid)` for an address that can't be used, or that would be open to anyone.
    func open() throws -> [Served] {
        if let satellite = settings.satellite, [settings.speech, settings.conversation].contains(satellite) {
            throw Fault(
                .configurationInvalid,
                "wyoming.satellite needs an address of its own: where there is a satellite, Home Assistant ignores the rest."
            )
        }
        var wanted: [(endpoint: Settings.Server.Endpoint, roles: Set<WyomingService.Role>)] = []
        if let endpoint = settings.satellite { wanted.append((endpoint, [.satellite])) }
        if let endpoint = settings.speech { wanted.append((endpoint, [.speech])) }
        if let endpoint = settings.conversation {
            if endpoint == settings.speech, endpoint.port != 0 {
                wanted[wanted.count - 1].roles.insert(.conversation)
            } else {
                wanted.append((endpoint, [.conversation]))
            }
        }
        return try wanted.map { Served(roles: $0.roles, socket: try socket(at: $0.endpoint)) }
    }

    private func socket(at endpoint: Settings.Server.Endpoint) throws -> ListeningSocket {
        guard let address = try? SocketAddress.makeAddressResolvingHost(endpoint.host, port: Int(endpoint.port)) else {
            throw Fault(.configurationInvalid, "wyoming: \(endpoint) is not an address of this machine.")
        }
        try rules.check(withoutTokenListeningAt: address, protocol: "Wyoming")
        return try ListeningSocket(address: address, settings: "wyoming.satellite, wyoming.tts and wyoming.handle")
    }

    /// The device's name for Home Assistant, the same as in the package's files for Avahi.
    static var name: String {
        let host = HostName.short
        return host.isEmpty ? "Utter" : "Utter on \(host)"
    }
}
