// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace queuedeck::ui {

/// What a person reads of an error: a title that says what is so, and one sentence more.
struct ErrorText
{
    QString title;
    QString sentence;
};

/// The only place where an error becomes translated words.
ErrorText errorText(const base::Error& error);
/// Title and sentence in one line, for a strip.
QString errorLine(const base::Error& error);

} // namespace queuedeck::ui
