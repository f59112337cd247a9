// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Playback

struct DevicesCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "List ALSA's playback devices.")

    func execute() async throws {
        let devices = PlaybackDevices.list()
        guard !devices.isEmpty else {
            Console.tell(
                Bilingual.ofLocale(
                    "ALSA finds no playback device here; utter ask writes a WAV file instead.",
                    "ALSA 在这里没有找到播放设备；utter ask 会把声音写入 WAV 文件。"))
            return
        }
        let width = devices.map(\.name.columns).max() ?? 0
        for device in devices {
            try Console.write("\(device.name.padded(to: width))  \(device.description)\n")
        }
    }
}
