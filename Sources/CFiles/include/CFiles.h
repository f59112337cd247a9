// SPDX-License-Identifier: GPL-3.0-or-later
// The files that are part of the program. Array literals in Swift, as SwiftPM's embedInCode makes them, take the compiler
// 10 s for these 80 KB.
#pragma once
#include <stddef.h>

typedef struct {
    const unsigned char *bytes;
    size_t count;
} utter_file;

utter_file utter_page_html(void);
utter_file utter_page_css(void);
utter_file utter_page_js(void);
utter_file utter_openapi_yaml(void);
