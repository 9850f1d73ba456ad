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

#define T(text) QT_TRANSLATE_NOOP("SkipReason", text)
constexpr Words kWords[] = {
    {"already pending", T("already pending")},
    {"already running", T("already running")},
    {"already completed", T("already completed")},
    {"already failed", T("already failed")},
    {"no attempts left", T("no attempts left")},
    {"unknown status", T("unknown status")},
    {"unknown number of attempts", T("unknown number of attempts")},
    {"gone", T("no longer there")},
    {"changed since", T("changed since")},
    {"changed at the same moment", T("changed at the same moment")},
    {"row level security does not allow it", T("row level security does not allow it")},
};
#undef T
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
