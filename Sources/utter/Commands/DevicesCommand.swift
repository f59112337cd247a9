// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Playback

struct DevicesCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "List the playback devices that ALSA knows.")

    func execute() async throws {
        let devices = PlaybackDevices.list()
        guard !devices.isEmpty else {
            Console.say("utter: ALSA knows no playback device here; utter ask then writes a WAV file.\n")
            return
        }
        let width = devices.map(\.name.count).max() ?? 0
        for device in devices {
            let padding = String(repeating: " ", count: width - device.name.count)
            try Console.write("\(device.name)\(padding)  \(device.description)\n")
        }
    }
}
