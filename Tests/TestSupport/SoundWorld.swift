// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// ALSA for the tests: our own configuration, used by this process and its children.
///
/// - `capture:PATH` writes what is played to a file, as fast as it comes (`file` over `null`): bytes, but no timing.
/// - `float:PATH` is the same, but only accepts floating-point samples.
/// - `sink:NAME` plays in real time to a sink of ``SoundServer``.
/// - `valve:NAME,PATH` does the same, and blocks while nobody reads from the FIFO at PATH.
/// - `server:unix:PATH` plays to the server behind that socket.
/// - `faulty` has the driver `faulty.so` in ``folder``, which a test puts there; so has `held`, without a mixer.
/// - `nobody` has no server behind it.
package struct SoundWorld: Sendable {
    /// Contains everything that the tests of this process create; removed when it ends.
    package let folder: String

    /// Removes the folder when this process ends.
    private let janitor: ChildProcess?

    /// Created at first use; from then on, alsa-lib in this process sees nothing else.
    package static let shared = SoundWorld()

    /// Whether tests must not be skipped because a part is missing: on the build machines.
    package static let mustRun = unsafe getenv("UTTER_CI") != nil

    private init() {
        var template = Array("/tmp/utter-sound-XXXXXX".utf8CString)
        let made = unsafe mkdtemp(&template) != nil
        precondition(made, "No folder can be made in /tmp.")
        folder = String(decoding: template.dropLast().map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
        janitor = try? ChildProcess(["/bin/sh", "-c", "read -r _; rm -rf '\(folder)'"])
        writeFile("\(folder)/asound.conf", configuration)
        unsafe setenv("ALSA_CONFIG_PATH", "\(folder)/asound.conf", 1)
        // For the client library behind `sink:`.
        writeFile("\(folder)/client.conf", "autospawn = no\nenable-shm = no\ncookie-file = \(folder)/cookie\n")
        unsafe setenv("PULSE_CLIENTCONFIG", "\(folder)/client.conf", 1)
    }

    /// The environment that a program needs to play here.
    package static var environment: [String: String] {
        [
            "ALSA_CONFIG_PATH": "\(shared.folder)/asound.conf", "PULSE_CLIENTCONFIG": "\(shared.folder)/client.conf",
        ]
    }

    /// The path of a file that no other test uses.
    package func path(_ name: String) -> String {
        "\(folder)/\(name)-\(UInt32.random(in: 0 ... .max))"
    }

    private var configuration: String {
        // The variable replaces ALSA's own configuration, so that comes first.
        """
        </usr/share/alsa/alsa.conf>
        pcm.capture {
            @args [ FILE ]
            @args.FILE { type string }
            type file
            slave.pcm "null"
            file $FILE
            format "raw"
        }
        pcm.sink {
            @args [ NAME ]
            @args.NAME { type string }
            type pulse
            server "unix:\(folder)/pulse/native"
            device $NAME
        }
        pcm.float {
            @args [ FILE ]
            @args.FILE { type string }
            type lfloat
            slave { pcm { type file  slave.pcm "null"  file $FILE  format "raw" }  format S16_LE }
        }
        pcm.server {
            @args [ SOCKET ]
            @args.SOCKET { type string }
            type pulse
            server $SOCKET
        }
        pcm_type.faulty.lib "\(folder)/faulty.so"
        pcm.faulty.type faulty
        pcm.held.type faulty
        ctl_type.faulty.lib "\(folder)/faulty.so"
        ctl.faulty.type faulty
        pcm.nobody {
            type pulse
            server "unix:\(folder)/there/is/no/server"
        }
        ctl.sink {
            @args [ NAME ]
            @args.NAME { type string }
            type pulse
            server "unix:\(folder)/pulse/native"
            device $NAME
        }
        pcm.valve {
            @args [ NAME FILE ]
            @args.NAME { type string }
            @args.FILE { type string }
            type file
            slave.pcm { type pulse  server "unix:\(folder)/pulse/native"  device $NAME }
            file $FILE
            format "raw"
        }

        """
    }
}

/// Creates or replaces a small file.
package func writeFile(_ path: String, _ text: String) {
    writeFile(path, Array(text.utf8))
}

/// Creates or replaces a small file.
package func writeFile(_ path: String, _ bytes: [UInt8]) {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    precondition(file >= 0, "\(path) cannot be created.")
    _ = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    close(file)
}

/// The bytes of a file; `nil` if it can't be read.
package func readFile(_ path: String) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        guard count > 0 else { return bytes }
        bytes += buffer[..<count]
    }
}
