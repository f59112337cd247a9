// SPDX-License-Identifier: GPL-3.0-or-later
#include "CFiles.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define FILE_FUNCTION(name) \
    utter_file utter_##name(void) { return (utter_file){name, sizeof name}; }

static const unsigned char page_html[] = {
#embed "../Page/page.html"
};
static const unsigned char page_css[] = {
#embed "../Page/page.css"
};
static const unsigned char page_js[] = {
#embed "../Page/page.js"
};
static const unsigned char openapi_yaml[] = {
#embed "../DaemonService/HTTP/openapi.yaml"
};

FILE_FUNCTION(page_html)
FILE_FUNCTION(page_css)
FILE_FUNCTION(page_js)
FILE_FUNCTION(openapi_yaml)
