// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Speech
import Testing
import Utterance

@Suite("Starting eSpeak NG")
struct StartTests {
    @Test("without its data is a fault that says what to install, and doesn't end the process")
    func missingData() async {
        // A separate process, since the library is only started once in each.
        await #expect(processExitsWith: .success) {
            // An espeak-ng-data without anything in it.
            var path = Array("/tmp/utter-XXXXXX".utf8CString)
            let directory = unsafe String(cString: mkdtemp(&path))
            unsafe mkdir(directory + "/espeak-ng-data", 0o700)
            unsafe setenv("ESPEAK_DATA_PATH", directory, 1)
            defer {
                unsafe rmdir(directory + "/espeak-ng-data")
                unsafe rmdir(directory)
            }
            let fault = await #expect(throws: Fault.self) { _ = try await Synthesizer.start() }
            #expect(fault?.code == .speechFailed)
            #expect(fault?.message.contains("apt install espeak-ng-data") == true)
        }
    }
}
