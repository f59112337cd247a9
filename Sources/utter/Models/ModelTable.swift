// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Utterance

/// The models of a server and their state, one per line.
struct ModelTable {
    var installed: [InstalledModel]
    var loaded: [LoadedModel]
    /// Bytes of memory that a model may use; `nil` if unknown, as on another machine.
    var memory: Int?
    /// The model that answers; `nil` if there is none.
    var answering: String?

    var text: String {
        let head = ["", "NAME", "SIZE", "PARAMETERS", "STATE"]
        let rows = [head] + installed.map(row)
        let used = head.indices.filter { column in rows.dropFirst().contains { !$0[column].isEmpty } || column < 2 }
        let widths = head.indices.map { column in rows.map(\.[column].columns).max() ?? 0 }
        return rows.map { row in
            let cells = used.map { row[$0].padded(to: $0 == used.last ? 0 : widths[$0], atStart: $0 == 2) }
            return cells.joined(separator: "  ") + "\n"
        }.joined()
    }

    private func row(_ model: InstalledModel) -> [String] {
        [
            answering.map { model.name.isSameModel(as: $0) } == true ? "*" : "", model.name.printable,
            model.size.map { String(bytes: $0) } ?? "", (model.parameters ?? "").printable, state(of: model),
        ]
    }

    private func state(of model: InstalledModel) -> String {
        if let running = loaded.first(where: { $0.name.isSameModel(as: model.name) }) { return running.whereabouts }
        if model.isRemote { return "in the cloud" }
        if !model.canChat { return "can't answer: an embedding model" }
        guard let memory, let fits = ModelChoice.fits(model, memory: memory) else { return "" }
        return fits ? "fits" : "too large: \(String(bytes: memory)) of memory are free"
    }
}

extension LoadedModel {
    /// Where the model is loaded: on the GPU, on the CPU, or on both.
    fileprivate var whereabouts: String {
        guard let size, size > 0, let onGPU = sizeOnGPU else { return "loaded" }
        switch onGPU {
        case ...0: return "loaded, on the CPU"
        case size...: return "loaded, on the GPU"
        default:
            let share = Int((Double(onGPU) / Double(size) * 100).rounded())
            return "loaded, \(share) % on the GPU, the rest on the CPU"
        }
    }
}
