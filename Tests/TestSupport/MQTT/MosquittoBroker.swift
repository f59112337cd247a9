// SPDX-License-Identifier: GPL-3.0-or-later
import Subprocess
import Synchronization
import SystemPackage

/// The MQTT broker Mosquitto, on a port of this machine that belongs to it. It ends with this value.
package final class MosquittoBroker: Sendable {
    package struct NotStarted: Error {
        package var said: String
    }

    private static let program = InstalledProgram("mosquitto")
    package static let isInstalled = program.isInstalled && InstalledProgram("mosquitto_sub").isInstalled
    package static let reasonToSkip = "needs mosquitto and mosquitto-clients"

    private let reserved: ReservedPort
    private let configuration: String
    private let process = Mutex<ChildProcess?>(nil)

    package var port: Int { reserved.port }
    package var url: String { "mqtt://127.0.0.1:\(port)" }

    /// - Parameters:
    ///   - folder: for its configuration.
    ///   - settings: of its listener.
    package init(in folder: String, settings: String = "allow_anonymous true") throws {
        reserved = try ReservedPort()
        configuration = "\(folder)/mosquitto-\(reserved.port).conf"
        writeFile(
            configuration,
            """
            log_dest stderr
            persistence false
            user root
            listener \(reserved.port) 127.0.0.1
            \(settings)

            """)
    }

    /// Runs one while `body` does.
    package static func run<Result>(
        in folder: String, settings: String = "allow_anonymous true",
        while body: (MosquittoBroker) async throws -> Result
    ) async throws -> Result {
        let broker = try MosquittoBroker(in: folder, settings: settings)
        try await broker.start()
        let result = try await body(broker)
        await broker.stop()
        return result
    }

    /// Returns when it can be reached.
    package func start() async throws {
        let configuration = configuration
        let child = try await onThread("mosquitto") {
            let command = "PATH=$PATH:/usr/sbin exec mosquitto -c \"\(configuration)\" 2>&1"
            let child = try ChildProcess(["/bin/sh", "-c", command], takesSignals: true)
            var said = ""
            var buffer = [UInt8](repeating: 0, count: 4_096)
            while !said.contains(" running") {
                guard let count = child.read(into: &buffer) else { throw NotStarted(said: said) }
                said += String(decoding: buffer[..<count], as: UTF8.self)
            }
            return child
        }
        process.withLock { $0 = child }
    }

    /// Returns when it has ended.
    package func stop() async {
        guard let child = process.withLock({ $0.take() }) else { return }
        child.terminate()
        _ = try? await onThread("mosquitto") { child.rest() }
    }

    /// Ends it without notice, like a crash; returns when it has ended.
    package func kill() async {
        guard let child = process.withLock({ $0.take() }) else { return }
        child.kill()
        _ = try? await onThread("mosquitto") { child.rest() }
    }

    /// The settings for a listener that wants this user with this password, which it keeps in `folder`.
    package static func settings(user: String, password: String, in folder: String) async throws -> String {
        let file = "\(folder)/passwords"
        _ = try await InstalledProgram("mosquitto_passwd").run(["-c", "-b", file, user, password])
        return "allow_anonymous false\npassword_file \(file)"
    }

    /// Makes a certificate for `localhost` and 127.0.0.1 that nobody knows, and the settings for a listener with it.
    package static func settingsForTLS(in folder: String) async throws -> (settings: String, certificate: String) {
        let (key, certificate) = ("\(folder)/key.pem", "\(folder)/certificate.pem")
        _ = try await InstalledProgram("openssl").run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key,
            "-out", certificate,
        ])
        return ("allow_anonymous true\ncertfile \(certificate)\nkeyfile \(key)", certificate)
    }

    /// Publishes a message as `mosquitto_pub` does.
    ///
    /// - Parameter options: such as `-r`, which has the broker keep it.
    package func publish(_ topic: String, _ payload: String, _ options: String...) async throws {
        _ = try await InstalledProgram("mosquitto_pub").run(
            ["-h", "127.0.0.1", "-p", "\(port)", "-t", topic, "-q", "1", "-s"] + options, input: payload)
    }
}
