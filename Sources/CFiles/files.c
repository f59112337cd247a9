// SPDX-License-Identifier: GPL-3.0-or-later
#include "CFiles.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char page_html[] = {
#embed "../Page/Web/page.html"
};
static const unsigned char page_css[] = {
#embed "../Page/Web/page.css"
};
static const unsigned char icon_svg[] = {
#embed "../Page/Web/icon.svg"
};
static const unsigned char icon_png[] = {
#embed "../Page/Web/icon.png"
};
static const unsigned char manifest_webmanifest[] = {
#embed "../Page/Web/manifest.webmanifest"
};
static const unsigned char answer_js[] = {
#embed "../Page/Web/answer.js"
};
static const unsigned char app_js[] = {
#embed "../Page/Web/app.js"
};
static const unsigned char asking_js[] = {
#embed "../Page/Web/asking.js"
};
static const unsigned char controls_js[] = {
#embed "../Page/Web/controls.js"
};
static const unsigned char daemon_js[] = {
#embed "../Page/Web/daemon.js"
};
static const unsigned char document_js[] = {
#embed "../Page/Web/document.js"
};
static const unsigned char errors_js[] = {
#embed "../Page/Web/errors.js"
};
static const unsigned char inline_js[] = {
#embed "../Page/Web/inline.js"
};
static const unsigned char log_js[] = {
#embed "../Page/Web/log.js"
};
static const unsigned char login_js[] = {
#embed "../Page/Web/login.js"
};
static const unsigned char markdown_js[] = {
#embed "../Page/Web/markdown.js"
};
static const unsigned char microphone_js[] = {
#embed "../Page/Web/microphone.js"
};
static const unsigned char page_js[] = {
#embed "../Page/Web/page.js"
};
static const unsigned char picture_js[] = {
#embed "../Page/Web/picture.js"
};
static const unsigned char sessions_js[] = {
#embed "../Page/Web/sessions.js"
};
static const unsigned char side_js[] = {
#embed "../Page/Web/side.js"
};
static const unsigned char stretch_js[] = {
#embed "../Page/Web/stretch.js"
};
static const unsigned char table_js[] = {
#embed "../Page/Web/table.js"
};
static const unsigned char text_js[] = {
#embed "../Page/Web/text.js"
};
static const unsigned char turn_js[] = {
#embed "../Page/Web/turn.js"
};
static const unsigned char view_js[] = {
#embed "../Page/Web/view.js"
};
static const unsigned char words_js[] = {
#embed "../Page/Web/words.js"
};
static const unsigned char openapi_yaml[] = {
#embed "../DaemonService/HTTP/openapi.yaml"
};

#define PAGE_FILE(path, type, name) {path, type, {name, sizeof name}}
#define SCRIPT(path, name) PAGE_FILE(path, "text/javascript; charset=utf-8", name)

static const utter_page_file page_files[] = {
    PAGE_FILE("/", "text/html; charset=utf-8", page_html),
    PAGE_FILE("/icon.svg", "image/svg+xml", icon_svg),
    PAGE_FILE("/icon.png", "image/png", icon_png),
    PAGE_FILE("/manifest.webmanifest", "application/manifest+json", manifest_webmanifest),
    PAGE_FILE("/page/page.css", "text/css; charset=utf-8", page_css),
    SCRIPT("/page/answer.js", answer_js),
    SCRIPT("/page/app.js", app_js),
    SCRIPT("/page/asking.js", asking_js),
    SCRIPT("/page/controls.js", controls_js),
    SCRIPT("/page/daemon.js", daemon_js),
    SCRIPT("/page/document.js", document_js),
    SCRIPT("/page/errors.js", errors_js),
    SCRIPT("/page/inline.js", inline_js),
    SCRIPT("/page/log.js", log_js),
    SCRIPT("/page/login.js", login_js),
    SCRIPT("/page/markdown.js", markdown_js),
    SCRIPT("/page/microphone.js", microphone_js),
    SCRIPT("/page/page.js", page_js),
    SCRIPT("/page/picture.js", picture_js),
    SCRIPT("/page/sessions.js", sessions_js),
    SCRIPT("/page/side.js", side_js),
    SCRIPT("/page/stretch.js", stretch_js),
    SCRIPT("/page/table.js", table_js),
    SCRIPT("/page/text.js", text_js),
    SCRIPT("/page/turn.js", turn_js),
    SCRIPT("/page/view.js", view_js),
    SCRIPT("/page/words.js", words_js),
};

size_t utter_page_file_count(void) { return sizeof page_files / sizeof page_files[0]; }

utter_page_file utter_page_file_at(size_t index) { return page_files[index]; }

utter_file utter_openapi_yaml(void) { return (utter_file){openapi_yaml, sizeof openapi_yaml}; }
