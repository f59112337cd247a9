// SPDX-License-Identifier: GPL-3.0-or-later
// The files that are part of the program. Array literals in Swift, as SwiftPM's embedInCode makes them, take the compiler
// 10 s for 80 KB.
#pragma once
#include <stddef.h>

typedef struct {
    const unsigned char *bytes;
    size_t count;
} utter_file;

/// A file of the page: where it is served, and as what.
typedef struct {
    const char *path;
    const char *content_type;
    utter_file file;
} utter_page_file;

size_t utter_page_file_count(void);
/// `index` is less than the count.
utter_page_file utter_page_file_at(size_t index);
utter_file utter_openapi_yaml(void);
