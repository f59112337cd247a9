// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import TestSupport
import Testing
import Utterance

@testable import Playback

/// A `/proc` with a card `Intel` that `aplay` plays through, and an unused card `Audio`.
private struct FakeProc {
    let root = SoundWorld.shared.path("proc")

    init() {
        write("asound/card0/id", "Intel\n")
        write("asound/card1/id", "Audio\n")
        write("asound/card0/pcm0p/sub0/status", "state: RUNNING\nowner_pid   : 4711\ntrigger_time: 1.2\n")
        write("asound/card1/pcm0p/sub0/status", "closed\n")
        // The kernel reports the thread, which has its own name.
        write("4711/comm", "playback\n")
        write("4711/status", "Name:\tplayback\nTgid:\t4700\nPid:\t4711\n")
        write("4700/comm", "aplay\n")
    }

    private func write(_ path: String, _ text: String) {
        var folder = root
        unsafe mkdir(folder, 0o700)
        let parts = path.split(separator: "/")
        for part in parts.dropLast() {
            folder += "/\(part)"
            unsafe mkdir(folder, 0o700)
        }
        writeFile("\(root)/\(path)", text)
    }
}

@Suite("The sound cards")
struct SoundCardsTests {
    private let cards = SoundCards(root: FakeProc().root)

    @Test("have the kernel's names")
    func ids() {
        #expect(cards.ids == ["Intel", "Audio"])
    }

    @Test("report who plays, by card or by number, or through any if the device doesn't name one")
    func holder() {
        let aplay = SoundCards.Holder(process: 4_700, name: "aplay")
        #expect(cards.holder(of: "plughw:CARD=Intel,DEV=0") == aplay)
        #expect(cards.holder(of: "hw:0,0") == aplay)
        #expect(cards.holder(of: "speaker") == aplay)
        #expect(cards.holder(of: "hw:Audio") == nil)
        #expect(cards.holder(of: "hw:7") == nil)
    }

    @Test(
        "are named in a device",
        arguments: [
            ("plughw:CARD=Audio,DEV=0", "Audio"), ("hw:1,0", "1"), ("sysdefault:CARD=PCH", "PCH"),
            ("hw:Intel", "Intel"),
        ])
    func card(device: String, card: String) {
        #expect(SoundCards.card(in: device) == card)
    }

    @Test("are not in every device's name", arguments: ["default", "null", "pulse:x", "speaker"])
    func noCard(device: String) {
        #expect(SoundCards.card(in: device) == nil)
    }

    private func fault(_ device: String, _ code: CInt, wasOpen: Bool = false) -> Fault {
        .notOpened(device, .open(ALSAError(code: -code)), wasOpen: wasOpen, cards: cards)
    }

    @Test("that is busy is reported with the program that uses it")
    func busy() {
        let fault = fault("plughw:CARD=Intel,DEV=0", EBUSY)
        #expect(fault.code == .deviceBusy)
        #expect(fault.message.contains("in use by aplay, process 4700"))
    }

    @Test("that was unplugged is reported as such, a missing one as not connected, and a wrong name is corrected")
    func names() {
        let unplugged = fault("plughw:CARD=Usb,DEV=0", ENODEV, wasOpen: true)
        #expect(unplugged.code == .deviceMissing && unplugged.message.contains("was unplugged"))
        let absent = fault("plughw:CARD=Usb,DEV=0", ENODEV)
        #expect(absent.code == .deviceMissing && absent.message.contains("is not connected"))
        let wrong = fault("plughw:CARD=Intell,DEV=0", ENODEV)
        #expect(wrong.code == .deviceUnknown)
        #expect(wrong.message.contains("did you mean 'plughw:CARD=Intel,DEV=0'?"))
        let noDefault = fault("default", ENOENT)
        #expect(noDefault.code == .deviceMissing && noDefault.message.contains("'plughw:CARD=Intel,DEV=0'"))
    }
}
