// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import LanguageModel
@testable import utter

@Suite struct ModelTableTests {
    private let installed = [
        InstalledModel(name: "llama3.2:latest", size: 2_019_393_189, parameters: "3.2B"),
        InstalledModel(name: "llama3.3:70b", size: 42_520_413_916, parameters: "70.6B"),
        InstalledModel(name: "nomic-embed-text:latest", size: 274_302_450, family: "nomic-bert", parameters: "137M"),
        InstalledModel(name: "gpt-oss:120b-cloud", size: 384),
    ]

    @Test("Each model has its size, and whether it is loaded, fits or can't answer")
    func table() {
        let table = ModelTable(
            installed: installed, loaded: [LoadedModel(name: "llama3.2:latest", size: 100, sizeOnGPU: 100)],
            memory: 6_000_000_000, answering: "llama3.2")
        #expect(
            table.text == """
                   NAME                       SIZE  PARAMETERS  STATE
                *  llama3.2:latest          2.0 GB  3.2B        loaded, on the GPU
                   llama3.3:70b              43 GB  70.6B       too large: 6.0 GB of memory are free
                   nomic-embed-text:latest  274 MB  137M        can't answer: an embedding model
                   gpt-oss:120b-cloud        384 B              in the cloud

                """)
    }

    @Test(
        "A loaded model is on the GPU, on the CPU, or split",
        arguments: [
            (100, "loaded, on the GPU"), (0, "loaded, on the CPU"), (60, "loaded, 60 % on the GPU"), (nil, "loaded\n"),
            (.max, "loaded, on the GPU"), (.min, "loaded, on the CPU"),
        ])
    func loaded(onGPU: Int?, state: String) {
        let table = ModelTable(
            installed: Array(installed.prefix(1)),
            loaded: [LoadedModel(name: "llama3.2:latest", size: 100, sizeOnGPU: onGPU)])
        #expect(table.text.contains(state))
    }

    @Test("For a server that reports only names, names are listed")
    func names() {
        let table = ModelTable(installed: [InstalledModel(name: "a"), InstalledModel(name: "b")], loaded: [])
        #expect(table.text == "  NAME\n  a\n  b\n")
    }
}
