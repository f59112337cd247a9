// SPDX-License-Identifier: GPL-3.0-or-later
import CFiles
import HTTPTypes
import Hummingbird
import NIOCore
import Page

/// The page's files. They reveal nothing of the device, so anybody who reaches it may have them.
struct PageEndpoints: Sendable {
    func add(to router: ServiceRouter) {
        for file in PageFile.all {
            let (headers, body) = (Self.headers(of: file), ByteBuffer(bytes: file.bytes))
            router.add(
                RouterPath(file.path),
                [
                    .get: { request, _ in
                        // The browser asks each time, and gets the file if it has a different one.
                        if request.headers[values: .ifNoneMatch].contains(where: { $0.contains(file.entityTag) }) {
                            return Response(status: .notModified, headers: headers)
                        }
                        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
                    }
                ])
        }
    }

    private static func headers(of file: PageFile) -> HTTPFields {
        [
            .contentType: file.contentType, .eTag: file.entityTag, .cacheControl: "no-cache",
            .contentSecurityPolicy: PageFile.securityPolicy, .xContentTypeOptions: "nosniff",
            // Without a referrer, a browser would not say where a form comes from, which is checked.
            .referrerPolicy: "same-origin",
        ]
    }
}

/// The description of all endpoints for programs: docs/openapi.yaml, embedded in the program.
struct DescriptionEndpoint: Sendable {
    func add(to router: ServiceRouter) {
        router.add("/openapi.yaml", [.get: { _, _ in Self.description }])
    }

    private static var description: Response {
        let file = unsafe utter_openapi_yaml()
        let bytes = unsafe ByteBuffer(bytes: UnsafeBufferPointer(start: file.bytes, count: file.count))
        return Response(
            status: .ok, headers: [.contentType: "application/yaml", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: bytes))
    }
}
