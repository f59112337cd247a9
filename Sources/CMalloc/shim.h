// SPDX-License-Identifier: GPL-3.0-or-later
// Swift's Glibc does not have it.
#include <malloc.h>
