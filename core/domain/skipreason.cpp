// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/skipreason.h"

#include <QCoreApplication>

#include <iterator>

namespace queuedeck::domain {

namespace {
struct Words
{
    const char* text;
    const char* words;
};

constexpr Words kWords[] = {
    {"already pending", QT_TRANSLATE_NOOP("SkipReason", "already pending")},
    {"already running", QT_TRANSLATE_NOOP("SkipReason", "already running")},
    {"already completed", QT_TRANSLATE_NOOP("SkipReason", "already completed")},
    {"already failed", QT_TRANSLATE_NOOP("SkipReason", "already failed")},
    {"no attempts left", QT_TRANSLATE_NOOP("SkipReason", "no attempts left")},
    {"unknown status", QT_TRANSLATE_NOOP("SkipReason", "unknown status")},
    {"unknown number of attempts", QT_TRANSLATE_NOOP("SkipReason", "unknown number of attempts")},
    {"gone", QT_TRANSLATE_NOOP("SkipReason", "no longer there")},
    {"changed since", QT_TRANSLATE_NOOP("SkipReason", "changed since")},
    {"changed at the same moment", QT_TRANSLATE_NOOP("SkipReason", "changed at the same moment")},
    {"row level security does not allow it",
     QT_TRANSLATE_NOOP("SkipReason", "row level security does not allow it")},
};
static_assert(std::size(kWords) == SkipReason::Refused);
} // namespace

QString SkipReason::text() const
{
    return code == Refused ? said : QString::fromLatin1(kWords[code].text);
}

QString SkipReason::words() const
{
    return code == Refused ? said : QCoreApplication::translate("SkipReason", kWords[code].words);
}

} // namespace queuedeck::domain
