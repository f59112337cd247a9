// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A model that a server has.
package struct InstalledModel: Sendable, Hashable {
    /// With its tag: `llama3.2:latest`.
    package let name: String
    /// Bytes on disk, and about as many in memory; `nil` if the server doesn't tell, as none but Ollama does.
    package let size: Int?
    /// The family of its architecture, such as `llama` or `bert`.
    package let family: String?
    /// Such as `3.2B`.
    package let parameters: String?
    /// What it can do: `completion`, `thinking`, `embedding` …; `nil` from servers before they told.
    package let capabilities: [String]?

    package init(
        name: String, size: Int? = nil, family: String? = nil, parameters: String? = nil, capabilities: [String]? = nil
    ) {
        self.name = name
        self.size = size
        self.family = family
        self.parameters = parameters
        self.capabilities = capabilities
    }

    /// - Returns: `nil` for what has no name.
    init?(_ json: JSONValue) {
        guard let name = ["name", "model", "id"].lazy.compactMap({ json[$0]?.text }).first else { return nil }
        let details = json["details"]
        self.init(
            name: name, size: json["size"]?.count, family: details?["family"]?.text,
            parameters: details?["parameter_size"]?.text,
            capabilities: json["capabilities"]?.elements?.compactMap(\.text))
    }
}

/// A model that is in a server's memory.
package struct LoadedModel: Sendable, Hashable {
    package let name: String
    /// Bytes it takes.
    package let size: Int?
    /// How many of them the GPU can use; less than `size` means that a part runs on the CPU, slowly.
    package let sizeOnGPU: Int?

    package init(name: String, size: Int? = nil, sizeOnGPU: Int? = nil) {
        self.name = name
        self.size = size
        self.sizeOnGPU = sizeOnGPU
    }

    init?(_ json: JSONValue) {
        guard let name = json["name"]?.text else { return nil }
        self.init(name: name, size: json["size"]?.count, sizeOnGPU: json["size_vram"]?.count)
    }
}

extension String {
    /// Whether both name one model of Ollama's: a missing tag means `latest`, and case doesn't count.
    package func isSameModel(as other: String) -> Bool {
        withTag.lowercased() == other.withTag.lowercased()
    }

    private var withTag: String {
        let name = split(separator: "/").last ?? ""
        return name.contains(":") ? self : self + ":latest"
    }
}
