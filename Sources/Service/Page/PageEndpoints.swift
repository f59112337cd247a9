// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import NIOCore
import Page

/// The page's files. They hold nothing of the device, so anybody may have them who reaches it.
struct PageEndpoints: Sendable {
    func add(to router: ServiceRouter) {
        for file in PageFile.all {
            let (headers, body) = (Self.headers(of: file), ByteBuffer(bytes: file.bytes))
            router.endpoint(
                RouterPath(file.path),
                [
                    .get: { request, _ in
                        // The browser asks each time, and is sent the file when it has another one.
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
            // With none at all a browser would not say where a form comes from, and that is checked.
            .referrerPolicy: "same-origin",
        ]
    }
}
