// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Host

struct ServeCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the daemon: one voice for every program that wants to speak.",
        discussion: """
            Listens on the unix socket and the addresses of the configuration's section server, or on sockets inherited \
            from systemd. Until a model server answers, a built-in demo does, unless a server or a model was named. SIGHUP reloads the configuration, SIGTERM and Ctrl-C end it at once.
            """)

    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        Memory.staySmall()
        try await Daemon(config: config, environment: ProcessEnvironment.variables).run()
    }
}
