// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace queuedeck::ui {

/// The text for an error: a title that states the fact, and one more sentence.
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
