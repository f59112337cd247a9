// swift-tools-version: 6.3
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

/// Swift 6 mode with every check that the project lives by; warnings are errors everywhere.
let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A module of the house (docs/design.md): what it may import is what stands here, nothing else.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// The tests of a module, named after it.
func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), "TestSupport"] + dependencies,
        exclude: exclude,
        swiftSettings: strict)
}

let package = Package(
    name: "utter",
    products: [
        .executable(name: "utter", targets: ["utter"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.30.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // Without its default traits, which link full Foundation and ICU: 45 MB more.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        // The tests', to run the built program.
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
        .systemLibrary(name: "CESpeakNG", pkgConfig: "espeak-ng", providers: [.apt(["libespeak-ng-dev"])]),
        .systemLibrary(name: "CConfinement"),
        .systemLibrary(name: "CEventFD"),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSonic", providers: [.apt(["libsonic-dev"])]),
        .systemLibrary(name: "CSpeexDSP", pkgConfig: "speexdsp", providers: [.apt(["libspeexdsp-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        module("Utterance"),
        module("Channels", [.product(name: "DequeModule", package: "swift-collections")]),
        module("Threads", ["CEventFD"]),
        module(
            "HTTP",
            [
                "COpenSSL", "Channels",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        module("LanguageModel", ["HTTP", "Utterance"]),
        module("TextNormalization", ["Utterance"]),
        module("Sentences", ["Utterance", "TextNormalization"]),
        module("Speech", ["Utterance", "Threads", "CConfinement", "CESpeakNG"]),
        module("WyomingFrames", ["Utterance"]),
        module("SoundCoding", ["CSpeexDSP"]),
        module(
            "VoiceServers",
            ["Utterance", "Channels", "HTTP", "Speech", "SoundCoding", "WyomingFrames", "CSonic"]),
        module("Playback", ["Utterance", "Channels", "Threads", "CALSA"]),
        module("Pipeline", ["Utterance", "Channels", "LanguageModel", "Sentences", "Speech", "Playback"]),
        module(
            "Host", ["CMalloc", "Utterance", "Channels", "Threads", .product(name: "Logging", package: "swift-log")]),
        .target(name: "CFiles"),
        module("Page", ["CFiles"], exclude: ["Web"]),
        module("DaemonAPI", ["Utterance", "Pipeline"]),
        module(
            "DaemonService",
            [
                "CFiles", "Utterance", "Channels", "DaemonAPI", "Host", "LanguageModel", "Sentences", "Speech",
                "Playback", "Pipeline", "Page",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["HTTP/openapi.yaml"]),
        module(
            "WyomingService",
            [
                "Utterance", "Channels", "DaemonAPI", "DaemonService", "Pipeline", "Sentences", "SoundCoding", "Speech",
                "WyomingFrames",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        module(
            "MQTT",
            [
                "CMosquitto", "COpenSSL", "Channels", "DaemonAPI", "DaemonService", "Pipeline", "Threads", "Utterance",
                .product(name: "Logging", package: "swift-log"),
            ]),
        module("DaemonClient", ["HTTP", "Utterance", "DaemonAPI"]),
        module("Settings", ["CYAML", "Utterance"]),
        module(
            "Assistant",
            [
                "Utterance", "DaemonAPI", "HTTP", "Host", "LanguageModel", "MQTT", "Sentences", "Speech",
                "VoiceServers", "Playback", "Pipeline", "DaemonService", "Settings",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "utter",
            dependencies: [
                "HTTP", "Utterance", "Threads", "DaemonAPI", "Host", "LanguageModel", "MQTT", "Sentences", "Speech",
                "VoiceServers",
                "Playback", "Pipeline", "DaemonService", "DaemonClient", "Settings", "Assistant", "WyomingService",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        // How fast the text stage is; see Benchmarks/README.md.
        .executableTarget(
            name: "text-stage",
            dependencies: ["Utterance", "Sentences"],
            path: "Benchmarks/TextStage",
            swiftSettings: strict),

        .target(
            name: "TestSupport",
            dependencies: [
                "HTTP", "Threads", "Utterance",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/TestSupport",
            exclude: ["Device/faulty.c"],
            swiftSettings: strict),
        tests(of: "Utterance"),
        tests(of: "Channels"),
        tests(of: "Threads"),
        tests(of: "HTTP"),
        tests(of: "LanguageModel", ["HTTP"], exclude: ["Captures"]),
        tests(of: "TextNormalization", ["Speech"]),
        tests(of: "Sentences", exclude: ["Corpus"]),
        tests(of: "Speech"),
        tests(
            of: "VoiceServers",
            ["HTTP", "SoundCoding", "Speech", "Utterance", .product(name: "NIOCore", package: "swift-nio")]),
        tests(of: "WyomingFrames", ["Utterance"]),
        tests(of: "SoundCoding"),
        tests(of: "Playback"),
        tests(
            of: "Pipeline",
            ["HTTP", "LanguageModel", "Playback", "Sentences", "Speech", "Utterance", "VoiceServers"]),
        tests(of: "Host", ["Utterance", .product(name: "Logging", package: "swift-log")]),
        tests(
            of: "DaemonService",
            [
                "Channels", "DaemonAPI", "LanguageModel", "Pipeline", "Playback", "Settings", "Speech", "Utterance",
                "WyomingFrames", "WyomingService",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        tests(of: "MQTT", ["DaemonAPI", "Pipeline", "Utterance"]),
        tests(of: "Page", ["utter"]),
        tests(of: "DaemonAPI", ["Pipeline", "Utterance"]),
        tests(of: "DaemonClient", ["Utterance"]),
        tests(of: "Settings"),
        tests(
            of: "Assistant",
            [
                "DaemonAPI", "DaemonService", "HTTP", "LanguageModel", "MQTT", "Pipeline", "Settings", "Speech",
                "Utterance", "VoiceServers",
            ]),
        .testTarget(
            name: "UtterTests",
            dependencies: [
                "utter", "TestSupport", "Channels", "HTTP", "Pipeline", "Threads", "Assistant", "VoiceServers",
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzzers (scripts/fuzz) use libFuzzer's main function, so no other build may include them.
if Context.environment["UTTER_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Utterance", "LanguageModel", "Sentences", "Settings", "Speech", "VoiceServers", "WyomingFrames",
                "DaemonAPI", "DaemonService",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ],
            path: "Tests/Fuzzing",
            exclude: ["Corpora"],
            swiftSettings: strict))
}
